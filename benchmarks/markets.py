"""Made-up markets as arrays: half providers, half companies, all over the region."""

from functools import cache

import numpy as np

from marketplace.matching.scores.entering import (
    ENTRY,
    LINE_ENTRY,
    closed_topics,
    tables_of,
)
from marketplace.matching.scores.enums import Direction, Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.records import Table
from marketplace.matching.scores.values import TOPICS, position_of
from marketplace.matching.scores.weights import TopicWeights, weights_of_counts

SEED = 7
KINDS, MOST_LINES = 6, 5
# Of the topics, each from the eighth on is part of one of the first eight.
PARENTS = {topic: topic % 8 for topic in range(8, 40)}
TOWNS = 400


def market(size: int, seed: int = SEED) -> MatchIndex:
    """An index of so many profiles, half of them on each side."""
    return MatchIndex.of_tables(*tables(size, seed), weights(size, seed))


@cache
def entered(size: int, seed: int = SEED) -> tuple[Table, Table]:
    """Profiles and lines as people might enter them, the same for the same seed."""
    dice = np.random.default_rng(seed)
    profiles = _profiles(dice, size)
    return profiles, _lines(dice, profiles)


def weights(size: int, seed: int = SEED) -> TopicWeights:
    """The weights of topics in this market."""
    topics = closed_topics(*entered(size, seed), PARENTS)
    counts = [int((topics >> np.uint64(k) & np.uint64(1)).sum()) for k in range(TOPICS)]
    return weights_of_counts(size, counts)


def tables(size: int, seed: int = SEED) -> tuple[Table, Table]:
    """The same as rows and lines, in the order of their numbers."""
    return tables_of(*entered(size, seed), weights(size, seed), PARENTS)


def _profiles(dice: np.random.Generator, size: int) -> Table:
    made = np.zeros(size, ENTRY)
    made["profile_id"] = np.arange(1, size + 1)
    made["organisation_id"] = np.arange(1, size + 1)
    made["side"] = np.arange(size) % 2
    town = dice.integers(0, TOWNS, size)
    lat = dice.uniform(50.2, 53.0, TOWNS)[town] + dice.normal(0, 0.03, size)
    lon = dice.uniform(9.9, 15.0, TOWNS)[town] + dice.normal(0, 0.05, size)
    places = [position_of(*at) for at in zip(lat.tolist(), lon.tolist(), strict=True)]
    for axis, values in zip("xyz", zip(*places, strict=True), strict=True):
        made[axis] = values
    made["radius_km"] = dice.choice([-1, 25, 50, 100, 150, 999], size, p=RADII)
    made["is_radius_hard"] = dice.random(size) < 0.8
    made["topics"] = _some_topics(dice, size, 3)
    made["audiences"] = dice.integers(0, 1 << 6, size)
    made["free_capacity"] = dice.integers(0, 6, size)
    made["is_declared"] = dice.random(size) < 0.8
    made["price_pm"] = dice.normal(1000, 120, size).clip(500, 1500)
    made["age_days"] = dice.integers(0, 700, size)
    return made


RADII = [0.05, 0.15, 0.4, 0.25, 0.1, 0.05]


def _lines(dice: np.random.Generator, profiles: Table) -> Table:
    counts = dice.integers(1, MOST_LINES, len(profiles))
    size = int(counts.sum())
    made = np.zeros(size, LINE_ENTRY)
    made["owner"] = np.repeat(np.arange(len(profiles)), counts)
    made["line_no"] = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts)
    is_provider = profiles["side"][made["owner"]] == Side.PROVIDER
    made["direction"] = np.where(is_provider, Direction.NEED, Direction.GIVE)
    made["kind"] = dice.integers(0, KINDS, size)
    made["item"] = np.where(made["kind"] < 3, dice.integers(0, 6, size), 0)
    made["item"][~is_provider & (made["kind"] < 3) & (made["item"] == 0)] = 1
    made["open_quantity"] = dice.choice([-1, 0, 1, 5, 8, 12, 20, 40], size)
    begin, length = dice.integers(0, 12, size), dice.integers(0, 9, size)
    made["months"] = ((1 << length) - 1) << begin
    is_slotted = (made["kind"] == 2) & (dice.random(size) < 0.5)
    made["slots"] = np.where(is_slotted, dice.integers(1, 1 << 10, size), 0)
    has_own = dice.random(size) < 0.2
    made["topics"] = np.where(has_own, _some_topics(dice, size, 2), 0)
    made["audiences"] = np.where(has_own, dice.integers(0, 1 << 6, size), 0)
    made["hard"] = np.where(dice.random(size) < 0.2, dice.integers(0, 16, size), 0)
    made["is_safeguarded"] = made["kind"] >= 3
    return made


def _some_topics(dice: np.random.Generator, size: int, most: int) -> Table:
    """Few topics each, some of them much more often than others."""
    topics: Table = np.zeros(size, np.uint64)
    for _ in range(most):
        topic = (40 * dice.random(size) ** 2).astype(np.uint64)
        has = (dice.random(size) < 0.7).astype(np.uint64)
        topics |= has << topic
    return topics
