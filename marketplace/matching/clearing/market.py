"""What a round is before it is cleared: arrays without names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Masks = NDArray[np.uint64]

NOBODY = -1
# An edge is one wish: seat, class and whether it is the last of its tier, in 64 bits.
SEAT_SHIFT, CLASS_SHIFT, LAST = 32, 8, 1
MOST_CLASS = 2**24 - 1


class Wish(NamedTuple):
    """One wish: tiers begin at 1, a tier is equally liked, `pos` orders within."""

    pupil: int
    seat: int
    tier: int
    pos: int = 0
    # How many of the seat's criteria the pupil does not meet; lower is better.
    klass: int = 0


@dataclass(frozen=True)
class Seats:
    """Seats 0..m-1: places, the fewest that must come, and the town of each.

    A minimum of 0 is none; towns serve friends who want to be near each other.
    """

    capacity: Integers
    minimum: Integers
    host: Integers

    @classmethod
    def of(
        cls,
        capacity: Sequence[int],
        minimum: Sequence[int] = (),
        host: Sequence[int] = (),
    ) -> "Seats":
        """Takes plain numbers; without minima there are none, without towns too."""
        count = len(capacity)
        return cls(
            np.array(capacity, np.int64),
            np.array(minimum or [0] * count, np.int64),
            np.array(host or range(count), np.int64),
        )

    def __len__(self) -> int:
        return len(self.capacity)


@dataclass(frozen=True)
class Market:
    """A round: the wishes of pupil i are `edge[off[i]:off[i + 1]]`, best first.

    `edge` uint64[E], `off` int64[n + 1]; `tier` int64[E] is the number each wish bore;
    `lot_rank` int64[n], 1 is the best; `friend` int64[n], NOBODY for none.
    """

    off: Integers
    edge: Masks
    tier: Integers
    lot_rank: Integers
    friend: Integers
    seats: Seats = field(repr=False)

    @property
    def pupil_count(self) -> int:
        return len(self.lot_rank)

    @property
    def edge_seat(self) -> Integers:
        """The seat of each wish."""
        return (self.edge >> np.uint64(SEAT_SHIFT)).astype(np.int64)

    @property
    def edge_class(self) -> Integers:
        """The class of each wish."""
        shifted = self.edge >> np.uint64(CLASS_SHIFT)
        return (shifted & np.uint64(MOST_CLASS)).astype(np.int64)

    @property
    def edge_pupil(self) -> Integers:
        """The pupil of each wish."""
        return np.repeat(np.arange(self.pupil_count), np.diff(self.off))


def build_market(
    wishes: "Sequence[Wish] | NDArray[Any]",
    lot_rank: Sequence[int] | Integers,
    seats: Seats,
    *,
    friend: Sequence[int] | None = None,
) -> Market:
    """Sorts wishes by pupil, tier and position, and packs them.

    `wishes` may be an array of shape (E, 5) as well. Refuses a seat wished twice by
    one pupil, and numbers beyond what the arrays hold.
    """
    table = np.asarray(wishes, np.int64).reshape(-1, 5)
    lots = np.asarray(lot_rank, np.int64)
    _require_in_range(table, len(lots), len(seats))
    table = table[np.lexsort((table[:, 3], table[:, 2], table[:, 0]))]
    pupil, seat, tier, _, klass = table.T
    _require_single(pupil, seat)
    off = np.zeros(len(lots) + 1, np.int64)
    np.cumsum(np.bincount(pupil, minlength=len(lots)), out=off[1:])
    last = np.ones(len(table), np.uint64)
    if len(table):
        last[:-1] = (np.diff(pupil) != 0) | (np.diff(tier) != 0)
    edge = (
        seat.astype(np.uint64) << np.uint64(SEAT_SHIFT)
        | klass.astype(np.uint64) << np.uint64(CLASS_SHIFT)
        | last
    )
    friends = np.full(len(lots), NOBODY) if friend is None else np.array(friend)
    return Market(off, edge, tier.copy(), lots, friends.astype(np.int64), seats)


def _require_in_range(table: Integers, pupils: int, seats: int) -> None:
    if not len(table):
        return
    pupil, seat, tier, _, klass = table.T
    if pupil.min() < 0 or pupil.max() >= pupils or seat.min() < 0:
        raise ValueError("A wish names a pupil or a seat that is not there.")
    if seat.max() >= seats:
        raise ValueError("A wish names a pupil or a seat that is not there.")
    if tier.min() < 1:
        raise ValueError("Tiers begin at 1.")
    if klass.min() < 0 or klass.max() > MOST_CLASS:
        raise ValueError(f"Classes lie between 0 and {MOST_CLASS}.")


def _require_single(pupil: Integers, seat: Integers) -> None:
    pair = np.sort(pupil << np.int64(SEAT_SHIFT) | seat)
    if np.any(pair[1:] == pair[:-1]):
        raise ValueError("A pupil wishes the same seat twice.")
