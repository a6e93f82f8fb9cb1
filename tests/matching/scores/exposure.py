"""How evenly a market is shown, before prices follow it and after."""

from dataclasses import dataclass

import numpy as np

from benchmarks.markets import PARENTS, entered, weights
from marketplace.matching.scores.entering import tables_of
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import (
    all_entries,
    shown_counts,
    updated_prices,
)


@dataclass(frozen=True)
class Exposure:
    """Of one state of the lists: how uneven they show, and their mean mutual score."""

    gini: float
    mean: float


def exposures(size, updates):
    """The exposure at first and after each update of the prices."""
    index = plain_market(size)
    found = []
    for number in range(updates + 1):
        pieces = list(all_entries(index))
        others = np.concatenate([piece.others for piece in pieces])
        shown = shown_counts(index, others)
        mutuals = np.concatenate([piece.mutuals for piece in pieces])
        found.append(Exposure(gini(shown), float(mutuals.mean())))
        if number < updates:
            index.set_prices(updated_prices(index, shown))
    return found


def plain_market(size):
    """A market in which all can carry as much, nobody is new and prices are even."""
    profiles, lines = entered(size)
    profiles = profiles.copy()
    profiles["free_capacity"], profiles["price_pm"] = 3, 1000
    profiles["age_days"] = -1
    topics = weights(size)
    return MatchIndex.of_tables(*tables_of(profiles, lines, topics, PARENTS), topics)


def gini(counts):
    """0 where all have the same, near 1 where one has all."""
    ordered = np.sort(counts).astype(float)
    places = np.arange(1, len(ordered) + 1)
    whole = ordered.sum() * len(ordered)
    return float(((2 * places - len(ordered) - 1) * ordered).sum() / whole)
