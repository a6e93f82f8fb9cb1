"""Pages of a round: what each person sees and does, and what she is refused."""

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.matching.rounds.enums import MAIN, RoundScope, RoundState
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.services.consenting import ask_guardian
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.applications import make_mia, make_place
from tests.factories.people import (
    make_coordinator,
    make_guardian,
    make_school,
    make_user,
)
from tests.factories.rounds import (
    AFTER,
    WHILE,
    close,
    fresh,
    give_out,
    make_entry,
    make_round,
    make_seat,
    publish,
    take_part,
    wish,
)

DESK = "/koordination/verteilrunden"


@pytest.fixture
def while_open(app):
    app.config["NOW"] = WHILE


def at(round_, *rest):
    return "/".join([f"/verteilrunden/{round_.public_id}", *rest])


def on_desk(round_, *rest):
    return "/".join([f"{DESK}/{round_.public_id}", *rest])


def round_form(**changes):
    values = {
        "title": "Klasse 9",
        "scope": "region",
        "school": "",
        "district": "",
        "basis": "school",
        "rule": "lot_fair",
        "opens_on": "2026-11-30",
        "closes_on": "2026-12-11",
        "beacon_name": "",
    }
    return values | changes


def test_office_plans_and_announces(browser):
    office = browser.sign_in(make_coordinator())
    office.post(f"{DESK}/neu", data=round_form())
    round_ = db.session.query(Round).one()
    guest = browser.application.test_client()
    before = guest.get(at(round_)).status_code
    page = office.post(on_desk(round_, "ankuendigen"), follow_redirects=True).text

    assert (before, guest.get(at(round_)).status_code) == (404, 200)
    assert round_.commit_hash in page


def test_round_for_a_school_finds_it_by_name(browser):
    school = make_school("Gymnasium am Anger")
    make_school("Gymnasium am Fluss")
    office = browser.sign_in(make_coordinator())
    many = office.post(
        f"{DESK}/neu", data=round_form(scope="school", school="Gymnasium")
    )
    office.post(f"{DESK}/neu", data=round_form(scope="school", school="Anger Jena"))

    assert many.status_code == 422
    assert "Mehrere Schulen passen" in many.text
    assert db.session.query(Round).one().school_id == school.id


def test_end_before_the_beginning_is_a_mistake(browser):
    office = browser.sign_in(make_coordinator())
    page = office.post(f"{DESK}/neu", data=round_form(closes_on="2026-11-24"))

    assert page.status_code == 422
    assert "Das Ende liegt vor dem Beginn." in page.text


def test_round_in_preparation_is_for_the_office_alone(browser):
    round_ = make_round(RoundState.DRAFT)
    member = browser.sign_in(make_user())

    assert member.get(at(round_)).status_code == 404
    assert member.get(at(round_, "plaetze")).status_code == 404
    assert member.get(on_desk(round_)).status_code == 404


def test_company_enters_places_everybody_sees_with_the_ticks(browser):
    round_, place = make_round(), make_place(place_count=4)
    member = place.organisation.memberships[0].user
    company = browser.sign_in(member)
    data = {
        "period": place.periods[0].public_id,
        "capacity": "2",
        "minimum": "",
        "criteria": ["distance"],
        "km": "25",
    }
    company.post(at(round_, "plaetze"), data=data)
    page = browser.application.test_client().get(at(round_)).text
    posting = browser.application.test_client().get(f"/praktika/{place.public_id}").text

    assert db.session.query(RoundSeat.capacity).all() == [(2,)]
    assert "wohnt höchstens 25 km weg" in page
    assert "Wohnt in der Nähe" in posting


def test_distance_without_kilometres_is_a_mistake(browser):
    round_, place = make_round(), make_place(place_count=4)
    company = browser.sign_in(place.organisation.memberships[0].user)
    data = {
        "period": place.periods[0].public_id,
        "capacity": "2",
        "criteria": ["distance"],
        "km": "",
    }
    page = company.post(at(round_, "plaetze"), data=data)

    assert page.status_code == 422
    assert db.session.query(RoundSeat).count() == 0


