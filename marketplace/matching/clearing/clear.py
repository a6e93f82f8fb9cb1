"""A whole round: clear, close what stays below its minimum, clear again."""

import numpy as np

from marketplace.foundation.compiling import IS_COMPILED
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.kernel import pass_with_numba
from marketplace.matching.clearing.market import NOBODY, Integers, Market
from marketplace.matching.clearing.plain import pass_plainly
from marketplace.matching.clearing.values import Outcome, Pass

# In larger rounds several seats close after one run.
LARGE, AT_ONCE = 20_000, 50


def clear(
    market: Market, rule: Rule = Rule.LOT_FAIR, *, is_compiled: bool = IS_COMPILED
) -> Outcome:
    """Gives every pupil the seat the rule gives her, or none.

    Seats without a wish that want a minimum close first; then, after each run, the one
    that misses most: fewer first wishes first, then the larger number. The market is
    not changed.
    """
    once = pass_with_numba if is_compiled else pass_plainly
    second = rule is Rule.MOST_PLACES
    capacity = market.seats.capacity.copy()
    order = _Order(market)
    closed = dict.fromkeys(order.unwished(), 0)
    capacity[list(closed)] = 0
    runs = proposals = 0
    while True:
        found = once(market, capacity, second=second)
        runs, proposals = runs + 1, proposals + found.proposals
        closing = order.closing(found, capacity)
        if not closing:
            return _outcome(market, found, closed, runs, proposals)
        closed |= closing
        capacity[list(closing)] = 0


class _Order:
    """In which order seats close."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.seats = np.arange(len(market.seats))
        self.seat_of_edge = market.edge_seat
        firsts = self.seat_of_edge[market.tier == _first_tiers(market)]
        self.first_wishes = np.bincount(firsts, minlength=len(self.seats))

    def unwished(self) -> list[int]:
        """Seats with a minimum that nobody wishes."""
        wishes = np.bincount(self.seat_of_edge, minlength=len(self.seats))
        chosen = (self.market.seats.minimum > 0) & (wishes == 0)
        return [int(j) for j in self.seats[chosen]]

    def closing(self, found: Pass, capacity: Integers) -> dict[int, int]:
        """The seats to close after a run, each with how many it held too few."""
        held = self.seat_of_edge[found.at[found.at != NOBODY]]
        load = np.bincount(held, minlength=len(self.seats))
        shortfall = self.market.seats.minimum - load
        below = self.seats[(shortfall > 0) & (capacity > 0)]
        keys = -below, self.first_wishes[below], -shortfall[below]
        count = 1
        if self.market.pupil_count > LARGE:
            count = max(1, len(below) // AT_ONCE)
        return {int(j): int(load[j]) for j in below[np.lexsort(keys)][:count]}


def _first_tiers(market: Market) -> Integers:
    """The best tier of each wish's pupil, one for each wish."""
    starts = market.off[:-1][np.diff(market.off) > 0]
    counts = np.diff(market.off)
    return np.repeat(market.tier[starts], counts[counts > 0])


def _outcome(
    market: Market, found: Pass, closed: dict[int, int], runs: int, proposals: int
) -> Outcome:
    has_seat = found.at != NOBODY
    edge = found.at[has_seat]
    seat = np.full(market.pupil_count, NOBODY, np.int64)
    tier = np.zeros(market.pupil_count, np.int64)
    seat[has_seat] = market.edge_seat[edge]
    tier[has_seat] = market.tier[edge]
    return Outcome(
        *(seat, tier, found.at, tuple(closed), tuple(closed.values())), runs, proposals
    )
