"""All searches at once hear of what each of them finds by itself."""

from datetime import date, timedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import (
    found_by,
    published_since,
    search_columns,
)
from marketplace.overview.alerts.services.hearing import ears_of, heard_by
from marketplace.overview.alerts.services.saving import Wanted, draft_of
from marketplace.overview.alerts.services.telling import tell_news
from marketplace.postings.internships.enums import Shape
from marketplace.postings.lives.queries import STEP_FREE, Narrowing
from marketplace.region.calendar.enums import Weekday
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Format, Topic
from tests.factories.internships import make_internship
from tests.factories.people import (
    make_company,
    make_organisation,
    make_pupil,
    make_user,
)
from tests.factories.postings import make_event, make_offer
from tests.moments import NOON

LATER = NOON + timedelta(hours=1)
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 5)
DAY = timedelta(days=1)
JENA = (50.92878, 11.5899)
WISHES = (
    {},
    *({"centre": JENA, "radius_km": km} for km in (5, 25, 200)),
    *({"state": state} for state in FederalState),
    *({"district": ags} for ags in ("16053", "14612")),
    *({"topics": frozenset({topic})} for topic in (Topic.OPTICS, Topic.ROBOTICS)),
    *({"grade": grade} for grade in (5, 8, 9, 10, 12)),
    *({"age": age} for age in (13, 14, 15, 16, 18)),
    *({"kind": basis.value} for basis in Basis),
    {"is_step_free": True},
    *({"starts_from": FIRST + k * DAY} for k in (-1, 0, 1, 9)),
    *({"ends_by": LAST + k * DAY} for k in (-9, -1, 0, 1)),
    {"starts_from": FIRST, "ends_by": LAST, "topics": frozenset({Topic.OPTICS})},
    {"centre": JENA, "radius_km": 25, "kind": Basis.SCHOOL.value, "grade": 9},
)


def keep(user, by, scope=Scope.INTERNSHIPS):
    wanted = Wanted(by=Narrowing(**by), scope=scope, query=str(by))
    search = draft_of(wanted, user, at=NOON)
    search.rhythm = Rhythm.INSTANT
    db.session.add(search)


def test_arrays_hear_what_the_list_would_find(app):
    for user in (make_pupil(date(2012, 5, 12)), make_user()):
        with transaction():
            for by in WISHES:
                keep(user, by)
    for changes in (
        {"town": "Jena", "topics": frozenset({Topic.OPTICS})},
        {"town": "Dresden", "shape": Shape.ON_REQUEST, "accessibility": STEP_FREE},
        {"town": "Jena", "grade_from": 9, "grade_to": 10, "fits_from": 15},
        {"town": "Jena", "audiences": frozenset({Audience.CLASS_11_13})},
    ):
        company = make_company(town=changes.pop("town"))
        make_internship(organisation=company, published_at=LATER, **changes)
    day = day_of(NOON)

    heard, found, searches = both(day)

    assert len(published_since(NOON)) == 4
    assert 0 < len(found) < searches * 4
    assert heard == found


def test_arrays_are_deaf_to_nothing_that_another_list_would_find(app):
    with transaction():
        user = make_user()
        for scope in (Scope.OFFERS, Scope.EVENTS, Scope.EVERYTHING):
            for by in WISHES:
                if "kind" not in by:
                    keep(user, by, scope=scope)
        keep(user, {"kind": Format.WORKSHOP.value}, scope=Scope.OFFERS)
        keep(user, {"kind": "event"}, scope=Scope.EVERYTHING)
        keep(user, {"group_size": 24, "weekday": Weekday.MONDAY}, scope=Scope.OFFERS)
    for town in ("Jena", "Dresden"):
        house = make_organisation(town=town)
        make_offer(organisation=house, published_at=LATER, format=Format.WORKSHOP)
        make_offer(organisation=house, published_at=LATER, most_people=9)
        make_event(organisation=house, published_at=LATER, accessibility=STEP_FREE)
        make_internship(organisation=make_company(town=town), published_at=LATER)

    heard, found, searches = both(day_of(NOON))

    assert {kind for _search, kind, _number in found} == {
        "internship",
        "offer",
        "event",
    }
    assert len(found) < searches * len(published_since(NOON))
    assert found <= heard
    # What arrays do not ask is the days, and what only offers say.
    vague = ("starts_from", "ends_by", "group_size", "age", Format.WORKSHOP.value)
    asked = {s.id: s.query for s in db.session.scalars(db.select(SavedSearch))}
    more = {asked[number] for number, _kind, _thing in heard - found}
    assert [query for query in more if not any(word in query for word in vague)] == []


def both(day):
    """What the arrays hear, what the lists find, and how many searches there are."""
    rows = search_columns(LATER)
    ears = ears_of(rows, day)
    heard = {
        (row.id, posting.kind, posting.id)
        for posting in published_since(NOON)
        for row, is_heard in zip(rows, heard_by(ears, posting), strict=True)
        if is_heard
    }
    searches = db.session.scalars(db.select(SavedSearch)).all()
    found = {
        (search.id, row.kind, row.id)
        for search in searches
        for query in found_by(search, search.user, day)
        for row in db.session.scalars(query).unique()
    }
    return heard, found, len(searches)


def test_who_hears_nothing_costs_no_question(app, queries):
    for _number in range(30):
        with transaction():
            keep(make_user(), {"topics": frozenset({Topic.ROBOTICS})})
    company = make_company(town="Jena")
    topics = frozenset({Topic.OPTICS})
    make_internship(organisation=company, published_at=LATER, topics=topics)
    queries.clear()

    with transaction():
        assert tell_news(at=LATER) == 0
    few = len(queries)
    with transaction():
        assert tell_news(at=LATER + DAY) == 0

    seen = db.session.scalars(db.select(SavedSearch.seen_until)).all()
    assert few <= 10
    assert set(seen) == {LATER}
