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
    row, _lines = index.row_and_lines(a.profile_id)
    others, ways = _partners(index, row)
    others, ways = others[free := others["free_capacity"] > 0], ways[free]
    bounds = _bounds(index, row, others, ways, others["shown_price"])
    falling = np.argsort(-bounds, kind="stable")
    return _read_lines(index, a, others["profile_id"][falling], bounds[falling], k)


def readers_with_numpy(
    index: MatchIndex, profile_id: int, last: tuple[Integers, Masks]
) -> list[int]:
    """As `lists.readers_of`."""
    row, _lines = index.row_and_lines(profile_id)
    if not (row["is_live"] and row["free_capacity"] > 0):
        return []
    b, (keys, lots) = index[profile_id], last
    others, ways = _partners(index, row)
    places = np.array([index.place_of(n) for n in others["profile_id"].tolist()], int)
    bounds = _bounds(index, row, others, ways, row["shown_price"])
    found = []
    for place in np.sort(places[bounds >= keys[places]]).tolist():
        a = index[int(index.rows["profile_id"][place])]
        if lines_reason(a, b) is None:
            first, own_lot, _id = match_of(a, b, index.weights).place(a.profile_id)
            if (first, own_lot) < (-int(keys[place]), int(lots[place])):
                found.append(place)
    return found


def is_eligible(index: MatchIndex, profile_id: int) -> bool:
    """Says whether a profile could stand in the list of somebody."""
    row, _lines = index.row_and_lines(profile_id)
    if not (row["is_live"] and row["free_capacity"] > 0):
        return False
    b = index[profile_id]
    readers = _partners(index, row)[0]["profile_id"].tolist()
    return any(lines_reason(index[reader], b) is None for reader in readers)


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


def _partners(index: MatchIndex, a: Record) -> tuple[Table, Integers]:
    """Those whom a profile might meet, but for capacity and lines, and the ways."""
    rows = index.rows
    barred = index.relations.barred_from(int(a["organisation_id"]))
    meets = (rows["need_kinds"] & a["give_kinds"]) | (
        rows["give_kinds"] & a["need_kinds"]
    )
    others = rows[
        rows["is_live"]
        & (rows["side"] != a["side"])
        & (meets != 0)
        & ~np.isin(rows["organisation_id"], list(barred))
    ]
    ways = _ways(a, others)
    near = ways <= np.minimum(others["limit"], a["limit"])
    return others[near], ways[near]


def _ways(a: Record, others: Table) -> Integers:
    squares = np.zeros(len(others), np.int64)
    for axis in ("x", "y", "z"):
        squares += (others[axis].astype(np.int64) - int(a[axis])) ** 2
    ways: Integers = np.floor(np.sqrt(squares)).astype(np.int64)
    return ways


def _bounds(
    index: MatchIndex, a: Record, others: Table, ways: Integers, prices: Any
) -> Integers:
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
    keys = mutual * prices.astype(np.int64)
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