def test_pupil_joins_and_saves_her_list(browser, while_open):
    round_ = make_round()
    one, two = make_seat(round_), make_seat(round_)
    mia = make_mia()
    pupil = browser.sign_in(mia)
    told = {
        "class_level": "10",
        "guardian_name": "Ute Muster",
        "guardian_email": "ute@example.org",
        "holiday_days_used": "0",
    }
    pupil.post(at(round_, "teilnehmen"), data=told)
    pupil.post(at(round_, "wuensche"), data={"gruppe_1": "2", "gruppe_2": "1"})
    pupil.post(at(round_, "wuensche", "1", "hoch"))

    entry = db.session.query(RoundEntry).one()
    assert entry.guardian_email == "ute@example.org"
    assert [(w.seat_id, w.tier) for w in entry.wishes] == [(two.id, 1), (one.id, 1)]
    page = pupil.get(at(round_, "wuensche")).text
    assert "Diese Betriebe zählen erst" in page


def test_seat_ruled_out_by_age_is_told_beside_its_field(browser, while_open):
    round_ = make_round()
    make_seat(round_)
    boy = make_mia(born_on=WHILE.date().replace(year=2012))
    make_entry(round_, boy)
    page = browser.sign_in(boy).post(at(round_, "wuensche"), data={"gruppe_1": "1"})

    assert page.status_code == 422
    assert "15 Jahre" in page.text
    assert fresh(db.session.query(RoundEntry).one()).wishes == []


def test_pupil_of_another_school_reads_why(browser, while_open):
    round_ = make_round(scope=RoundScope.SCHOOL, school=make_school())
    page = browser.sign_in(make_mia()).get(at(round_)).text

    assert "Diese Runde ist nicht für dich" in page


def test_guardian_approves_some_companies_by_letter(browser, while_open):
    round_ = make_round()
    one, two = make_seat(round_), make_seat(round_)
    entry = make_entry(round_)
    wish(entry, [one], [two])
    with transaction():
        ask_guardian(entry, asked_from="192.0.2.7", actor=entry.pupil, at=WHILE)
        token = mint_link(db.session.query(OutboxEntry).one())
    link = f"/verteilrunden/freigabe/{token}"
    firms = [seat.period.internship.organisation for seat in (one, two)]
    browser.get(link)
    before = list(fresh(entry).consents)
    browser.post(link, data={"firms": [str(firms[0].id)], "antwort": "ja"})
    again = browser.post(link, data={"antwort": "nein"}, follow_redirects=True).text

    said = {c.organisation_id: c.is_granted for c in fresh(entry).consents}
    assert before == []
    assert said == {firms[0].id: True, firms[1].id: False}
    assert "Ihre Antwort ist angekommen" in again


def test_answer_from_the_pupils_browser_waits_for_the_office(browser, while_open):
    round_ = make_round()
    entry = make_entry(round_)
    wish(entry, [make_seat(round_)])
    with transaction():
        ask_guardian(entry, asked_from="192.0.2.7", actor=entry.pupil, at=WHILE)
        token = mint_link(db.session.query(OutboxEntry).one())
    firm = entry.wishes[0].seat.period.internship.organisation_id
    pupil = browser.sign_in(entry.pupil)
    pupil.post(f"/verteilrunden/freigabe/{token}", data={"firms": [str(firm)]})
    held = fresh(entry).consents[0].is_held
    office = browser.application.test_client().sign_in(make_coordinator())
    page = office.get(on_desk(round_)).text
    office.post(f"{DESK}/freigabe/{entry.public_id}")

    assert (held, fresh(entry).consents[0].is_held) == (True, False)
    assert f"Code {entry.public_id}" in page
    assert entry.pupil.surname not in page


