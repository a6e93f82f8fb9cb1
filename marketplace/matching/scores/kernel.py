"""The list of a profile compiled by numba, in one pass over the rows.

The same integers as `plain`. Everything compiled stands in this module, for numba
notices changes of no other; it compiles at the first call, which must come after the
server forked.
"""

from typing import Any

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.order import Match
from marketplace.matching.scores.records import PART_TABLE, Integers, Masks, Table
from marketplace.matching.scores.values import Profile

# Rows, lines, topic weights, part weights.
Arrays = tuple[Table, Table, Integers, Integers]
# Numba types them itself: 64 bits with a sign, and one record of a table.
Number = Any
Record = Any

NO_SLOT = 14
WHOLE = 1_000_000
FARTHEST = 1_048_575
ZERO, ONE, TWO, FOUR = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(4)
TOPIC, AUDIENCE, TIME, AMOUNT = ONE, TWO, FOUR, np.uint64(8)
# Columns of what is found.
ROW, PACKED, FORWARD, BACKWARD, WAY = range(5)


def ranked_with_numba(index: MatchIndex, a: Profile, k: int) -> list[Match]:
    """The first `k` partners of a profile of the index."""
    k = min(k, len(index.rows))
    found, lots = np.zeros((k, 5), np.int64), np.zeros(k, np.uint64)
    row = index.place_of(a.profile_id)
    barred = np.array(sorted(index.relations.barring(a)), np.int64)
    rest = np.zeros((index.most_lines, NO_SLOT + 1), np.int64)
    arrays = (index.rows, index.lines, index.topic_weights, PART_TABLE)
    # Not compiled, as for coverage, Python would warn of overflow that is meant.
    with np.errstate(over="ignore"):
        count = _top(arrays, row, barred, rest, (found, lots))
    return [_match(index.rows, line) for line in found[:count].tolist()]


def _match(rows: Table, line: list[int]) -> Match:
    row, packed, forward, backward, way = line
    return Match(
        profile_id=int(rows[row]["profile_id"]),
        forward=forward,
        backward=backward,
        reciprocal=packed >> 20 & 0x3FFF,
        shown_price=int(rows[row]["shown_price"]),
        distance=way,
    )


@compiled
def _top(
    arrays: Arrays,
    row: Number,
    barred: Integers,
    rest: Integers,
    places: tuple[Integers, Masks],
) -> Number:
    """Fills the places (entries, lots) in order and says how many there are."""
    rows, table = arrays[0], arrays[3]
    found, lots = places
    a = rows[row]
    points = np.zeros((2, 5), np.int64)
    count = 0
    for other in range(len(rows)):
        b = rows[other]
        if not _may_meet(a, b, barred):
            continue
        way = _way(a, b)
        if way > a["limit"] or way > b["limit"]:
            continue
        _score_early(arrays, row, other, points)
        if count == len(found):
            s = points[0].sum() + table[a["filled"], 4]
            t = points[1].sum() + table[b["filled"], 4]
            if _packed(s, t, b["shown_price"], way) < found[count - 1, PACKED]:
                continue
        if _score_amounts(arrays, row, other, rest, points):
            s, t = points[0].sum(), points[1].sum()
            packed = _packed(s, t, b["shown_price"], way)
            entry = (other, packed, s, t, way)
            count = _insert(found, lots, count, entry, _lot(a, b))
    return count


@compiled
def _insert(
    found: Integers,
    lots: Masks,
    count: Number,
    entry: tuple[Number, ...],
    lot: np.uint64,
) -> Number:
    """Puts an entry in its place; lots differ, for the generator is one to one."""
    place = count
    while place > 0 and (
        entry[PACKED] > found[place - 1, PACKED]
        or (entry[PACKED] == found[place - 1, PACKED] and lot < lots[place - 1])
    ):
        place -= 1
    if place == len(found):
        return count
    for k in range(min(count, len(found) - 1), place, -1):
        found[k] = found[k - 1]
        lots[k] = lots[k - 1]
    for column in range(5):
        found[place, column] = entry[column]
    lots[place] = lot
    return min(count + 1, len(found))


