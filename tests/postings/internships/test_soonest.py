"""What begins soonest stands first, against the same said in plain words."""

from datetime import date, timedelta

import numpy as np
import pytest

from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.queries import (
    narrowed_internships,
    published_internships,
    soonest_first,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.web.pages import Stage, page_of_stages
from tests.factories.internships import make_internship, make_period
from tests.factories.people import make_company
from tests.moments import NOON

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
ANY = Narrowing()


def numbers(by=ANY, size=50, day=TODAY):
    """The whole list, read in pages of this size."""
    found = narrowed_internships(published_internships(), by)
    seen, after = [], None
    while True:
        stages = [Stage(*part) for part in soonest_first(found, by, day)]
        page = page_of_stages(stages, after=after, size=size)
        seen += page.rows
        after = page.next
        if after is None:
            return seen


def make(*begins, state=PostingState.PUBLISHED, age=0, **period):
    """An internship of which a period of three days begins on each of these days."""
    days = [TODAY + k * DAY for k in begins]
    return make_internship(
        state,
        published_at=NOON - age * DAY,
        periods=[
            make_period(
                **{"starts_on": day, "ends_on": day + 2 * DAY, "apply_until": None}
                | period
            )
            for day in days
        ],
    )


def test_each_stands_where_its_next_period_begins(app):
    late, soon, morrow, twice = make(30), make(4), make(1), make(-10, 9, 2)
    full = make(1, state=PostingState.FILLED)
    resting = make(1, state=PostingState.PAUSED, age=3)

    rest = [full.id, resting.id]
    assert numbers() == [morrow.id, twice.id, soon.id, late.id, *rest]
    # What begins on the day is passed over for its next one, or has no day any more.
    assert numbers(day=TODAY + DAY) == [twice.id, soon.id, late.id, morrow.id, *rest]


def test_without_a_day_stands_behind_all_that_has_one(app):
    asleep = make(5, is_open=False, age=2)
    closed = make(5, apply_until=TODAY - DAY, age=1)
    empty, dated = make(age=3), make(60)

    assert numbers() == [dated.id, closed.id, asleep.id, empty.id]


def test_of_equals_the_older_one_comes_first(app):
    equals = [make(7, age=k).id for k in (1, 3, 2)]

    assert numbers() == equals


def test_days_that_are_asked_for_decide_which_period_counts(app):
    """The first begins sooner, but not between the days."""
    before, between = make(3, 25), make(22)
    by = Narrowing(starts_from=TODAY + 20 * DAY, ends_by=TODAY + 40 * DAY)

    assert numbers(by) == [between.id, before.id]
    assert numbers() == [before.id, between.id]


def test_one_on_request_that_only_meets_the_days_stands_behind(app):
    runs = make_internship(
        shape=Shape.ON_REQUEST,
        periods=[make_period(starts_on=TODAY, ends_on=TODAY + 90 * DAY)],
    )
    inside = make(30)
    by = Narrowing(starts_from=TODAY + 20 * DAY, ends_by=TODAY + 40 * DAY)

    assert numbers(by) == [inside.id, runs.id]


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_follow_one_another_without_gap_or_double(app, size):
    dice, firm = np.random.default_rng(size), make_company()
    told = {}
    for k in range(24):
        begins = dice.integers(-3, 12, dice.integers(4)).tolist()
        state = PostingState.FILLED if dice.integers(4) == 0 else PostingState.PUBLISHED
        one = make_internship(
            state,
            firm,
            published_at=NOON - k * DAY,
            periods=[
                make_period(
                    starts_on=TODAY + day * DAY,
                    ends_on=TODAY + (day + 1) * DAY,
                    apply_until=None,
                )
                for day in begins
            ],
        )
        ahead = [day for day in begins if day > 0]
        is_open = state is PostingState.PUBLISHED
        stage = 2 - 2 * (is_open and bool(ahead)) - (is_open and not ahead)
        told[one.id] = (stage, min(ahead) if not stage else k, one.id)

    assert numbers(size=size) == sorted(told, key=told.__getitem__)
