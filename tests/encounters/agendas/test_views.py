from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.agendas.queries import placements_for
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import (
    make_company,
    make_guardian,
    make_member,
    make_pupil,
    make_user,
)
from tests.moments import NOON

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = [date(2027, 2, day) for day in range(1, 6)]


@pytest.fixture
def mia(app):
    return make_mia()


@pytest.fixture
def place(app):
    place = make_place(title="Woche am Prisma, mit Licht; und mehr")
    with transaction():
        place.day_starts_at, place.day_ends_at = time(8), time(15, 30)
    return place


def address_of(browser, person):
    """Lets a person make her address, and says which it is."""
    browser.sign_in(person)
    assert browser.post("/konto/kalender/neu").location == "/konto/kalender"
    token = (
        db.session.scalars(db.select(Agenda).where(Agenda.user == person)).one().token
    )
    assert f"/kalender/{token}.ics" in browser.get("/konto/kalender").text
    browser.delete_cookie("session")
    return f"/kalender/{token}.ics"


def events(answer):
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_confirmed_place_is_read_day_by_day(browser, mia, place):
    make_application(ApplicationState.CONFIRMED, mia, place)

    answer = browser.get(address_of(browser, mia))

    found = events(answer)
    assert [event["dtstart"].dt for event in found] == [
        datetime.combine(day, time(8), BERLIN) for day in WEEK
    ]
    assert [event["dtend"].dt.time() for event in found] == [time(15, 30)] * 5
    first = found[0]
    assert str(first["summary"]) == f"Praktikum: {place.title}"
    triggers = [a["trigger"].dt for a in first.walk("VALARM")]
    assert triggers == [timedelta(hours=-1), timedelta(days=-1)]
    assert [len(event.walk("VALARM")) for event in found] == [2, 1, 1, 1, 1]
    zones = Calendar.from_ical(answer.data).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Berlin"]
    assert len({str(event["uid"]) for event in found}) == 5
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_only_what_is_fixed_and_not_long_over_stands_there(app, browser, mia):
    for state in set(ApplicationState) - {
        ApplicationState.CONFIRMED,
        ApplicationState.RUNNING,
        ApplicationState.ATTENDED,
        ApplicationState.PARTLY,
        ApplicationState.BROKEN_OFF,
    }:
        make_application(state, mia, make_place())
    here = address_of(browser, mia)
    assert events(browser.get(here)) == []

    make_application(ApplicationState.ATTENDED, mia, make_place())
    assert len(events(browser.get(here))) == 5
    app.config["NOW"] = NOON.replace(year=2027, month=3, day=8)
    assert events(browser.get(here)) == []


def test_company_and_guardian_read_it_without_a_name(browser, mia, place):
    mother, other = make_guardian(mia), make_pupil()
    boss = make_member(place.organisation)
    with transaction():
        mia.first_name = other.first_name = "Zwirbelwicht"
        mia.surname = "Zwirbelwicht"
    for pupil in (mia, other):
        make_application(
            ApplicationState.CONFIRMED, pupil, place, guardian_email="x@example.org"
        )

    answers = [browser.get(address_of(browser, one)) for one in (mother, boss)]

    # Of two who come, a company reads the days once.
    assert [len(events(answer)) for answer in answers] == [5, 5]
    assert [a for a in answers if "Zwirbelwicht" in a.text] == []
    stranger = make_user()
    make_company(stranger)
    assert events(browser.get(address_of(browser, stranger))) == []


@pytest.mark.parametrize("come", [1, 30, 45])
def test_a_company_reads_each_period_however_many_come(mia, queries, come):
    place = make_place(place_count=50)
    boss = make_member(place.organisation)
    april = {"starts_on": date(2027, 4, 12), "ends_on": date(2027, 4, 16)}
    later = make_place(organisation=place.organisation, week=april)
    for _one in range(come):
        make_application(ApplicationState.CONFIRMED, mia, place)
    make_application(ApplicationState.CONFIRMED, mia, later)
    db.session.expire_all()
    queries.clear()

    found = placements_for(boss, NOON.date())

    # The person, the places, their approvals and breaks.
    assert len(queries) == 4
    assert [one.period_id for one in found] == [
        place.periods[0].id,
        later.periods[0].id,
    ]


def test_a_new_address_ends_the_old_one_and_an_ended_one_is_gone(browser, mia):
    old = address_of(browser, mia)
    new = address_of(browser, mia)
    assert [browser.get(one).status_code for one in (old, new)] == [404, 200]

    browser.sign_in(mia).post("/konto/kalender/beenden")

    assert browser.get(new).status_code == 404
    assert "Adresse machen" in browser.get("/konto/kalender").text


def test_a_shut_account_has_no_calendar(browser, mia):
    here = address_of(browser, mia)
    with transaction():
        mia.disabled_at = NOON

    assert browser.get(here).status_code == 404
    assert browser.get("/kalender/erfunden.ics").status_code == 404


def test_the_secret_is_not_stored_as_it_is(app, browser, mia):
    token = address_of(browser, mia).split("/")[2].removesuffix(".ics")

    raw = db.session.execute(db.text("SELECT token, token_hash FROM agendas")).one()

    assert len(token) == 43
    assert token.encode() not in bytes(raw.token)
    assert token != raw.token_hash


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUROR])
def test_others_have_none(browser, role):
    browser.sign_in(make_user(role))

    assert browser.get("/konto/kalender").status_code == 404
    assert browser.post("/konto/kalender/neu").status_code == 404
