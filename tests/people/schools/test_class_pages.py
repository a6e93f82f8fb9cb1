import re
from datetime import date

import pytest

from marketplace.foundation.database import db
from marketplace.people.schools.models import ClassMember, SchoolClass
from marketplace.people.schools.queries import class_attended_by
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis
from tests.factories.internships import make_internship, make_period
from tests.factories.people import (
    make_class,
    make_classmate,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON

MARCH = date(2027, 3, 8), date(2027, 3, 19)
NEW = {"name": "9b", "class_level": "9", "school_year": "2026"}


def test_staff_opens_a_class_and_says_when_it_is_out(browser):
    browser.sign_in(make_staff(make_school()))

    response = browser.post("/klassen/neu", data=NEW)
    own = db.session.query(SchoolClass).one()
    browser.post(
        f"/klassen/{own.public_id}/zeitraeume",
        data={"starts_on": "2027-03-08", "ends_on": "2027-03-19", "rhythm": "block"},
    )

    assert response.location == f"/klassen/{own.public_id}-9b/bearbeiten"
    assert [(it.starts_on, it.ends_on) for it in own.periods] == [MARCH]
    assert "8. bis 19. März 2027" in browser.get("/klassen").text


def test_mistakes_keep_what_was_entered(browser):
    own = make_class(make_school())
    browser.sign_in(make_staff(own.school))
    at = f"/klassen/{own.public_id}"

    nameless = browser.post(f"{at}/bearbeiten", data=NEW | {"name": ""})
    wrong = browser.post(
        f"{at}/zeitraeume",
        data={"starts_on": "2027-03-19", "ends_on": "2027-03-08", "rhythm": "block"},
    )

    assert (nameless.status_code, wrong.status_code) == (422, 422)
    assert "Der letzte Tag liegt vor dem ersten." in wrong.text
    assert 'value="2027-03-19"' in wrong.text
    assert (own.name, own.periods) == ("9b", [])


def test_a_period_is_taken_back(browser):
    own = make_class(make_school(), days=MARCH)
    browser.sign_in(make_staff(own.school))

    browser.post(f"/klassen/{own.public_id}/zeitraeume/{own.periods[0].id}/weg")

    assert own.periods == []


def test_the_code_is_shown_and_renewed(browser):
    own = make_class(make_school())
    browser.sign_in(make_staff(own.school))

    page = browser.get(f"/klassen/{own.public_id}/code").text
    browser.post(f"/klassen/{own.public_id}/code")

    assert "abcd-efgh" in page
    assert "http://localhost/klasse/abcd-efgh" in page
    assert own.code != "abcd-efgh"


def test_staff_removes_a_pupil_and_dissolves_the_class(browser):
    own = make_class(make_school())
    pupil = make_classmate(own)
    browser.sign_in(make_staff(own.school))
    at = f"/klassen/{own.public_id}"
    member = db.session.query(ClassMember).one()

    assert pupil.name in browser.get(f"{at}/personen").text
    browser.post(f"{at}/personen/{member.id}/entfernen")
    assert class_attended_by(pupil, NOON.date()) is None

    assert browser.get(f"{at}/aufloesen").status_code == 200
    assert browser.post(f"{at}/aufloesen").location == "/klassen"
    assert db.session.query(SchoolClass).count() == 0


@pytest.mark.parametrize("end", ["bearbeiten", "code", "personen", "aufloesen"])
def test_classes_of_another_school_do_not_exist(browser, end):
    own = make_class(make_school())
    browser.sign_in(make_staff(make_school("Waldschule")))

    assert browser.get(f"/klassen/{own.public_id}/{end}").status_code == 404


def test_a_member_of_another_class_is_not_removed(browser):
    school = make_school()
    own = make_class(school, code="aaaa-aaaa")
    make_classmate(make_class(school, code="bbbb-bbbb"))
    browser.sign_in(make_staff(school))
    member = db.session.query(ClassMember).one()

    answer = browser.post(f"/klassen/{own.public_id}/personen/{member.id}/entfernen")

    assert (answer.status_code, db.session.query(ClassMember).count()) == (404, 1)


def test_staff_without_a_school_reads_what_is_missing(browser):
    browser.sign_in(make_user("school"))

    assert "Ihr Konto gehört noch zu keiner Schule." in browser.get("/klassen").text
    assert browser.get("/klassen/neu").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_index_asks_the_database_the_same_number_of_times(browser, queries, rows):
    school = make_school()
    for number in range(rows):
        own = make_class(school, code=f"aaaa-aa{number:02}", days=MARCH)
        make_classmate(own)
    browser.sign_in(make_staff(school))
    browser.get("/klassen")

    queries.clear()
    browser.get("/klassen")

    assert len(queries) == 5  # who; her school; classes; their periods; members


@pytest.mark.parametrize("rows", [1, 30])
def test_members_asks_the_database_the_same_number_of_times(browser, queries, rows):
    own = make_class(make_school())
    for _ in range(rows):
        make_classmate(own)
    browser.sign_in(make_staff(own.school))
    address = f"/klassen/{own.public_id}/personen"

    queries.clear()
    browser.get(address)

    assert len(queries) == 5  # who; the class; its periods; her school; members


def test_a_pupil_joins_by_code_and_leaves(browser):
    own = make_class(make_school("Gymnasium am Anger"), days=MARCH)
    pupil = make_pupil()
    browser.sign_in(pupil)

    typed = browser.post("/konto/klasse", data={"code": "ABCD EFGH"})
    page = browser.get(typed.location).text
    joined = browser.post(typed.location)

    assert typed.location == "/klasse/abcdefgh"
    assert "Gymnasium am Anger" in page
    assert joined.location == "/konto/klasse"
    assert class_attended_by(pupil, NOON.date()) is own
    own_page = browser.get("/konto/klasse").text
    assert "/praktika?von=2027-03-08&amp;bis=2027-03-19" in own_page
    assert "Du bist schon in dieser Klasse." in browser.get("/klasse/abcdefgh").text
    assert "8. bis 19. März 2027" in browser.get("/konto").text

    browser.post("/konto/klasse/verlassen")
    assert class_attended_by(pupil, NOON.date()) is None


def test_a_wrong_code_is_told_kindly(browser):
    browser.sign_in(make_pupil())

    typed = browser.post("/konto/klasse", data={"code": "zzzz-zzzz"})

    assert typed.status_code == 422
    assert "Diesen Code kennen wir nicht." in typed.text
    assert browser.get("/klasse/zzzz-zzzz").status_code == 404


def test_a_guest_learns_what_joining_means_and_comes_back(browser):
    make_class(make_school("Gymnasium am Anger"))

    page = browser.get("/klasse/abcd-efgh").text

    assert "Deine Schule sieht deinen Namen in der Klasse." in page
    assert 'href="/anmelden?weiter=/klasse/abcd-efgh"' in page
    assert "Klasse beitreten" not in page


def test_staff_cannot_join(browser):
    own = make_class(make_school())
    browser.sign_in(make_staff(own.school))

    assert "nur mit dem Konto einer" in browser.get("/klasse/abcd-efgh").text
    assert browser.post("/klasse/abcd-efgh").status_code == 404


def test_the_list_of_internships_offers_the_days_of_the_class(browser):
    browser.sign_in(make_classmate(make_class(make_school(), days=MARCH)))

    page = browser.get("/praktika").text
    fitting = browser.get("/praktika?von=2027-03-08&bis=2027-03-19").text

    assert "Dein Praktikum: 8. bis 19. März 2027" in page
    assert "/praktika?von=2027-03-08&amp;bis=2027-03-19" in page
    assert "Passt zu deinem Praktikum: 8. bis 19. März 2027" in fitting


def test_applying_begins_with_the_days_of_the_class(browser):
    own = make_class(make_school(), days=MARCH)
    pupil = make_classmate(own)
    weeks = [(date(2027, 2, 1), date(2027, 2, 5)), (date(2027, 3, 8), MARCH[1])]
    periods = [make_period(starts_on=a, ends_on=b) for a, b in weeks]
    bases = frozenset(Basis)
    place = make_internship(PostingState.PUBLISHED, bases=bases, periods=periods)

    page = browser.sign_in(pupil).get(f"/praktika/{place.public_id}/bewerben").text

    chosen = re.findall(r"<input[^>]* checked[^>]*>", page)
    values = sorted(re.search(r'value="([^"]*)"', one)[1] for one in chosen)
    assert values == sorted([place.periods[1].public_id, "school"])
