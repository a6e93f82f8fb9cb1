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
from marketplace.encounters.applications.services.holding import (
    MOST_FAMILIES,
    Signature,
)
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.seconding import (
    name_second,
    number_of,
)
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import (
    KEY,
    PARENT,
    make_application,
    make_draft,
    make_mia,
    make_sent,
)
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


@pytest.fixture
def half(app, place, mia):
    """Sent, and the first has said yes; nobody knows of the second."""
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    application = make_sent(mia, place)
    say(grant_approval, application, FIRST)
    return application


def named(application, name="Uwe Muster", email=OTHER):
    with transaction():
        name_second(application, name=name, email=email, actor=None, at=NOON)


def test_the_first_names_the_second_who_is_asked_then(half, letters):
    letters()
    named(half)
    asked = letters()
    say(grant_approval, half, SECOND)

    assert asked == [(OTHER, "approval_asked")]
    assert half.state is ApplicationState.OPEN


@pytest.mark.parametrize("address", [PARENT, "Eltern+zwei@example.org", "{own}"])
def test_two_share_no_mailbox_and_none_with_the_pupil(half, address):
    with pytest.raises(Refusal, match="Diese Adresse kennen wir schon"):
        named(half, email=address.format(own=half.pupil.email))

    assert half.second_guardian_name == ""


def test_the_second_is_named_once(half):
    named(half)
    with pytest.raises(Refusal, match="schon genannt"):
        named(half, "Tante", "tante@example.org")

    assert half.second_guardian_email == OTHER


def test_while_nobody_named_the_second_the_first_is_reminded(half, letters):
    letters()
    with transaction():
        remind(at=NOON + timedelta(days=7))

    assert [to for to, _letter in letters()] == [PARENT]


def test_who_is_linked_with_the_child_need_not_be_named(app, mia, place):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    father = make_guardian(mia)

    application = make_sent(mia, place)

    assert application.second_guardian_email == father.email
    assert application.second_guardian_name == father.name


def test_a_sheet_tells_who_the_second_is(half, coordinator):
    code = sheet_codes(half, KEY).second
    paper = Paper(code=code, signed_by="Uwe Muster", signed_on=NOON.date())

    with transaction():
        enter_paper(paper, actor=coordinator, at=NOON)

    assert (half.second_guardian_name, half.state) == (
        "Uwe Muster",
        ApplicationState.OPEN,
    )


def test_the_page_leads_from_the_yes_to_the_second(browser, app, place, mia):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    application = make_sent(mia, place)
    page = link_of(application, PARENT)

    early = browser.get(f"{page}/zweite")
    yes = browser.post(page, data={"antwort": "ja"})
    empty = browser.post(f"{page}/zweite", data={})
    same = browser.post(f"{page}/zweite", data={"name": "Uwe", "email": PARENT})
    entered = {"name": "Uwe Muster", "email": OTHER.title()}
    right = browser.post(f"{page}/zweite", data=entered)
    again = browser.post(f"{page}/zweite", data=entered)

    assert (early.status_code, yes.location) == (404, f"{page}/zweite")
    assert [it.status_code for it in (empty, same, right, again)] == [
        *(422, 422, 302, 404),
    ]
    assert application.second_guardian_email == OTHER


def test_a_guardian_with_an_account_names_the_second(browser, app, place, mia):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    mother = make_guardian()
    application = make_sent(mia, place, guardian_email=mother.email)
    browser.sign_in(mother)
    page = f"/konto/kinder/{application.public_id}"

    yes = browser.post(f"{page}/ja")
    right = browser.post(f"{page}/zweite", data={"name": "Uwe Muster", "email": ""})
    stranger = browser.sign_in(make_guardian()).get(f"{page}/zweite")

    assert (yes.location, right.status_code) == (f"{page}/zweite", 302)
    assert stranger.status_code == 404
    assert application.second_guardian_name == "Uwe Muster"


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


def test_the_form_has_no_field_more_where_two_are_needed(browser, mia, place):
    draft = make_draft(mia, place)
    path = f"/bewerbungen/{draft.public_id}/fragen/eltern"
    browser.sign_in(mia)

    pages = [browser.get(path).text]
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    pages.append(browser.get(path).text)

    counts = [page.count('<label for="') for page in pages]
    assert counts[0] == counts[1] == 4
    assert "Nach der zweiten Person fragen wir deine Eltern selbst." in pages[1]


def test_the_pupil_reads_whose_yes_is_missing(browser, asked):
    say(grant_approval, asked, FIRST)
    browser.sign_in(asked.pupil)

    page = browser.get(f"/bewerbungen/{asked.public_id}").text

    assert "Zwei müssen zustimmen. Es fehlt noch: Uwe Muster." in page
    assert make_mia().email not in page


def test_who_has_no_address_is_not_taken_for_many_families(half):
    for _number in range(MOST_FAMILIES + 1):
        make_application(ApplicationState.OPEN)
    named(half, email="")
    aunt = make_guardian(half.pupil)
    word = Signature(
        way=ApprovalWay.ACCOUNT,
        name=aunt.name,
        address=aunt.email,
        user=aunt,
        guardian_no=2,
    )

    say(grant_approval, half, word)

    assert (half.is_held, half.held_for) == (False, frozenset())
    assert half.state is ApplicationState.OPEN
