"""Which saved searches a posting may concern, asked of all of them at once.

Of internships everything but the words is decided here: those are left to the index
of texts. Of the other kinds what all have in common; the rest is left to the lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketplace.foundation.columns import mask_of
from marketplace.foundation.geometry import DEGREE_KM
from marketplace.overview.alerts.enums import Scope
from marketplace.overview.alerts.tables import KINDS, kinds_of
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.rules import age_on
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import STEP_FREE, Audience
from marketplace.region.topics.rules import audiences_of_grade

Bits = NDArray[np.bool_]
STATES, BASES = list(FederalState), list(Basis)
# Older and higher than anybody asks for.
ANY_AGE, OLDEST_GRADE = 99, 13
# A rounding must not make a search deaf.
SLACK = 1 + 1e-9


@dataclass(frozen=True)
class Ears:
    """Saved searches as arrays of one length, without a name; 0 asks for nothing."""

    id: NDArray[np.int64]
    # The kinds it finds, one bit each.
    kinds: NDArray[np.int8]
    seen: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    cos: NDArray[np.float64]
    slope: NDArray[np.float64]
    squared_km: NDArray[np.float64]
    state: NDArray[np.int8]
    district: NDArray[np.int32]
    topics: NDArray[np.int64]
    grade: NDArray[np.int8]
    age: NDArray[np.int8]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    basis: NDArray[np.int8]
    is_step_free: Bits


def ears_of(rows: Sequence[Any], day: date) -> Ears:
    """Takes the columns of `search_columns`; who searches is as old as on that day."""
    columns = list(zip(*rows, strict=True))
    number, seen, lat, lon, km, state, district, topics, *rest = columns
    grade, age, birth, first, last, scope, art, is_step_free = rest
    radians = np.radians(np.array([x or 0.0 for x in lat]))
    return Ears(
        id=np.array(number, np.int64),
        kinds=np.array([*map(_kinds, scope, art)], np.int8),
        seen=np.array([moment.timestamp() for moment in seen]),
        lat=np.array([x or 0.0 for x in lat]),
        lon=np.array([x or 0.0 for x in lon]),
        cos=np.cos(radians),
        slope=np.sin(radians) * np.radians(1) / 2,
        squared_km=np.array([(x or 0) ** 2 * SLACK for x in km]),
        state=_numbers(state, STATES),
        district=np.array([int(x or 0) for x in district], np.int32),
        topics=np.array(topics, np.int64),
        grade=np.array([min(x or 0, OLDEST_GRADE) for x in grade], np.int8),
        age=np.array(
            [
                min(asked or ANY_AGE, age_on(born, day) if born else ANY_AGE, ANY_AGE)
                for asked, born in zip(age, birth, strict=True)
            ],
            np.int8,
        ),
        first=np.array([(x or date.min).toordinal() for x in first], np.int32),
        last=np.array([(x or date.max).toordinal() for x in last], np.int32),
        basis=_numbers([*map(_basis, scope, art)], BASES),
        is_step_free=np.array(is_step_free, bool),
    )


def heard_by(ears: Ears, posting: Posting) -> Bits:
    """Which searches it may concern; each array is looked through once."""
    heard: Bits = (ears.kinds & _bit(posting.kind)) != 0
    heard &= _is_near(ears, posting)
    heard &= (ears.state == 0) | (ears.state == _number(posting.state_code, STATES))
    heard &= (ears.district == 0) | (ears.district == int(posting.district_ags or 0))
    heard &= (ears.topics == 0) | ((ears.topics & mask_of(posting.topics)) != 0)
    heard &= _grades_of(posting)[ears.grade]
    if not posting.accessibility >= STEP_FREE:
        heard &= ~ears.is_step_free
    if isinstance(posting, Internship):
        heard &= ears.age >= (posting.fits_from or 0)
        bases = np.zeros(len(BASES) + 1, bool)
        bases[[0, *(_number(basis, BASES) for basis in posting.bases)]] = True
        heard &= bases[ears.basis]
        heard &= _lies_between(ears, posting)
    return heard


def _kinds(scope: Scope, art: str) -> int:
    return sum(_bit(kind) for kind in kinds_of(scope, art))


def _bit(kind: str) -> int:
    return 1 << KINDS.index(kind)


def _basis(scope: Scope, art: str) -> str | None:
    return art if art and scope is Scope.INTERNSHIPS else None


def _is_near(ears: Ears, posting: Posting) -> Bits:
    """As `squared_km` of places; without a place nothing is near."""
    asks_nothing: Bits = ears.squared_km == 0
    if posting.lat is None or posting.lon is None:
        return asks_nothing
    north = posting.lat - ears.lat
    east = (posting.lon - ears.lon) * (ears.cos - ears.slope * north)
    near: Bits = (north * north + east * east) * DEGREE_KM**2 <= ears.squared_km
    return asks_nothing | near


def _grades_of(posting: Posting) -> Bits:
    """Which grades it is for, by number; 0 is no grade at all."""
    lowest, highest = 0, ANY_AGE
    if isinstance(posting, Internship):
        lowest, highest = posting.grade_from or 0, posting.grade_to or ANY_AGE
    is_told = bool(posting.audiences & frozenset(Audience))
    fits = [
        lowest <= grade <= highest
        and (not is_told or bool(posting.audiences & audiences_of_grade(grade)))
        for grade in range(1, OLDEST_GRADE + 1)
    ]
    return np.array([True, *fits])


def _lies_between(ears: Ears, posting: Internship) -> Bits:
    """Whether a period lies within the days; one on request need only meet them."""
    lies: Bits = (ears.first == 1) & (ears.last == date.max.toordinal())
    for period in posting.periods:
        first, last = period.starts_on.toordinal(), period.ends_on.toordinal()
        if not period.is_open:
            continue
        if posting.shape is Shape.ON_REQUEST:
            lies |= (first <= ears.last) & (last >= ears.first)
        else:
            lies |= (first >= ears.first) & (last <= ears.last)
    return lies


def _numbers(values: Sequence[Any], known: Sequence[Any]) -> NDArray[np.int8]:
    places = {None: 0} | {one: k for k, one in enumerate(known, start=1)}
    return np.array([places[value] for value in values], np.int8)


def _number(value: Any, known: Sequence[Any]) -> int:
    return known.index(value) + 1 if value in known else -1
