"""Where the office asks for two, both say yes, and the no of either stops it."""

from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import (
    ApplicationState,
    ApprovalWay,
    HoldReason,
    Side,
)
from marketplace.encounters.applications.rules import still_asked
from marketplace.encounters.applications.services.approving import (
    ask_again,
    grant_approval,
    refuse_approval,
)
from marketplace.encounters.applications.services.deadlines import remind
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.seconding import number_of
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import KEY, PARENT, make_draft, make_mia, make_sent
from tests.factories.people import make_guardian
from tests.factories.settings import set_to
from tests.moments import NOON

OTHER = "vater@example.org"
TWO = {"second_guardian_name": "Uwe Muster", "second_guardian_email": OTHER}
FIRST = Signature(way=ApprovalWay.LETTER, name="Ute Muster", address=PARENT)
SECOND = Signature(
    way=ApprovalWay.LETTER, name="Uwe Muster", address=OTHER, guardian_no=2
)


@pytest.fixture
def asked(app, place, mia):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    return make_sent(mia, place, **TWO)


def say(word, application, signature, at=NOON):
    with transaction():
        word(application, signature, at=at)


def test_both_are_asked_by_a_letter_of_their_own(asked, letters):
    told = [to for to, letter in letters() if letter == "approval_asked"]

    assert (told, asked.guardians_asked) == ([PARENT, OTHER], 2)


@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
def test_it_goes_on_with_the_second_yes(asked, boss, letters, order):
    letters()
    states = []
    for signature in order:
        say(grant_approval, asked, signature)
        states.append(asked.state)

    assert states == [ApplicationState.WAITING, ApplicationState.OPEN]
    assert [letter for _to, letter in letters()] == [
        "application_half_approved",
        "application_new",
        "application_approved",
    ]


def test_one_person_cannot_say_yes_for_both(asked, letters):
    say(grant_approval, asked, FIRST)
    letters()
    say(grant_approval, asked, FIRST)

    assert (asked.state, len(asked.approvals), letters()) == (
        ApplicationState.WAITING,
        1,
        [],
    )


