"""What comes of a clearing."""

from dataclasses import dataclass

from marketplace.matching.clearing.market import NOBODY, Integers


@dataclass(frozen=True)
class Pass:
    """One run with fixed capacities.

    `at` int64[n]: the wish each pupil holds, NOBODY if none; `cut` int64[m]: the worst
    key held by a full seat, otherwise beyond every key.
    """

    at: Integers
    cut: Integers
    proposals: int


@dataclass(frozen=True)
class Outcome:
    """A cleared round: per pupil seat and tier, NOBODY and 0 for none.

    `closed` are the seats that stayed below their minimum, in the order of closing,
    `closed_with` how many each of them held then.
    """

    seat: Integers
    tier: Integers
    edge: Integers
    closed: tuple[int, ...]
    closed_with: tuple[int, ...]
    runs: int
    proposals: int

    @property
    def placed(self) -> int:
        """How many pupils have a seat."""
        return int((self.seat != NOBODY).sum())

    @property
    def first_tier(self) -> int:
        """How many pupils have a seat of their first tier."""
        return int((self.tier == 1).sum())
