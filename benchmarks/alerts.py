"""Saved searches: how long it takes to see whom a new posting may concern."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import cos, radians
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.order import Line, Order, line
from marketplace.foundation.columns import mask_of
from marketplace.foundation.geometry import DEGREE_KM
from marketplace.overview.alerts.enums import Scope
from marketplace.overview.alerts.services.hearing import ears_of, heard_by
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.lives.queries import STEP_FREE
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.rules import age_on
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from marketplace.region.topics.rules import audiences_of_grade

SEED, POSTINGS, CHECKED = 7, 200, 10
TODAY, SEEN = date(2027, 1, 15), datetime(2027, 1, 14, tzinfo=UTC)
STATES, TOPICS, BASES = list(FederalState), list(Topic), list(Basis)
AGS = ("14713", "14612", "15002", "16053")


def alerts(order: Order) -> Iterator[Line]:
    """Milliseconds until a posting was held against n saved searches, in memory."""
    dice = np.random.default_rng(SEED)
    rows = [_search(number, dice) for number in range(order.size)]
    postings = [_posting(dice) for _ in range(POSTINGS)]
    ears = ears_of(rows, TODAY)
    times, is_right = [], True
    for k, posting in enumerate(postings):
        begin = perf_counter()
        heard = heard_by(ears, posting)
        times.append((perf_counter() - begin) * 1000)
        if k < CHECKED:
            is_right &= heard.tolist() == [_concerns(posting, *row) for row in rows]
    yield line("alerts", order.size, "ms_p50", median(times), is_right=is_right)


def _search(number: int, dice: np.random.Generator) -> tuple[Any, ...]:
    """The columns of one search; each thing is asked for by some."""

    def maybe(value: Any, share: float) -> Any:
        return value if dice.random() < share else None

    first = TODAY + timedelta(days=int(dice.integers(0, 200)))
    is_round = dice.random() < 1 / 2
    return (
        *(number, SEEN),
        *(50.3 + dice.random() * 2.5, 10 + dice.random() * 5),
        int(dice.choice([5, 10, 25, 50])) if is_round else None,
        maybe(STATES[dice.integers(len(STATES))], 0.2),
        maybe(AGS[dice.integers(len(AGS))], 0.1) or "",
        maybe(mask_of([TOPICS[dice.integers(len(TOPICS))]]), 0.5) or 0,
        maybe(int(dice.integers(7, 13)), 0.3),
        maybe(int(dice.integers(13, 18)), 0.2),
        maybe(date(int(dice.integers(2009, 2014)), 5, 12), 0.7),
        maybe(first, 0.4),
        maybe(first + timedelta(days=60), 0.4),
        Scope.INTERNSHIPS,
        maybe(BASES[dice.integers(len(BASES))].value, 0.3) or "",
        bool(dice.random() < 1 / 20),
    )


def _posting(dice: np.random.Generator) -> Internship:
    """An internship as it would be published, in no database."""
    first = TODAY + timedelta(days=int(dice.integers(10, 250)))
    dates = {"starts_on": first, "ends_on": first + timedelta(days=4)}
    return Internship(
        lat=50.3 + dice.random() * 2.5,
        lon=10 + dice.random() * 5,
        state_code=STATES[dice.integers(len(STATES))],
        district_ags=AGS[dice.integers(len(AGS))],
        topics=frozenset({TOPICS[k] for k in dice.integers(len(TOPICS), size=3)}),
        audiences=frozenset({Audience.CLASS_9_10})
        if dice.random() < 1 / 2
        else None or frozenset(),
        grade_from=int(dice.integers(7, 10)),
        grade_to=int(dice.integers(10, 14)),
        fits_from=int(dice.integers(13, 17)),
        bases=frozenset({BASES[dice.integers(len(BASES))]}),
        accessibility=STEP_FREE if dice.random() < 1 / 3 else frozenset(),
        shape=Shape.ON_REQUEST if dice.random() < 1 / 4 else Shape.BLOCK,
        periods=[Period(is_open=True, **dates)],
    )


def _concerns(posting: Internship, *row: Any) -> bool:
    """The same for one search, as the list asks it."""
    _number, _seen, lat, lon, km, state, district, topics, grade, *rest = row
    age, born_on, first, last, _scope, basis, is_step_free = rest
    ages = [x for x in (age, born_on and age_on(born_on, TODAY)) if x]
    grades = range(posting.grade_from or 0, (posting.grade_to or 99) + 1)
    first, last = first or date.min, last or date.max
    is_asked = (first, last) != (date.min, date.max)
    return (
        (not km or _km(posting, lat, lon) <= km)
        and state in (None, posting.state_code)
        and district in ("", posting.district_ags)
        and (not topics or bool(topics & mask_of(posting.topics)))
        and (not grade or (grade in grades and _is_meant(posting, grade)))
        and (not ages or (posting.fits_from or 0) <= min(ages))
        and (not basis or basis in posting.bases)
        and (not is_step_free or posting.accessibility >= STEP_FREE)
        and (not is_asked or _lies(posting, first, last))
    )


def _km(posting: Internship, lat: float, lon: float) -> float:
    """On a plane with degrees of longitude as long as midway; nearly `squared_km`."""
    north = (posting.lat or 0) - lat
    east = ((posting.lon or 0) - lon) * cos(radians(lat + north / 2))
    return float(DEGREE_KM * (north**2 + east**2) ** 0.5)


def _is_meant(posting: Internship, grade: int) -> bool:
    told = posting.audiences
    return not told or bool(told & audiences_of_grade(grade))


def _lies(posting: Internship, first: date, last: date) -> bool:
    [period] = posting.periods
    if posting.shape is Shape.ON_REQUEST:
        return period.starts_on <= last and period.ends_on >= first
    return period.starts_on >= first and period.ends_on <= last
