from datetime import date

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.placements.queries import visit_to
from marketplace.people.accounts.enums import Role
from marketplace.region.labour.enums import Basis
from tests.factories.applications import SCHOOL_WEEK, make_application, make_place
from tests.factories.people import (
    make_class,
    make_classmate,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON

S = ApplicationState
MARCH = date(2027, 3, 8), date(2027, 3, 19)


def event(own, state=S.OPEN, place=None, **changes):
    place = place or make_place(week=SCHOOL_WEEK)
    values = {"basis": Basis.SCHOOL} | changes
    return make_application(state, make_classmate(own), place, **values)


@pytest.fixture
def own(app):
    return make_class(make_school(), days=MARCH)


@pytest.fixture
def staff(own):
    return make_staff(own.school)


def test_show_tells_who_has_a_place(browser, own, staff):
    placed = event(own, S.CONFIRMED, school_confirmed_at=NOON)
    hidden = event(own, S.WAITING)

    page = browser.sign_in(staff).get(f"/klassen/{own.public_id}").text

    assert placed.internship.organisation.name in page
    assert hidden.pupil.name in page
    assert hidden.internship.organisation.name not in page
    assert "Eine Person erinnern" in page


def test_confirm_takes_the_ticked_ones(browser, own, staff):
    one, other = event(own), event(own)
    browser.sign_in(staff)
    at = f"/klassen/{own.public_id}"

    nothing = browser.post(f"{at}/bestaetigen")
    answer = browser.post(f"{at}/bestaetigen", data={"bewerbung": [one.public_id]})

    assert (nothing.status_code, answer.location) == (409, f"{at}-9b")
    assert (one.school_signed_by, other.school_signed_by) == (staff.name, "")


def test_remind_writes_and_says_so(browser, own, staff, outbox):
    pupil = make_classmate(own)
    browser.sign_in(staff)

    browser.post(f"/klassen/{own.public_id}/erinnern")

    assert outbox() == [(pupil.email, "place_reminder")]
    page = browser.get(f"/klassen/{own.public_id}").text
    assert "Zuletzt erinnert am 23. November 2026." in page
    assert browser.post(f"/klassen/{own.public_id}/erinnern").status_code == 409


def test_a_visit_is_seen_by_school_pupil_and_company(browser, own, staff):
    application = event(own, S.CONFIRMED)
    company = application.internship.organisation.memberships[0].user
    at = f"/bewerbungen/{application.public_id}"
    browser.sign_in(staff)

    wrong = browser.post(f"{at}/besuch", data={"visit_on": "2027-03-20"})
    right = browser.post(f"{at}/besuch", data={"visit_on": "2027-03-09"})

    assert (wrong.status_code, right.location) == (422, at)
    told = "Dienstag, 9. März 2027"
    assert told in browser.get(at).text
    assert told in browser.sign_in(application.pupil).get(at).text
    assert told in browser.sign_in(company).get(at).text
    browser.sign_in(staff).post(f"{at}/besuch/weg")
    assert visit_to(application) is None


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_for_a_spreadsheet(browser, own, staff, form):
    pupil = event(own, S.CONFIRMED).pupil

    answer = browser.sign_in(staff).get(f"/klassen/{own.public_id}/liste.{form}")

    assert f"klasse-9b.{form}" in answer.headers["Content-Disposition"]
    assert pupil.surname.encode() in answer.data or form == "xlsx"
    assert answer.data[:2] == (b"PK" if form == "xlsx" else "\ufeff".encode()[:2])


@pytest.mark.parametrize("role", [Role.PUPIL, Role.MEMBER, Role.COORDINATOR])
def test_a_class_is_for_its_school(browser, own, role):
    browser.sign_in(make_user(role))

    assert browser.get(f"/klassen/{own.public_id}").status_code == 404


def test_another_school_sees_neither_class_nor_visit(browser, own):
    application = event(own, S.CONFIRMED)
    browser.sign_in(make_staff(make_school("Waldschule")))
    at = f"/klassen/{own.public_id}"

    answers = [
        browser.get(at),
        browser.get(f"{at}/liste.csv"),
        browser.post(f"{at}/bestaetigen"),
        browser.post(f"{at}/erinnern"),
        browser.get(f"/bewerbungen/{application.public_id}/besuch"),
        browser.post(f"/bewerbungen/{application.public_id}/besuch/weg"),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("rows", [1, 30])
def test_show_asks_the_database_the_same_number_of_times(
    browser, own, staff, queries, rows
):
    for _ in range(rows):
        event(own, S.CONFIRMED)
    browser.sign_in(staff)
    address = f"/klassen/{own.public_id}"
    browser.get(address)

    queries.clear()
    browser.get(address)

    assert len(queries) == 9
