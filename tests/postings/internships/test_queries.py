from datetime import date, timedelta

import pytest

from marketplace.foundation.database import db
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.queries import (
    internship_by_key,
    internships_of,
    lapsed_internships,
    narrowed_internships,
    overdue_internships,
    period_by_key,
    places_ahead,
    published_internships,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from tests.factories.internships import (
    make_hint,
    make_internship,
    make_period,
    make_supervisor,
)
from tests.factories.people import TOWNS, make_company
from tests.moments import NOON

TODAY = NOON.date()


def titles(query):
    return sorted(internship.title for internship in db.session.scalars(query))


def test_published_internships_are_the_public_ones(app):
    for state in PostingState:
        source = {"source": "Liste"} if state is PostingState.LISTED else {}
        make_internship(state, title=state.value, **source)
    frozen = make_company(state=OrganisationState.FROZEN)
    make_internship(organisation=frozen, title="of a frozen company")

    assert titles(published_internships()) == ["filled", "paused", "published"]


def test_grade_leaves_in_what_tells_no_audience(app):
    make_internship(PostingState.PUBLISHED, title="untold", audiences=frozenset())
    make_internship(
        PostingState.PUBLISHED,
        title="older",
        audiences=frozenset({Audience.CLASS_11_13}),
        grade_from=None,
        grade_to=None,
    )

    query = narrowed_internships(published_internships(), Narrowing(grade=9))

    assert titles(query) == ["untold"]


@pytest.fixture
def two(app):
    """One in Jena with school, one in Leipzig of one's own will."""
    make_internship(title="Jena", shape=Shape.BLOCK)
    make_internship(
        organisation=make_company(town="Leipzig"),
        title="Leipzig",
        topics=frozenset({Topic.DATA_STATISTICS}),
        bases=frozenset({Basis.VOLUNTARY}),
        audiences=frozenset({Audience.CLASS_11_13}),
        grade_from=11,
        grade_to=12,
        fits_from=16,
        periods=[make_period(starts_on=date(2027, 7, 12), ends_on=date(2027, 7, 23))],
    )


LEIPZIG = TOWNS["Leipzig"][3:]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Narrowing(), ["Jena", "Leipzig"]),
        (Narrowing(words="linse"), ["Jena", "Leipzig"]),
        (Narrowing(words="leipzig"), ["Leipzig"]),
        (Narrowing(centre=LEIPZIG, radius_km=25), ["Leipzig"]),
        (Narrowing(centre=LEIPZIG, radius_km=100), ["Jena", "Leipzig"]),
        (Narrowing(is_unknown_place=True), []),
        (Narrowing(state=FederalState.SAXONY), ["Leipzig"]),
        (Narrowing(district="16053"), ["Jena"]),
        (Narrowing(topics=frozenset({Topic.OPTICS})), ["Jena"]),
        (Narrowing(grade=9), ["Jena"]),
        (Narrowing(grade=11), ["Jena", "Leipzig"]),
        (Narrowing(grade=13), ["Jena"]),
        (Narrowing(age=14), ["Jena"]),
        (Narrowing(kind="voluntary"), ["Leipzig"]),
        (Narrowing(starts_from=date(2027, 7, 12)), ["Leipzig"]),
        (Narrowing(starts_from=date(2027, 7, 13)), []),
        (Narrowing(ends_by=date(2027, 2, 5)), ["Jena"]),
        (
            Narrowing(starts_from=date(2027, 2, 1), ends_by=date(2027, 7, 23)),
            ["Jena", "Leipzig"],
        ),
        (Narrowing(is_step_free=True), []),
    ],
)
def test_narrowed_internships_fit(two, by, expected):
    query = narrowed_internships(published_internships(), by)

    assert titles(query) == expected


def test_narrowed_internships_on_request_need_only_meet_the_days(app):
    make_internship(shape=Shape.ON_REQUEST, title="offen")
    by = Narrowing(starts_from=date(2027, 2, 3), ends_by=date(2027, 2, 4))

    assert titles(narrowed_internships(published_internships(), by)) == ["offen"]


def test_internships_of_are_the_own_ones_newest_first(app):
    company = make_company()
    for n, title in enumerate(("alt", "neu")):
        make_internship(
            PostingState.DRAFT,
            company,
            title=title,
            changed_at=NOON + timedelta(hours=n),
        )
    make_internship(title="fremd")
    make_hint(organisation=company)

    rows = db.session.scalars(internships_of(company)).all()
    assert [it.title for it in rows] == ["neu", "alt"]


def test_internship_and_period_are_found_by_key(app):
    internship = make_internship(PostingState.DRAFT)
    [period] = internship.periods

    assert internship_by_key(internship.public_id) is internship
    assert period_by_key(period.public_id) is period
    assert internship_by_key("zzzzzzzzzz") is None
    assert period_by_key("zzzzzzzzzz") is None


def test_places_ahead_count_open_periods_before_their_first_day(app):
    internship = make_internship(
        periods=[
            make_period(place_count=3, taken_count=1),
            make_period(is_open=False),
            make_period(starts_on=TODAY, place_count=7),
        ]
    )

    assert places_ahead(internship, TODAY) == (3, 2)


def test_overdue_internships_have_no_day_left(app):
    for day in (4, 5):
        period = make_period(ends_on=date(2027, 2, day))
        make_internship(title=f"bis {day}.", periods=[period])

    assert titles(overdue_internships(date(2027, 2, 5))) == ["bis 4."]


@pytest.mark.parametrize(
    ("declared_on", "expected"),
    [(date(2025, 11, 23), []), (date(2025, 11, 22), ["Glas"]), (None, ["Glas"])],
)
def test_lapsed_internships_lack_a_declaration(app, declared_on, expected):
    people = [make_supervisor(), make_supervisor(declared_on=declared_on)]
    make_internship(title="Glas", supervisors=people)

    assert titles(lapsed_internships(TODAY)) == expected
