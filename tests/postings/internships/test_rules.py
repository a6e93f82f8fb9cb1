from datetime import date, time

import pytest

from marketplace.postings.internships.enums import Gap, Shape
from marketplace.postings.internships.rules import (
    audiences_of,
    breach_of,
    dates_of,
    gaps,
    is_ahead,
    is_declared,
    is_open_on,
    late_eve_of,
    open_periods,
    sample_weeks,
    takes_applications,
    usual_liability,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.labour.tables import Settings
from marketplace.region.topics.enums import Audience
from tests.factories.internships import make_internship, make_period, make_supervisor
from tests.moments import NOON

TODAY = NOON.date()


@pytest.mark.parametrize("state", PostingState)
def test_takes_applications_while_open_or_filled(app, state):
    source = {"source": "Liste"} if state is PostingState.LISTED else {}
    internship = make_internship(state, **source)

    assert takes_applications(internship) is (
        state in (PostingState.PUBLISHED, PostingState.FILLED)
    )


@pytest.mark.parametrize(
    ("changes", "day", "is_open"),
    [
        ({}, date(2026, 12, 24), True),
        ({}, date(2026, 12, 25), False),
        ({"apply_until": None}, date(2027, 1, 31), True),
        ({"apply_until": None}, date(2027, 2, 1), False),
        ({"apply_until": date(2027, 2, 3)}, date(2027, 1, 31), True),
        ({"apply_until": date(2027, 2, 3)}, date(2027, 2, 1), False),
        ({"is_open": False}, TODAY, False),
    ],
)
def test_is_open_on_ends_with_the_last_day_to_apply(changes, day, is_open):
    assert is_open_on(make_period(**changes), day) is is_open


def test_is_ahead_until_the_first_day():
    period = make_period()

    assert is_ahead(period, date(2027, 1, 31))
    assert not is_ahead(period, period.starts_on)


def test_open_periods_come_in_order(app):
    periods = [make_period(starts_on=date(2027, 2, day)) for day in (3, 1)]
    internship = make_internship(periods=[*periods, make_period(is_open=False)])

    app.extensions["sqlalchemy"].session.expire_all()

    assert [p.starts_on.day for p in open_periods(internship, TODAY)] == [1, 3]


@pytest.mark.parametrize(
    ("declared_on", "day", "is_good"),
    [
        pytest.param(date(2026, 3, 2), date(2027, 3, 2), True, id="30c"),
        pytest.param(date(2026, 3, 2), date(2027, 3, 3), False, id="30d"),
        pytest.param(date(2028, 2, 29), date(2029, 2, 28), True, id="30e"),
        (date(2028, 2, 29), date(2029, 3, 1), False),
        (date(2027, 2, 28), date(2028, 2, 28), True),
        (date(2027, 2, 28), date(2028, 2, 29), False),
        (date(2026, 3, 2), date(2026, 3, 1), False),
    ],
)
def test_a_declaration_is_good_for_twelve_months(declared_on, day, is_good):
    assert is_declared(make_supervisor(declared_on=declared_on), day) is is_good


@pytest.mark.parametrize(
    ("shape", "first", "last", "days"),
    [
        (Shape.BLOCK, date(2027, 2, 4), date(2027, 2, 9), [4, 5, 8, 9]),
        (Shape.WEEKLY_DAY, date(2027, 2, 4), date(2027, 2, 20), [4, 11, 18]),
        (Shape.FORTNIGHTLY_DAY, date(2027, 2, 4), date(2027, 2, 20), [4, 18]),
        (Shape.SINGLE_DAYS, date(2027, 2, 3), date(2027, 2, 16), [3, 16]),
    ],
)
def test_dates_of_follow_the_shape(app, shape, first, last, days):
    told = ["2027-02-03", "2027-02-16"] if shape is Shape.SINGLE_DAYS else []
    period = make_period(starts_on=first, ends_on=last, days=told)
    make_internship(shape=shape, periods=[period])

    assert [day.day for day in dates_of(period)] == days


def test_sample_week_has_the_weekdays_of_the_periods(app):
    thursday = make_period(starts_on=date(2027, 2, 4), ends_on=date(2027, 5, 27))
    internship = make_internship(shape=Shape.WEEKLY_DAY, periods=[thursday])

    [plan] = sample_weeks(internship)

    assert (plan.day.weekday(), plan.starts, plan.ends) == (3, 480, 870)
    assert plan.breaks == ((660, 690),)


def test_days_of_two_weeks_are_not_thrown_together(app):
    """Saturday, then a week from Monday to Friday: in none of both are six days."""
    days = ["2027-02-06", *(f"2027-02-{day:02}" for day in range(8, 13))]
    period = make_period(
        starts_on=date(2027, 2, 6), ends_on=date(2027, 2, 12), days=days
    )
    internship = make_internship(
        shape=Shape.SINGLE_DAYS,
        periods=[period],
        bases=frozenset({Basis.VOLUNTARY}),
        branch=Branch.BAKERY,
    )

    weekdays = [plan.day.weekday() for plan in sample_weeks(internship)]

    assert weekdays == [0, 1, 2, 3, 4, 5]
    assert breach_of(internship, Basis.VOLUNTARY, Settings()) is None


def test_a_week_that_another_one_contains_is_judged_once(app):
    weeks = [make_period(ends_on=date(2027, 2, day)) for day in (3, 5, 9)]
    internship = make_internship(periods=weeks)

    assert len(sample_weeks(internship)) == 5


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, date(2026, 12, 24)),
        ({"day_ends_at": time(14)}, None),
        ({"minimum_age": 18}, None),
        ({"shape": Shape.WEEKLY_DAY}, None),
    ],
)
def test_an_eve_in_a_block_ends_at_two(app, changes, found):
    week = make_period(starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 24))
    internship = make_internship(periods=[week], **changes)
    eve = late_eve_of(internship, TODAY)

    assert (eve.day if eve else None) == found
    week.is_open = False
    assert late_eve_of(internship, TODAY) is None


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),
        # Of a period that runs, the eve of yesterday binds nobody any more.
        (date(2026, 12, 25), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 12, 24)),
        (date(2027, 12, 25), None),
    ],
)
def test_an_eve_that_is_over_binds_nobody(app, day, found):
    first = make_period(starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 31))
    later = make_period(starts_on=date(2027, 12, 20), ends_on=date(2027, 12, 24))
    eve = late_eve_of(make_internship(periods=[first, later]), day)

    assert (eve.day if eve else None) == found