def test_guardian_with_an_account_answers_for_her_child_alone(browser, while_open):
    round_ = make_round()
    entry = make_entry(round_)
    wish(entry, [make_seat(round_)])
    guardian, stranger = make_guardian(entry.pupil), make_guardian()
    link = f"/verteilrunden/kind/{entry.public_id}"
    browser.sign_in(guardian).post(link, data={"antwort": "nein"})
    other = browser.application.test_client().sign_in(stranger).get(link)

    assert [c.is_granted for c in fresh(entry).consents] == [False]
    assert other.status_code == 404


def test_preview_shows_numbers_and_no_name(browser, app):
    round_ = make_round()
    entry = take_part(round_, [make_seat(round_, capacity=3, minimum=2)])
    close(round_)
    app.config["NOW"] = AFTER
    page = browser.sign_in(make_coordinator()).get(on_desk(round_)).text

    assert "Beide Regeln mit denselben Listen" in page
    assert "1 von mindestens 2" in page
    assert entry.pupil.surname not in page
    assert sealed_round(round_.id).seed not in page


def test_published_round_shows_the_seed_and_each_her_own_lot(browser, app):
    round_ = make_round()
    mia = take_part(round_, [make_seat(round_)])
    close(round_)
    app.config["NOW"] = AFTER
    office = browser.sign_in(make_coordinator())
    guest = browser.application.test_client()
    before = guest.get(at(round_)).text
    office.post(on_desk(round_, "veroeffentlichen"))
    give_out(round_, MAIN, at=AFTER)
    seed = sealed_round(round_.id).seed
    pupil = browser.application.test_client().sign_in(mia.pupil)
    page = pupil.get(at(round_, "ergebnis")).text

    assert seed not in before
    assert seed in guest.get(at(round_)).text
    assert "Du hast einen Platz: Glas, das Licht lenkt (Wunschgruppe 1)." in page
    assert "Ansehen und bestätigen" in page


def test_result_is_nobodys_before_it_is_out(browser, app):
    round_ = make_round()
    mia = take_part(round_, [make_seat(round_)])
    close(round_)

    assert browser.sign_in(mia.pupil).get(at(round_, "ergebnis")).status_code == 404
    assert browser.sign_in(make_mia()).get(at(round_, "ergebnis")).status_code == 404


def test_who_came_out_empty_reads_what_is_free(browser, app):
    round_ = make_round()
    wanted, free = make_seat(round_), make_seat(round_)
    entries = [take_part(round_, [wanted]) for _ in range(2)]
    close(round_)
    publish(db.session.get(Round, round_.id))
    empty = next(one for one in entries if fresh(one).application is None)
    page = browser.sign_in(empty.pupil).get(at(round_, "ergebnis")).text

    assert "Dein Wunsch war vergeben. Das sagt nichts über dich aus." in page
    assert free.period.internship.public_id in page
    assert "Platz 1" in page
    assert "Liste dafür ändern" in page


def test_drawing_again_asks_for_a_reason(browser, app):
    round_ = make_round()
    take_part(round_, [make_seat(round_)])
    close(round_)
    app.config["NOW"] = AFTER
    office = browser.sign_in(make_coordinator())
    refused = office.post(on_desk(round_, "neu-auslosen"), data={"reason": ""})
    office.post(on_desk(round_, "neu-auslosen"), data={"reason": "Ein Betrieb fehlte."})
    guest = browser.application.test_client().get(at(round_)).text

    assert refused.status_code == 422
    assert "Ein Betrieb fehlte." in guest


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_as_often_for_one_as_for_thirty(browser, queries, count, while_open):
    round_ = make_round()
    firm = make_place().organisation
    seats = [
        make_seat(round_, make_place(organisation=firm, place_count=20))
        for _ in range(count)
    ]
    entry = make_entry(round_)
    wish(entry, seats[: max(1, count // 2)])
    guest = browser.application.test_client()
    pupil = browser.sign_in(entry.pupil)
    seen = []
    for who, address in ((guest, at(round_)), (pupil, at(round_, "wuensche"))):
        who.get(address)
        queries.clear()
        who.get(address)
        seen.append(len(queries))

    assert seen[0] <= 6
    assert seen[1] <= 16
