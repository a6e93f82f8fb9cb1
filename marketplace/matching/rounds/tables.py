"""Plain values of a round: what is frozen, and what a run leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.clearing.checking import Findings
from marketplace.matching.clearing.market import Integers, Market
from marketplace.matching.clearing.values import Outcome
from marketplace.matching.rounds.enums import Criterion

Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]

# A town that is not known, in hundred-thousandths of a degree.
NOWHERE = 2**31 - 1


@dataclass(frozen=True)
class FrozenWish:
    """One wish at closing; `is_free`: the pupil can come on all its days."""

    seat_no: int
    tier: int
    is_free: bool


@dataclass(frozen=True)
class FrozenList:
    """What one pupil wished and told, best first; without her name."""

    lat: float | None
    lon: float | None
    interests: int
    friend_code: str
    wishes: Sequence[FrozenWish]


@dataclass(frozen=True)
class FrozenSeat:
    """One seat at closing; `criteria` and `topics` are masks, `host` a town's number.

    A minimum of 0 is none; a seat that cannot be had any more has no places.
    """

    seat_no: int
    capacity: int
    minimum: int
    host: int
    criteria: int
    km: int
    lat: float | None
    lon: float | None
    topics: int


@dataclass(frozen=True)
class Places:
    """All seats as arrays of one length, in the order of their numbers."""

    seat_no: Integers
    capacity: Integers
    minimum: Integers
    host: Integers
    criteria: Integers
    km: Integers
    lat: Floats
    lon: Floats
    topics: Masks

    def __len__(self) -> int:
        return len(self.seat_no)


@dataclass(frozen=True)
class Lists:
    """All lists as arrays: the wishes of pupil i are `off[i]` to `off[i + 1]`.

    `codes` are sorted; `friend` is -1 for none.
    """

    codes: Sequence[str]
    off: Integers
    seat_no: Integers
    tier: Integers
    is_free: NDArray[np.bool_]
    lat: Floats
    lon: Floats
    interests: Masks
    friend: Integers

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Drawn:
    """A run: the market, what came of it, and what an independent look found."""

    lists: Lists
    places: Places
    market: Market
    outcome: Outcome
    findings: Findings


@dataclass(frozen=True)
class Answer:
    """What became of one wish: how many criteria were not met, and the sentence."""

    seat_no: int
    tier: int
    missed: Sequence[Criterion]
    words: str