def test_gaps_name_what_is_missing_in_the_order_of_the_form(app):
    internship = make_internship(
        PostingState.DRAFT, topics=frozenset(), day_ends_at=None, papers=""
    )

    assert gaps(internship, TODAY) == [Gap.TOPICS, Gap.HOURS, Gap.PAPERS]


def test_gaps_ask_for_a_period_that_is_still_ahead(app):
    internship = make_internship(PostingState.DRAFT)

    assert gaps(internship, date(2027, 2, 1)) == [Gap.PERIODS]


def test_usual_liability_speaks_for_each_basis():
    assert usual_liability(frozenset(Basis)) == (
        "Schulpraktikum: über den Schulträger, bitte mit der Schule klären. "
        "Freiwilliges Praktikum: private Haftpflicht der Familie."
    )


@pytest.mark.parametrize(
    ("first", "last", "audiences"),
    [
        (None, None, set()),
        (9, None, {Audience.CLASS_9_10, Audience.CLASS_11_13}),
        (8, 9, {Audience.CLASS_7_8, Audience.CLASS_9_10}),
    ],
)
def test_audiences_of_cover_the_grades(first, last, audiences):
    assert audiences_of(first, last) == audiences


def test_an_internship_without_hours_has_no_day(app):
    internship = make_internship(PostingState.DRAFT, day_starts_at=None)

    with pytest.raises(ValueError, match="without hours"):
        sample_weeks(internship)


def test_a_time_is_kept_as_it_was_entered(app):
    internship = make_internship()

    assert internship.day_ends_at == time(14, 30)
