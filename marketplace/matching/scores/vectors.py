"""The list of a profile with NumPy: all rows at once, lines only of the promising."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from marketplace.matching.scores.directed import ENOUGH_MONTHS
from marketplace.matching.scores.enums import Part
from marketplace.matching.scores.gates import lines_reason
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.order import (
    FARTHEST,
    KEY_SHIFT,
    SCORE_SHIFT,
    Match,
    packed_key,
)
from marketplace.matching.scores.plain import best, match_of
from marketplace.matching.scores.records import PART_TABLE, Integers, Masks, Table
from marketplace.matching.scores.values import Profile, bits_of

Record = Any  # one of a table


def ranked_with_numpy(index: MatchIndex, a: Profile, k: int) -> list[Match]:
    """The first `k` partners of a profile of the index."""
    row = index.rows[index.place_of(a.profile_id)]
    others = _others(index, row, index.relations.barring(a))
    ways = _ways(row, others)
    near = ways <= np.minimum(others["limit"], row["limit"])
    others, ways = others[near], ways[near]
    bounds = _bounds(index, row, others, ways)
    falling = np.argsort(-bounds, kind="stable")
    return _read_lines(index, a, others["profile_id"][falling], bounds[falling], k)


def _read_lines(
    index: MatchIndex, a: Profile, ids: Integers, bounds: Integers, k: int
) -> list[Match]:
    """Scores in order of falling bound until none can come in any more."""
    kept: list[Match] = []
    for profile_id, bound in zip(ids.tolist(), bounds.tolist(), strict=True):
        if len(kept) == k and bound < _packed(kept[-1]):
            break
        b = index.profiles[profile_id]
        if lines_reason(a, b) is None:
            kept = best(a, [*kept, match_of(a, b, index.weights)], k)
    return kept


def _packed(match: Match) -> int:
    return packed_key(match.reciprocal, match.shown_price, match.distance)


def _others(index: MatchIndex, a: Record, barred: frozenset[int]) -> Table:
    """The rows that pass all gates but distance and lines."""
    rows = index.rows
    meets = (rows["need_kinds"] & a["give_kinds"]) | (
        rows["give_kinds"] & a["need_kinds"]
    )
    partners: Table = rows[
        rows["is_live"]
        & (rows["side"] != a["side"])
        & (rows["free_capacity"] > 0)
        & (meets != 0)
        & ~np.isin(rows["organisation_id"], list(barred))
    ]
    return partners


def _ways(a: Record, others: Table) -> Integers:
    squares = np.zeros(len(others), np.int64)
    for axis in ("x", "y", "z"):
        squares += (others[axis].astype(np.int64) - int(a[axis])) ** 2
    ways: Integers = np.floor(np.sqrt(squares)).astype(np.int64)
    return ways


def _bounds(index: MatchIndex, a: Record, others: Table, ways: Integers) -> Integers:
    """What the packed keys would be if everything asked for were given."""
    shared = np.zeros(len(others), np.int64)
    common = others["topics"] & a["topics"]
    for topic in bits_of(int(a["topics"])):
        has = (common >> np.uint64(topic) & np.uint64(1)).astype(np.int64)
        shared += has * index.topic_weights[topic]
    mine = np.full(len(others), a)
    s = _full_amount(mine, others, ways, shared)
    t = _full_amount(others, mine, ways, shared)
    both = np.maximum(s + t, 1)
    mutual = (4 * s * t + s + t) // (2 * both)
    keys = mutual * others["shown_price"].astype(np.int64)
    nearness = FARTHEST - np.minimum(ways, FARTHEST)
    packed: Integers = keys << KEY_SHIFT | mutual << SCORE_SHIFT | nearness
    return packed


def _full_amount(a: Table, b: Table, ways: Integers, shared: Integers) -> Integers:
    """The scores with the eyes of `a`, row by row, amounts taken as full."""
    weights = PART_TABLE[a["filled"]].T
    score: Integers = weights[Part.AMOUNT].copy()
    for part, num, den in _fractions(a, b, ways, shared):
        whole = np.maximum(den, 1)
        score += (2 * num * weights[part] + whole) // (2 * whole)
    return score


def _fractions(
    a: Table, b: Table, ways: Integers, shared: Integers
) -> Iterator[tuple[Part, Integers, Integers]]:
    yield Part.TOPICS, shared, a["topics_weight"]
    audiences = _counted(a["audiences"] & b["audiences"])
    yield Part.AUDIENCE, audiences, _counted(a["audiences"])
    reach = a["reach"].astype(np.int64)
    yield Part.DISTANCE, np.maximum(0, reach - ways), reach
    enough = np.minimum(ENOUGH_MONTHS, _counted(a["months"]))
    months = np.minimum(enough, _counted(a["months"] & b["months"]))
    yield Part.TIME, months, enough


def _counted(masks: Masks) -> Integers:
    counts: Integers = np.bitwise_count(masks).astype(np.int64)
    return counts