@pytest.mark.parametrize(("no", "yes"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_the_no_of_either_stops_it_and_no_yes_lifts_it(asked, no, yes):
    say(refuse_approval, asked, no)
    with pytest.raises(Refusal):
        say(grant_approval, asked, yes)
    with pytest.raises(Refusal), transaction():
        lift_refusal(
            asked, side=Side.GUARDIAN, actor=None, address=yes.address, at=NOON
        )

    assert asked.state is ApplicationState.REFUSED


def test_who_refused_lifts_it_and_is_asked_alone(asked, letters):
    say(grant_approval, asked, FIRST)
    say(refuse_approval, asked, SECOND)
    letters()

    with transaction():
        lift_refusal(asked, side=Side.GUARDIAN, actor=None, address=OTHER, at=NOON)
    told = [to for to, letter in letters() if letter == "approval_asked"]
    say(grant_approval, asked, SECOND)

    assert (told, asked.state) == ([OTHER], ApplicationState.OPEN)


def test_only_who_is_silent_is_reminded_and_asked_again(asked, letters):
    say(grant_approval, asked, SECOND)
    letters()

    with transaction():
        remind(at=NOON + timedelta(days=7))
    reminded = [to for to, _letter in letters()]
    with transaction():
        ask_again(asked, at=NOON + timedelta(days=7))

    assert (reminded, [to for to, _letter in letters()]) == ([PARENT], [PARENT])


def test_the_second_one_without_an_address_signs_on_paper(app, mia, place, coordinator):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    asked = make_sent(mia, place, **TWO | {"second_guardian_email": ""})
    say(grant_approval, asked, FIRST)
    missing = [one.name for one in still_asked(asked)]

    with transaction():
        enter_paper(
            Paper(
                code=sheet_codes(asked, KEY).second,
                signed_by="Uwe Muster",
                signed_on=NOON.date(),
            ),
            actor=coordinator,
            at=NOON,
        )

    assert (missing, asked.state) == (["Uwe Muster"], ApplicationState.OPEN)


def test_what_fell_on_at_the_first_yes_holds_it_at_the_second(asked):
    own = Signature(
        way=ApprovalWay.LETTER, name="Ute", address=PARENT, is_own_browser=True
    )
    say(grant_approval, asked, own)
    is_held_early = asked.is_held
    say(grant_approval, asked, SECOND)

    assert (is_held_early, asked.is_held, asked.state) == (
        False,
        True,
        ApplicationState.WAITING,
    )
    assert asked.held_for == {HoldReason.OWN_BROWSER}


def test_an_account_speaks_for_one_of_the_two_only(asked):
    aunt = make_guardian(asked.pupil)
    before = number_of(asked, aunt)
    say(
        grant_approval,
        asked,
        Signature(
            way=ApprovalWay.ACCOUNT, name=aunt.name, address=aunt.email, user=aunt
        ),
    )

    assert (before, number_of(asked, aunt)) == (1, 1)


@pytest.mark.parametrize("address", [PARENT, "Eltern+zwei@example.org"])
def test_two_share_no_mailbox(app, mia, place, address):
    set_to(Setting.GUARDIANS_REQUIRED, 2)

    with pytest.raises(Refusal) as refused:
        make_sent(mia, place, **TWO | {"second_guardian_email": address})

    assert refused.value.sentence.startswith("Beide brauchen eine eigene Adresse")


def test_nothing_is_sent_while_the_second_one_is_missing(app, mia, place):
    set_to(Setting.GUARDIANS_REQUIRED, 2)

    with pytest.raises(Refusal) as refused:
        make_sent(mia, place)

    assert refused.value.sentence == "Es fehlt noch, wer zu Hause zustimmt."


def link_of(application, address):
    with transaction():
        entry = db.session.scalars(
            db.select(OutboxEntry)
            .where(OutboxEntry.recipient == address)
            .where(OutboxEntry.link_subject_id == application.id)
        ).first()
        return f"/freigabe/{mint_link(entry)}"


def test_each_has_a_page_of_her_own(browser, asked):
    first, second = link_of(asked, PARENT), link_of(asked, OTHER)

    browser.post(first, data={"antwort": "ja"})
    mine, theirs = browser.get(first).text, browser.get(second).text
    browser.post(second, data={"antwort": "nein"})
    after = browser.get(first).text

    assert "Es fehlt noch die Zustimmung der zweiten Person" in mine
    assert "Nicht freigeben" in theirs
    assert asked.state is ApplicationState.REFUSED
    assert "Nein zurücknehmen" not in after


def test_the_form_asks_for_two_only_where_two_are_needed(browser, mia, place):
    draft = make_draft(mia, place)
    path = f"/bewerbungen/{draft.public_id}/fragen/eltern"
    browser.sign_in(mia)

    one = browser.get(path).text
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    two = browser.get(path).text
    entered = {"guardian_name": "Ute", "guardian_email": PARENT}
    entered |= {"holiday_days_used": "0", "second_guardian_name": "Uwe"}
    same = browser.post(path, data=entered | {"second_guardian_email": PARENT})
    right = browser.post(path, data=entered | {"second_guardian_email": OTHER.title()})

    assert ("second_guardian_name" in one, "second_guardian_name" in two) == (
        False,
        True,
    )
    assert (same.status_code, right.status_code) == (422, 302)
    assert draft.second_guardian_email == OTHER


def test_the_pupil_reads_whose_yes_is_missing(browser, asked):
    say(grant_approval, asked, FIRST)
    browser.sign_in(asked.pupil)

    page = browser.get(f"/bewerbungen/{asked.public_id}").text

    assert "Zwei müssen zustimmen. Es fehlt noch: Uwe Muster." in page
    assert make_mia().email not in page
