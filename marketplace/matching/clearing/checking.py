"""Looks at a result without knowing how it came about."""

from dataclasses import dataclass

import numpy as np

from marketplace.matching.clearing.market import NOBODY, Integers, Market
from marketplace.matching.clearing.values import Outcome

# Class and lot in one number; better than any holder is a place that is free.
LOT_BITS, FREE = 32, 2**62


@dataclass(frozen=True)
class Findings:
    """How many pairs would rather have each other, and how many lots are envied."""

    blocking_pairs: int
    lot_envy: int


def check_round(market: Market, outcome: Outcome) -> Findings:
    """Counts weak blocking pairs and lot envy; closed seats do not count.

    Refuses a result that is none: a seat that was not wished, or held by too many.
    """
    edge_key = market.edge_class << LOT_BITS | np.repeat(
        market.lot_rank, np.diff(market.off)
    )
    is_open = np.ones(len(market.seats), bool)
    is_open[list(outcome.closed)] = False
    capacity = np.where(is_open, market.seats.capacity, 0)
    worst = _worst(market, outcome, edge_key, capacity)

    better = market.tier < np.repeat(_tiers(outcome), np.diff(market.off))
    better &= is_open[market.edge_seat]
    cut = worst[market.edge_seat[better]]
    key = edge_key[better]
    blocking = (key >> LOT_BITS) < (cut >> LOT_BITS)
    envious = (key < cut) & (cut != FREE)
    return Findings(int(blocking.sum()), int(envious.sum()))


def cutoffs(market: Market, outcome: Outcome) -> list[tuple[int, int] | None]:
    """Class and lot rank of the last one who got each seat; None where it is free."""
    edge_key = market.edge_class << LOT_BITS | np.repeat(
        market.lot_rank, np.diff(market.off)
    )
    worst = _worst(market, outcome, edge_key, market.seats.capacity).tolist()
    return [
        None if cut in {FREE, NOBODY} else (cut >> LOT_BITS, cut & (2**LOT_BITS - 1))
        for cut in worst
    ]


def _tiers(outcome: Outcome) -> Integers:
    """The tier reached; beyond all where there is no seat."""
    return np.where(outcome.seat == NOBODY, FREE, outcome.tier)


def _worst(
    market: Market, outcome: Outcome, edge_key: Integers, capacity: Integers
) -> Integers:
    """Of each seat the worst holder, FREE with a free place, NOBODY without any."""
    has_seat = outcome.edge != NOBODY
    edge = outcome.edge[has_seat]
    owners = market.edge_pupil[edge]
    if not np.array_equal(owners, np.flatnonzero(has_seat)):
        raise ValueError("A pupil holds a seat that she did not wish.")
    load = np.bincount(outcome.seat[has_seat], minlength=len(capacity))
    if np.any(load > capacity):
        raise ValueError("A seat is held by more pupils than it has places.")
    worst = np.full(len(capacity), NOBODY, np.int64)
    np.maximum.at(worst, outcome.seat[has_seat], edge_key[edge])
    return np.where(load < capacity, FREE, worst)
