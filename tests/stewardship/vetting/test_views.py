"""Four values are kept of a certificate of conduct, and not one more."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.vetting.enums import Duty
from marketplace.stewardship.vetting.models import ConductNote
from marketplace.stewardship.vetting.rules import is_released, seen_of
from marketplace.stewardship.vetting.services import Task, ask_for_certificate
from tests.factories.people import make_company, make_coordinator, make_user
from tests.moments import NOON

PAGE = "/koordination/fuehrungszeugnisse"
PERSON = "Zwirbelwicht"
# Cases 30f and 30g, seen on 23 November 2026.
GOOD, OLD = "2026-08-23", "2026-08-22"
SERIES = Task(
    person=PERSON,
    duty=Duty.SERIES,
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 3, 31),
)


@pytest.fixture
def office(browser):
    person = make_coordinator()
    browser.sign_in(person)
    return person


@pytest.fixture
def note(office):
    with transaction():
        return ask_for_certificate(make_company(), SERIES, actor=office, at=NOON)


def notes():
    return db.session.scalars(db.select(ConductNote)).all()


def see(browser, note, **entered):
    return browser.post(f"{PAGE}/{note.id}/einsehen", data=entered)


def test_the_office_asks_in_writing_and_sees_it_later(browser, office):
    company = make_company()
    entered = {"person": PERSON, "duty": "overnight"}
    entered |= {"starts_on": "2026-12-01", "ends_on": "2026-12-03"}

    empty = browser.post(f"{PAGE}/neu/{company.public_id}", data={})
    asked = browser.post(f"{PAGE}/neu/{company.public_id}", data=entered)
    letter = browser.get(asked.location).text
    [one] = notes()
    seen = see(browser, one, dated_on=GOOD, is_clean="y")
    page = browser.get(PAGE).text

    assert (empty.status_code, asked.status_code, seen.status_code) == (422, 302, 302)
    assert "§ 30a Abs. 2 BZRG" in letter
    assert PERSON in letter
    values = {"seen": True, "dated_on": GOOD, "no_entry": True, "seen_by": office.name}
    assert json.loads(one.seen) == values
    assert f"von {office.name}" in page


def test_with_an_entry_nothing_stays(browser, note):
    answer = see(browser, note, dated_on=GOOD)
    page = browser.get(PAGE).text

    assert (answer.status_code, notes()) == (302, [])
    assert PERSON not in page
    assert "Diese Person übernimmt die Aufgabe nicht." in page


def test_too_old_a_one_is_refused(browser, note):
    answer = see(browser, note, dated_on=OLD, is_clean="y")

    assert answer.status_code == 422
    assert "Älter als drei Monate" in answer.text
    assert note.seen is None


def test_after_five_years_it_is_asked_anew(browser, note):
    see(browser, note, dated_on=GOOD, is_clean="y")

    assert seen_of(note).dated_on == date(2026, 8, 23)
    assert is_released(note, date(2031, 8, 23))
    assert not is_released(note, date(2031, 8, 24))


def test_where_nothing_comes_of_it_it_goes_at_once(browser, note):
    browser.post(f"{PAGE}/{note.id}/entfernen")

    assert notes() == []


def test_the_database_holds_nothing_of_it_to_read(browser, office, note):
    see(browser, note, dated_on=GOOD, is_clean="y")

    stored = str(db.session.execute(text("SELECT * FROM conduct_notes")).all())

    assert [it for it in (PERSON, GOOD, office.name) if it in stored] == []


def test_no_way_takes_a_file_or_a_value_more(app, browser, note):
    views = {
        name: view
        for name, view in app.view_functions.items()
        if name.startswith("vetting.")
    }

    page = browser.get(f"{PAGE}/{note.id}/einsehen").text

    assert [n for n, view in views.items() if hasattr(view, "largest_request")] == []
    assert 'type="file"' not in page
    assert set(ConductNote.__table__.columns.keys()) == {
        *("id", "organisation_id", "person", "duty", "starts_on", "ends_on"),
        *("asked_at", "seen"),
    }


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.SCHOOL])
def test_nobody_else_reads_it(browser, role):
    assert browser.sign_in(make_user(role)).get(PAGE).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_with_1_and_30_rows(browser, office, queries, rows):
    company = make_company()
    with transaction():
        for _number in range(rows):
            ask_for_certificate(company, SERIES, actor=office, at=NOON)
    queries.clear()

    assert browser.get(PAGE).status_code == 200

    assert len(queries) == 2