@compiled
def _may_meet(a: Record, b: Record, barred: Integers) -> bool:
    if b["side"] == a["side"] or not b["is_live"] or b["free_capacity"] <= 0:
        return False
    meets = (a["need_kinds"] & b["give_kinds"]) | (a["give_kinds"] & b["need_kinds"])
    if meets == ZERO:
        return False
    place = np.searchsorted(barred, b["organisation_id"])
    return bool(place == len(barred) or barred[place] != b["organisation_id"])


@compiled
def _way(a: Record, b: Record) -> Number:
    x = np.int64(a["x"]) - np.int64(b["x"])
    y = np.int64(a["y"]) - np.int64(b["y"])
    z = np.int64(a["z"]) - np.int64(b["z"])
    return np.int64(np.floor(np.sqrt(x * x + y * y + z * z)))


@compiled
def _packed(s: Number, t: Number, shown_price: Number, way: Number) -> Number:
    mutual = (4 * s * t + s + t) // (2 * max(1, s + t))
    key = mutual * np.int64(shown_price)
    return (key << 34) | (mutual << 20) | (FARTHEST - min(way, FARTHEST))


@compiled
def _lot(a: Record, b: Record) -> np.uint64:
    mixed = np.uint64(a["profile_id"]) << np.uint64(32) | np.uint64(b["profile_id"])
    mixed = mixed + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@compiled
def _score_early(arrays: Arrays, one: Number, other: Number, points: Integers) -> None:
    """Writes the four parts that need no lines, and 0 for the amounts."""
    rows, _, topic_weights, table = arrays
    a: Record = rows[one]
    b: Record = rows[other]
    shared = _weight_of(a["topics"] & b["topics"], topic_weights)
    audiences = _count(a["audiences"] & b["audiences"])
    months = _count(a["months"] & b["months"])
    way = _way(a, b)
    for k in range(2):
        own = a if k == 0 else b
        weights = table[own["filled"]]
        reach = np.int64(own["reach"])
        enough = min(3, _count(own["months"]))
        points[k, 0] = _portion(shared, own["topics_weight"], weights[0])
        points[k, 1] = _portion(audiences, _count(own["audiences"]), weights[1])
        points[k, 2] = _portion(max(0, reach - way), reach, weights[2])
        points[k, 3] = _portion(min(enough, months), enough, weights[3])
        points[k, 4] = 0


@compiled
def _score_amounts(
    arrays: Arrays, one: Number, other: Number, rest: Integers, points: Integers
) -> bool:
    """Writes the amounts of both directions; False if no two lines meet."""
    rows, lines, _, table = arrays
    a: Record = rows[one]
    b: Record = rows[other]
    declared = a["is_declared"] if a["side"] == 1 else b["is_declared"]
    is_met, covered, reached = _allocate(a, b, lines, rest, declared)
    is_met_back, covered_back, reached_back = _allocate(b, a, lines, rest, declared)
    points[0, 4] = _portion(
        covered if a["needs"] else covered_back,
        WHOLE * max(1, np.int64(a["counted_needs"]) if a["needs"] else reached_back),
        table[a["filled"], 4],
    )
    points[1, 4] = _portion(
        covered_back if b["needs"] else covered,
        WHOLE * max(1, np.int64(b["counted_needs"]) if b["needs"] else reached),
        table[b["filled"], 4],
    )
    return is_met or is_met_back


