"""The order of a list, and how its numbers are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from marketplace.foundation.lots import splitmix64

Packed = TypeVar("Packed", int, NDArray[np.int64])

FARTHEST = 2**20 - 1
SCORE_SHIFT, KEY_SHIFT = 20, 34


@dataclass(frozen=True, kw_only=True)
class Match:
    """A partner in a list, with the numbers that gave it its place."""

    profile_id: int
    # What the partner is worth to the reader, and the reader to the partner.
    forward: int
    backward: int
    reciprocal: int
    shown_price: int
    distance: int

    @property
    def key(self) -> int:
        return self.reciprocal * self.shown_price

    def place(self, reader_id: int) -> tuple[int, int, int]:
        """What the list of `reader_id` is sorted by, the smallest first."""
        packed = packed_key(self.reciprocal, self.shown_price, self.distance)
        return -packed, lot(reader_id, self.profile_id), self.profile_id


def packed_key(reciprocal: int, shown_price: int, distance: int) -> int:
    """Key, mutual score and nearness in one number; the largest comes first."""
    nearness = FARTHEST - min(distance, FARTHEST)
    key = reciprocal * shown_price
    return key << KEY_SHIFT | reciprocal << SCORE_SHIFT | nearness


def reciprocal_in(packed: Packed) -> Packed:
    """The mutual score inside a packed key, or inside each of an array of them."""
    return packed >> SCORE_SHIFT & (1 << KEY_SHIFT - SCORE_SHIFT) - 1


def lot(a_id: int, b_id: int) -> int:
    """A number as good as drawn, the same whenever it is asked for."""
    return splitmix64(a_id << 32 | b_id)


def whole_points(points: Sequence[int]) -> tuple[int, ...]:
    """Rounds parts in hundredths so that they sum to the rounded whole.

    By largest remainder, ties to the left; a part without points never gets one.
    """
    floors = [part // 100 for part in points]
    missing = whole(sum(points)) - sum(floors)
    by_rest = sorted(range(len(points)), key=lambda k: (-(points[k] % 100), k))
    for k in by_rest[:missing]:
        floors[k] += 1
    return tuple(floors)


def whole(score: int) -> int:
    """A score in whole points, rounded half up."""
    return (score + 50) // 100


def two_decimals(score: int) -> Decimal:
    """A score with its hundredths, exact."""
    return Decimal(score).scaleb(-2)
