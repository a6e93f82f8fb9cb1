from datetime import date

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.queries import request_of, school_of, staff_row_of
from marketplace.people.schools.services.staffing import ask_to_act
from tests.factories.people import (
    make_coordinator,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON

OFFICE = "/koordination/schulen"


@pytest.fixture
def teacher(app):
    return make_user(Role.SCHOOL, first_name="Tine", surname="Kreide")


def asked(teacher, school):
    with transaction():
        ask_to_act(teacher, school, at=NOON)
    return request_of(teacher)


def test_a_school_account_is_opened_like_any_other(browser):
    door = browser.post("/registrieren", data={"way": "schulen"}).location
    browser.get(door)
    browser.post(
        door,
        data={
            "first_name": "Tine",
            "surname": "Kreide",
            "email": "tine@anger.example",
            "password": "laser und linse am fenster",
        },
    )

    assert door == "/registrieren/schulen"
    assert db.session.query(User.role).scalar() is Role.SCHOOL


def test_staff_names_the_school_and_waits(browser, teacher):
    school = make_school("Gymnasium am Anger")
    browser.sign_in(teacher)
    assert browser.get("/schule").location == "/schule/waehlen"

    page = browser.get("/schule/waehlen?q=anger").text
    browser.post(f"/schule/waehlen/{school.public_id}")

    assert "Hier arbeite ich" in page
    assert request_of(teacher).school is school
    assert "Angefragt: Gymnasium am Anger" in browser.get("/schule/waehlen").text
    browser.post("/schule/anfrage/zurueck")
    assert request_of(teacher) is None


def test_an_address_of_the_school_begins_at_once(browser, teacher):
    school = make_school(mail_domain="example.org")

    answer = browser.sign_in(teacher).post(f"/schule/waehlen/{school.public_id}")

    assert (answer.location, school_of(teacher)) == ("/klassen", school)


def test_staff_lays_down_rules_and_days(browser):
    school = make_school()
    browser.sign_in(make_staff(school))

    rules = {"is_limit_raised": "y", "notice_weeks": "4"}
    assert browser.post("/schule", data=rules).location == "/schule"
    days = {"kind": "movable", "starts_on": "2027-05-07", "ends_on": ""}
    assert browser.post("/schule/tage", data=days).location == "/schule"

    assert (school.is_limit_raised, school.notice_weeks) == (True, 4)
    assert [it.starts_on for it in school.days] == [date(2027, 5, 7)]
    assert "7. Mai 2027" in browser.get("/schule").text
    browser.post(f"/schule/tage/{school.days[0].id}/weg")
    assert school.days == []


def test_mistakes_in_rules_and_days_are_told(browser):
    school = make_school()
    browser.sign_in(make_staff(school))

    weeks = browser.post("/schule", data={"notice_weeks": "99"})
    days = {"kind": "movable", "starts_on": "2026-05-07"}
    past = browser.post("/schule/tage", data=days)

    assert (weeks.status_code, past.status_code) == (422, 422)
    assert "Diese Tage sind schon vorbei." in past.text
    assert (school.notice_weeks, school.days) == (None, [])


def test_staff_leaves(browser):
    user = make_staff(make_school())
    browser.sign_in(user)

    assert browser.get("/schule/verlassen").status_code == 200
    assert browser.post("/schule/verlassen").location == "/schule/waehlen"
    assert school_of(user) is None


def test_the_office_finds_a_school_and_notes_how_to_reach_it(browser):
    school = make_school("Gymnasium am Anger")
    browser.sign_in(make_coordinator())
    at = f"{OFFICE}/{school.public_id}"

    assert "Gymnasium am Anger" in browser.get(f"{OFFICE}?q=anger").text
    wrong = browser.post(at, data={"mail_domain": "gmx.de"})
    browser.post(
        at, data={"email": "post@anger.example", "mail_domain": "anger.example"}
    )
    browser.post(f"{at}/regeln", data={"is_limit_raised": "y"})
    days = {"kind": "named", "starts_on": "2027-02-08", "ends_on": "2027-02-12"}
    browser.post(f"{at}/tage", data=days)

    assert wrong.status_code == 422
    assert (school.email, school.mail_domain) == ("post@anger.example", "anger.example")
    assert school.is_limit_raised is True
    assert "8. bis 12. Februar 2027" in browser.get(at).text
    browser.post(f"{at}/tage/{school.days[0].id}/weg")
    assert school.days == []


def test_mistakes_of_the_office_are_told(browser):
    school = make_school()
    at = f"{OFFICE}/{school.public_id}"
    browser.sign_in(make_coordinator())

    assert browser.post(f"{at}/regeln", data={"notice_weeks": "x"}).status_code == 422
    assert browser.post(f"{at}/tage", data={"kind": "movable"}).status_code == 422


def test_the_office_decides_who_acts(browser, teacher):
    school = make_school("Gymnasium am Anger")
    request = asked(teacher, school)
    browser.sign_in(make_coordinator())
    at = f"{OFFICE}/anfragen/{request.id}"

    desk = browser.get("/koordination").text
    assert f'href="{at}"' in desk
    assert "Tine Kreide möchte dafür handeln" in desk
    assert "Arbeitet Tine Kreide an der Schule?" in browser.get(at).text
    assert browser.post(at, data={"reason": ""}).status_code == 422
    browser.post(f"{at}/zusagen")

    assert school_of(teacher) is school
    assert browser.get(at).status_code == 404


def test_the_office_refuses_and_ends_with_a_reason(browser, teacher, outbox):
    school = make_school()
    request, staff = asked(teacher, school), make_staff(school)
    browser.sign_in(make_coordinator())

    why = {"reason": "In der Schule unbekannt."}
    browser.post(f"{OFFICE}/anfragen/{request.id}", data=why)
    end = f"{OFFICE}/personen/{staff_row_of(staff).id}/beenden"
    assert browser.get(end).status_code == 200
    assert browser.post(end, data={"reason": ""}).status_code == 422
    browser.post(end, data=why)

    assert (request_of(teacher), school_of(teacher), school_of(staff)) == (None,) * 3
    assert outbox() == [(teacher.email, "staff_refused"), (staff.email, "staff_ended")]


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_ask_the_database_the_same_number_of_times(browser, queries, rows):
    for _ in range(rows):
        school = make_school("Gymnasium am Anger")
        asked(make_user(Role.SCHOOL), school)
        make_staff(school)
    for _ in range(rows):
        make_staff(school)
    browser.sign_in(make_coordinator())
    address = f"{OFFICE}/{school.public_id}"
    browser.get(OFFICE)

    queries.clear()
    browser.get(f"{OFFICE}?q=anger")
    assert len(queries) == 3  # who is signed in; schools; requests
    queries.clear()
    browser.get(address)
    assert len(queries) == 4  # who is signed in; the school; its staff; its days


def test_schools_of_the_office_are_for_the_office(browser):
    school = make_school()
    browser.sign_in(make_staff(school))

    assert browser.get(OFFICE).status_code == 404
    assert browser.post(f"{OFFICE}/{school.public_id}/regeln").status_code == 404