@compiled
def _allocate(
    p: Record, q: Record, lines: Table, rest: Integers, declared: bool
) -> tuple[bool, Number, Number]:
    """Says whether any line of `q` serves one of `p`, the millionths covered in all,
    and how many counted needs of `p` are served.
    """
    start = q["start"] + q["needs"]
    gives = lines[start : start + q["gives"]]
    for j in range(len(gives)):
        slots, quantity = gives[j]["slots"], max(0, gives[j]["open_quantity"])
        for slot in range(NO_SLOT):
            rest[j, slot] = quantity * (slots >> np.uint64(slot) & ONE != ZERO)
        rest[j, NO_SLOT] = quantity * (slots == ZERO)
    is_met, covered, reached = False, 0, 0
    for n in range(p["start"], p["start"] + p["needs"]):
        is_served, ppm = _cover(lines[n], gives, rest, declared)
        is_met = is_met or is_served
        covered += ppm
        reached += is_served and lines[n]["open_quantity"] > 0
    return is_met, covered, reached


@compiled
def _cover(
    need: Record, gives: Table, rest: Integers, declared: bool
) -> tuple[bool, Number]:
    """Says whether any give serves a need, and how many millionths of it."""
    is_served, needed = False, need["open_quantity"]
    for j in range(len(gives)):
        is_served = is_served or _serves(need, gives[j], declared)
    if not is_served or needed < 0:
        return is_served, 0
    units, total = 0, 0
    for slot in range(NO_SLOT + 1):
        is_unit = need["slots"] >> np.uint64(slot) & ONE != ZERO
        if is_unit or (slot == NO_SLOT and need["slots"] == ZERO):
            left = needed
            for j in range(len(gives)):
                if left > 0 and _serves(need, gives[j], declared):
                    left = _take(left, slot, rest[j])
            units += 1
            total += WHOLE * (needed - left) // needed
    return is_served, total // units


@compiled
def _take(left: Number, slot: Number, rest: Integers) -> Number:
    """Takes from one give what fits a slot, and says what is still asked for."""
    first = 0 if slot == NO_SLOT else slot
    for given in range(first, slot + 1):
        taken = min(left, rest[given])
        rest[given] -= taken
        left -= taken
    return left


@compiled
def _serves(need: Record, give: Record, declared: bool) -> bool:
    if need["kind"] != give["kind"]:
        return False
    if need["item"] != 0 and need["item"] != give["item"]:
        return False
    if (need["is_safeguarded"] or give["is_safeguarded"]) and not declared:
        return False
    hard: np.uint64 = need["hard"] | give["hard"]
    return (
        _is_shared(hard & TOPIC, need["topics"] & give["topics"])
        and _is_shared(hard & AUDIENCE, need["audiences"] & give["audiences"])
        and _is_shared(hard & TIME, need["months"] & give["months"])
        and (hard & AMOUNT == ZERO or _is_enough(need, give))
    )


@compiled
def _is_shared(condition: np.uint64, common: np.uint64) -> bool:
    return bool(condition == ZERO or common != ZERO)


@compiled
def _is_enough(need: Record, give: Record) -> bool:
    asked, given = need["open_quantity"], give["open_quantity"]
    if asked < 0 or given < 0:
        return False
    wants_whole: bool = need["hard"] & AMOUNT != ZERO
    goes_whole: bool = give["hard"] & AMOUNT != ZERO
    return (given >= asked or not wants_whole) and (asked >= given or not goes_whole)


@compiled
def _portion(num: Number, den: Number, weight: Number) -> Number:
    return (2 * num * weight + den) // (2 * den) if weight else 0


@compiled
def _weight_of(topics: np.uint64, weights: Integers) -> Number:
    total, topic = 0, 0
    while topics != ZERO:
        if topics & ONE != ZERO:
            total += weights[topic]
        topics = topics >> ONE
        topic += 1
    return total


@compiled
def _count(mask: np.uint64) -> Number:
    """Counts the bits of a set."""
    mask = mask - (mask >> ONE & np.uint64(0x5555555555555555))
    pairs = np.uint64(0x3333333333333333)
    mask = (mask & pairs) + (mask >> TWO & pairs)
    mask = mask + (mask >> FOUR) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64(mask * np.uint64(0x0101010101010101) >> np.uint64(56))
