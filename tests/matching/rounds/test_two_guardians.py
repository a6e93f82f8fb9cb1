"""Where the office asks for two, a list counts where both said yes."""

import pytest

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.holding import Signature
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds.queries.frozen import consent_pairs
from marketplace.matching.rounds.rules import is_approved
from marketplace.matching.rounds.services.consenting import (
    answer_list,
    ask_guardian,
    companies_of,
    unanswered,
)
from marketplace.matching.rounds.services.papering import (
    SignedList,
    codes_of,
    enter_list,
)
from marketplace.matching.rounds.services.publishing import give_place
from marketplace.matching.rounds.services.seconding import name_second
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import make_mia
from tests.factories.people import make_coordinator, make_guardian
from tests.factories.rounds import WHILE, make_entry, make_round, make_seat, wish
from tests.factories.settings import set_to
from tests.moments import NOON

OTHER = "vater@example.org"


@pytest.fixture
def seat(app):
    set_to(Setting.GUARDIANS_REQUIRED, 2)
    return make_seat(make_round())


@pytest.fixture
def entry(app, seat):
    entry = make_entry(seat.round)
    wish(entry, [seat])
    with transaction():
        ask_guardian(entry, asked_from="192.0.2.7", actor=entry.pupil, at=WHILE)
    return entry


@pytest.fixture
def letters(outbox):
    """The letters written since it was last asked."""
    read = []

    def fresh():
        new = outbox()[len(read) :]
        read.extend(new)
        return new

    return fresh


def say(entry, number, *, is_yes=True):
    address = (entry.guardian_email, OTHER)[number - 1]
    firms = {firm.id for firm in companies_of(entry)} if is_yes else set()
    signature = Signature(
        way=ApprovalWay.LETTER, name="Wer", address=address, guardian_no=number
    )
    with transaction():
        answer_list(entry, firms, signature, at=WHILE)


def name(entry, email=OTHER):
    with transaction():
        name_second(entry, name="Uwe Muster", email=email, actor=None, at=WHILE)


def firm_of(seat):
    return seat.period.internship.organisation_id


def test_one_yes_is_none_and_two_are_one(entry, seat):
    counted = []
    for number in (1, 2):
        say(entry, number)
        if number == 1:
            name(entry)
        pair = (entry.id, firm_of(seat))
        is_frozen = pair in consent_pairs(seat.round)
        counted.append((is_frozen, is_approved(entry, firm_of(seat), WHILE)))

    assert counted == [(False, False), (True, True)]


def test_the_no_of_either_counts(entry, seat):
    say(entry, 1)
    name(entry)
    say(entry, 2, is_yes=False)

    assert consent_pairs(seat.round) == set()
    assert not is_approved(entry, firm_of(seat), WHILE)


def test_no_place_is_given_on_one_yes_and_both_stand_in_it(entry, seat):
    say(entry, 1)
    name(entry)
    with transaction():
        is_given = give_place(entry, seat, is_late=False, at=WHILE)
    why = entry.trouble
    say(entry, 2)
    with transaction():
        is_given_then = give_place(entry, seat, is_late=False, at=WHILE)

    assert (is_given, is_given_then) == (False, True)
    assert why == "Dafür fehlt noch die Zustimmung von zu Hause."
    application = entry.application
    assert sorted(one.guardian_no for one in application.approvals) == [1, 2]
    assert application.guardians_asked == 2
    assert application.second_guardian_email == OTHER


def test_the_second_is_asked_once_she_is_named(entry, letters):
    letters()
    with pytest.raises(Refusal):
        name(entry)
    say(entry, 1)
    with pytest.raises(Refusal, match="Diese Adresse kennen wir schon"):
        name(entry, entry.guardian_email)
    letters()
    name(entry)

    assert letters() == [(OTHER, "round_consent_asked")]
    assert [firm.id for firm in unanswered(entry)] == [
        firm.id for firm in companies_of(entry)
    ]


def test_who_is_linked_with_the_child_is_asked_at_once(seat, letters):
    mia = make_mia()
    father = make_guardian(mia)
    entry = make_entry(seat.round, mia)
    wish(entry, [seat])
    letters()
    with transaction():
        ask_guardian(entry, asked_from="192.0.2.7", actor=mia, at=WHILE)

    assert [to for to, _letter in letters()] == [entry.guardian_email, father.email]


def test_the_link_of_the_first_leads_to_the_second(app, browser, entry, seat):
    app.config["NOW"] = WHILE
    with transaction():
        letter = db.session.scalars(
            db.select(OutboxEntry).where(OutboxEntry.letter == "round_consent_asked")
        ).one()
        page = f"/verteilrunden/freigabe/{mint_link(letter)}"

    early = browser.get(f"{page}/zweite").status_code
    yes = browser.post(page, data={"firms": f"{firm_of(seat)}", "antwort": "ja"})
    empty = browser.post(f"{page}/zweite", data={})
    right = browser.post(f"{page}/zweite", data={"name": "Uwe", "email": ""})
    shown = browser.get(page).text

    assert (early, yes.location) == (404, f"{page}/zweite")
    assert (empty.status_code, right.location) == (422, page)
    assert entry.second_guardian_name == "Uwe"
    assert "Es fehlt noch die Zustimmung der zweiten Person." in shown


def test_both_sign_the_list_on_paper(app, browser, entry, seat):
    app.config["NOW"] = WHILE
    browser.sign_in(entry.pupil)
    sheet = browser.get(f"/verteilrunden/{seat.round.public_id}/wuensche/blatt").text
    codes = codes_of(entry, bytes.fromhex(app.config["FIELD_KEY"]))
    browser.sign_in(make_coordinator())
    desk = "/koordination/verteilrunden/papier"
    page = f"{desk}/{entry.public_id}"
    signed = {"signed_by": "Uwe Muster", "signed_on": NOON.date().isoformat()}
    signed |= {"firms": f"{firm_of(seat)}"}

    unknown = browser.post(desk, data={"number": "aaaaaaaaaa"})
    way = browser.post(desk, data={"number": entry.public_id.upper()})
    wrong = browser.post(page, data=signed | {"code": "abcd-efgh-jkmn"})
    answers = [browser.post(page, data=signed | {"code": codes[n]}) for n in (1, 2)]

    assert [code in sheet for code in codes.values()] == [True, True]
    assert sheet.count(seat.period.internship.title) == 2
    assert (unknown.status_code, way.location) == (422, page)
    assert wrong.status_code == 422
    assert "Dieser Code gehört nicht zu dieser Liste." in wrong.text
    assert [answer.status_code for answer in answers] == [302, 302]
    assert is_approved(entry, firm_of(seat), WHILE)
    assert {one.way for one in entry.consents} == {ApprovalWay.PAPER}
    assert entry.second_guardian_name == "Uwe Muster"


def test_what_has_no_cross_on_paper_stays_open(app, entry, seat):
    key = bytes.fromhex(app.config["FIELD_KEY"])
    paper = SignedList(
        code=codes_of(entry, key)[1], signed_by="U", signed_on=NOON.date(), firms=()
    )
    with transaction():
        enter_list(entry, paper, key=key, actor=make_coordinator(), at=WHILE)

    assert entry.consents == []
    assert [firm.id for firm in unanswered(entry)] == [firm_of(seat)]
