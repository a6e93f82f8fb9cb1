"""Events and visits in a private calendar: one's own, and nothing of others."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from marketplace.encounters.agendas.services.addressing import make_address
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.placements.services.caring import drop_visit, note_visit
from marketplace.encounters.watchlist.services import keep_event
from marketplace.foundation.database import transaction
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.lives.enums import PostingState
from tests.factories.applications import SCHOOL_WEEK, make_mia, make_place
from tests.factories.papers import make_placement, make_school_placement
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_guardian,
    make_member,
    make_organisation,
    make_school,
    make_staff,
)
from tests.factories.postings import make_event
from tests.moments import NOON

BERLIN = ZoneInfo("Europe/Berlin")
BEGINS = datetime(2026, 12, 5, 9, tzinfo=UTC)
ENDS = datetime(2026, 12, 5, 12, tzinfo=UTC)
VISIT_ON = SCHOOL_WEEK["starts_on"] + timedelta(days=2)


@pytest.fixture
def mia(app):
    return make_mia()


def read(browser, person):
    """The entries at the address of a person, as another program reads them."""
    with transaction():
        token = make_address(person, at=NOON).token
    answer = browser.get(f"/kalender/{token}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data).walk("VEVENT")


def titles(entries):
    return [str(one["summary"]) for one in entries]


def kept(person, *events):
    with transaction():
        for event in events:
            keep_event(event, actor=person, at=NOON)


def event_at(day, **changes):
    return make_event(starts_at=day, ends_at=day + timedelta(hours=2), **changes)


def test_an_event_that_is_kept_is_read_with_time_place_and_way(browser, mia):
    event = make_event(title="Lange Nacht", starts_at=BEGINS, ends_at=ENDS)
    make_event(title="Nicht gemerkt", starts_at=BEGINS, ends_at=ENDS)
    kept(mia, event)

    [told] = read(browser, mia)

    assert str(told["summary"]) == "Lange Nacht"
    assert (told["dtstart"].dt, told["dtend"].dt) == (
        BEGINS.astimezone(BERLIN),
        ENDS.astimezone(BERLIN),
    )
    assert event.place_name in str(told["location"])
    page = str(told["url"]).split("/", 3)[3]
    assert event.title in browser.get(f"/{page}", follow_redirects=True).text
    assert [a["trigger"].dt for a in told.walk("VALARM")] == [timedelta(days=-1)]


def test_an_organisation_reads_its_own_published_events_alone(browser):
    provider = make_organisation()
    for state in PostingState:
        if state not in (PostingState.LISTED, PostingState.ENDED):
            event_at(BEGINS, state=state, organisation=provider, title=state.value)
    event_at(BEGINS, title="Von anderen")

    found = titles(read(browser, make_member(provider)))

    assert sorted(found) == ["filled", "paused", "published"]


def test_what_is_called_off_leaves_and_what_is_over_stays_a_month(app, browser, mia):
    off, over = event_at(BEGINS, title="Abgesagt"), event_at(BEGINS, title="Vorbei")
    kept(mia, off, over)
    with transaction():
        off.state = PostingState.ENDED
    ahead = titles(read(browser, mia))
    with transaction():
        over.state = PostingState.ENDED
    app.config["NOW"] = BEGINS + timedelta(days=1)
    behind = titles(read(browser, mia))
    app.config["NOW"] = BEGINS + timedelta(days=32)

    assert (ahead, sorted(behind)) == (["Vorbei"], ["Abgesagt", "Vorbei"])
    assert titles(read(browser, mia)) == []


def test_events_of_an_organisation_that_was_frozen_leave(browser, mia):
    event = event_at(BEGINS)
    kept(mia, event)
    with transaction():
        freeze_organisation(event.organisation, actor=make_coordinator(), at=NOON)

    assert titles(read(browser, mia)) == []


def test_a_visit_stands_with_school_pupil_home_and_company_without_a_name(browser, mia):
    school = make_school()
    staff, stranger = make_staff(school), make_staff(make_school(name="Andere Schule"))
    with transaction():
        mia.first_name = mia.surname = "Zwirbelwicht"
        mia.pupil.school_id = school.id
    place = make_place(title="Woche am Prisma", week=SCHOOL_WEEK)
    application = make_school_placement(mia, internship=place)
    mother, boss = make_guardian(mia), make_member(place.organisation)
    with transaction():
        note_visit(application, VISIT_ON, actor=staff, at=NOON)
    people = {"school": staff, "pupil": mia, "home": mother, "company": boss}

    found = {name: read(browser, one) for name, one in people.items()}

    visits = {
        name: [it for it in entries if "Besuch" in str(it["summary"])]
        for name, entries in found.items()
    }
    days = {name: [it["dtstart"].dt for it in own] for name, own in visits.items()}
    assert days == {name: [VISIT_ON] for name in people}
    assert titles(found["school"]) == [
        f"Besuch aus der Schule: {place.organisation.name}"
    ]
    assert titles(visits["pupil"]) == ["Besuch aus der Schule: Woche am Prisma"]
    assert {len(found[name]) for name in ("pupil", "home", "company")} == {6}
    assert "Zwirbelwicht" not in str(found)
    assert titles(read(browser, stranger)) == []

    with transaction():
        drop_visit(application, actor=staff, at=NOON)
    assert titles(read(browser, staff)) == []


def test_a_visit_leaves_with_the_place(browser, mia):
    school = make_school()
    staff = make_staff(school)
    with transaction():
        mia.pupil.school_id = school.id
    application = make_school_placement(mia, internship=make_place(week=SCHOOL_WEEK))
    with transaction():
        note_visit(application, VISIT_ON, actor=staff, at=NOON)
        application.state = ApplicationState.CANCELLED_BY_PUPIL

    assert [titles(read(browser, one)) for one in (staff, mia)] == [[], []]


@pytest.mark.parametrize("count", [1, 30])
def test_a_calendar_asks_as_often_however_much_stands_there(browser, queries, count):
    company = make_company()
    boss = make_member(company)
    for number in range(count):
        event_at(BEGINS + timedelta(hours=number), organisation=company)
        make_placement(make_mia(), internship=make_place(organisation=company))
    with transaction():
        token = make_address(boss, at=NOON).token
    queries.clear()

    answer = browser.get(f"/kalender/{token}.ics")

    assert len(Calendar.from_ical(answer.data).walk("VEVENT")) == 6 * count
    assert len(queries) == 9


def test_places_visits_and_events_stand_side_by_side(browser, mia):
    event = event_at(BEGINS)
    kept(mia, event)
    make_placement(mia, internship=make_place(title="Woche am Prisma"))

    found = titles(read(browser, mia))

    assert found == ["Praktikum: Woche am Prisma"] * 5 + [event.title]
    assert date(2027, 2, 1) in {it["dtstart"].dt.date() for it in read(browser, mia)}
