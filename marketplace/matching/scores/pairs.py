"""What numba compiles of one pair: the way between two, the scores, the amounts.

The same integers as `gates`, `coverage` and `directed`. A record is one of a table.
"""

from typing import Any

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.records import Integers, Masks, Table

# Rows, lines, weights of topics by byte, part weights; of all blocks the boxes, the
# kinds, and what is most.
Arrays = tuple[Table, Table, Integers, Integers, Integers, Masks, Integers]
# Numba types them itself: 64 bits with a sign, and one record of a table.
Number = Any
Record = Any

NO_SLOT = 14
WHOLE, FULL = 1_000_000, 10_000
FARTHEST = 1_048_575
ZERO, ONE, TWO, FOUR = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(4)
TOPIC, AUDIENCE, TIME, AMOUNT = ONE, TWO, FOUR, np.uint64(8)
BYTE = np.uint64(255)


@compiled
def score_if_all_fits(arrays: Arrays, a: Record, way: Number) -> Number:
    """What the score of `a` would be if all but the distance fitted wholly."""
    weight, reach = arrays[3][a["filled"], 2], np.int64(a["reach"])
    return FULL - weight + portion(max(0, reach - way), reach, weight)


@compiled
def way_between(a: Record, b: Record) -> Number:
    """The metres between two that might meet; -1 if they are one side, if one of them
    is not live, no kind fits, or it is too far.
    """
    if b["side"] == a["side"] or not (a["is_live"] and b["is_live"]):
        return -1
    meets = a["need_kinds"] & b["give_kinds"]
    if (meets | a["give_kinds"] & b["need_kinds"]) == ZERO:
        return -1
    x = np.int64(a["x"]) - np.int64(b["x"])
    y = np.int64(a["y"]) - np.int64(b["y"])
    z = np.int64(a["z"]) - np.int64(b["z"])
    square = x * x + y * y + z * z
    limit = min(np.int64(a["limit"]), np.int64(b["limit"]))
    # Below the square of the next metre.
    if square > limit * (limit + 2):
        return -1
    return np.int64(np.floor(np.sqrt(square)))


@compiled
def is_barred(barred: Integers, organisation_id: Number) -> bool:
    """Says whether a sorted array holds an organisation."""
    place = np.searchsorted(barred, organisation_id)
    return bool(place < len(barred) and barred[place] == organisation_id)


@compiled
def packed_of(s: Number, t: Number, shown_price: Number, way: Number) -> Number:
    """As `order.packed_key`, from both scores."""
    mutual = (4 * s * t + s + t) // (2 * max(1, s + t))
    key = mutual * np.int64(shown_price)
    return (key << 34) | (mutual << 20) | (FARTHEST - min(way, FARTHEST))


@compiled
def lot_of(a: Record, b: Record) -> np.uint64:
    """As `order.lot`."""
    mixed = np.uint64(a["profile_id"]) << np.uint64(32) | np.uint64(b["profile_id"])
    mixed = mixed + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@compiled
def scores_with_full_amounts(
    arrays: Arrays, a: Record, b: Record, way: Number
) -> tuple[Number, Number]:
    """Both scores of the four parts that need no lines, the amounts taken as full."""
    shared = _weight_of(a["topics"] & b["topics"], arrays[2])
    audiences = _count(a["audiences"] & b["audiences"])
    months = _count(a["months"] & b["months"])
    common = (shared, audiences, months)
    s = _four_parts(a, arrays[3][a["filled"]], way, common)
    t = _four_parts(b, arrays[3][b["filled"]], way, common)
    return s, t


@compiled
def _four_parts(
    own: Record,
    weights: Integers,
    way: Number,
    common: tuple[Number, Number, Number],
) -> Number:
    shared, audiences, months = common
    reach = np.int64(own["reach"])
    enough = min(3, _count(own["months"]))
    points = portion(shared, own["topics_weight"], weights[0])
    points += portion(audiences, _count(own["audiences"]), weights[1])
    points += portion(max(0, reach - way), reach, weights[2])
    points += portion(min(enough, months), enough, weights[3])
    return points + weights[4]


@compiled
def scores_with_amounts(
    arrays: Arrays,
    a: Record,
    b: Record,
    rest: Integers,
    scores: tuple[Number, Number],
) -> tuple[bool, Number, Number]:
    """Whether two lines meet, and both scores with the amounts as they are.

    They come with the amounts taken as full.
    """
    s, t = scores
    lines, table = arrays[1], arrays[3]
    declared = a["is_declared"] if a["side"] == 1 else b["is_declared"]
    met, covered, reached = _allocate(a, b, lines, rest, declared)
    met_back, covered_back, reached_back = _allocate(b, a, lines, rest, declared)
    weight, weight_back = table[a["filled"], 4], table[b["filled"], 4]
    if a["needs"]:
        counted = max(1, int(a["counted_needs"]))
        s += portion(covered, WHOLE * counted, weight)
    else:
        s += portion(covered_back, WHOLE * max(1, int(reached_back)), weight)
    if b["needs"]:
        counted = max(1, int(b["counted_needs"]))
        t += portion(covered_back, WHOLE * counted, weight_back)
    else:
        t += portion(covered, WHOLE * max(1, int(reached)), weight_back)
    return met or met_back, s - weight, t - weight_back


@compiled
def _allocate(
    p: Record, q: Record, lines: Table, rest: Integers, declared: bool
) -> tuple[bool, Number, Number]:
    """Says whether any line of `q` serves one of `p`, the millionths covered in all,
    and how many counted needs of `p` are served.
    """
    start = q["start"] + q["needs"]
    gives = lines[start : start + q["gives"]]
    laid_out(gives, rest)
    is_met, covered, reached = False, 0, 0
    if len(gives) == 0:
        return False, 0, 0
    for n in range(p["start"], p["start"] + p["needs"]):
        is_served, ppm = _cover(lines[n], gives, rest, declared)
        is_met = is_met or is_served
        covered += ppm
        reached += is_served and lines[n]["open_quantity"] > 0
    return is_met, covered, reached


@compiled
def laid_out(gives: Table, rest: Integers) -> None:
    """Fills what is left of each give for each half day, before anybody takes."""
    for j in range(len(gives)):
        slots, quantity = gives[j]["slots"], max(0, gives[j]["open_quantity"])
        for slot in range(NO_SLOT):
            rest[j, slot] = quantity * (slots >> np.uint64(slot) & ONE != ZERO)
        rest[j, NO_SLOT] = quantity * (slots == ZERO)


@compiled
def _cover(
    need: Record, gives: Table, rest: Integers, declared: bool
) -> tuple[bool, Number]:
    """Says whether any give serves a need, and how many millionths of it."""
    is_served, needed = False, need["open_quantity"]
    for j in range(len(gives)):
        is_served = is_served or serves(need, gives[j], declared)
    if not is_served or needed < 0:
        return is_served, 0
    units, total = 0, 0
    for slot in range(NO_SLOT + 1):
        is_unit = need["slots"] >> np.uint64(slot) & ONE != ZERO
        if is_unit or (slot == NO_SLOT and need["slots"] == ZERO):
            left = needed
            for j in range(len(gives)):
                if left > 0 and serves(need, gives[j], declared):
                    left = left_after(left, slot, rest[j])
            units += 1
            total += WHOLE * (needed - left) // needed
    return is_served, total // units


@compiled
def left_after(left: Number, slot: Number, rest: Integers) -> Number:
    """Takes from one give what fits a slot, and says what is still asked for."""
    first = 0 if slot == NO_SLOT else slot
    for given in range(first, slot + 1):
        taken = min(left, rest[given])
        rest[given] -= taken
        left -= taken
    return left


@compiled
def serves(need: Record, give: Record, declared: bool) -> bool:
    """Says whether a give may be counted for a need, as `gates.serves`."""
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
def portion(num: Number, den: Number, weight: Number) -> Number:
    """The points of a part: num / den of its weight, rounded half up."""
    return (2 * num * weight + den) // (2 * den) if weight else 0


@compiled
def _weight_of(topics: np.uint64, weights: Integers) -> Number:
    """Adds up eight table entries, one a byte of the set."""
    total = 0
    for byte in range(8):
        total += weights[byte, np.int64(topics >> np.uint64(8 * byte) & BYTE)]
    return total


@compiled
def _count(mask: np.uint64) -> Number:
    """Counts the bits of a set."""
    mask = mask - (mask >> ONE & np.uint64(0x5555555555555555))
    pairs = np.uint64(0x3333333333333333)
    mask = (mask & pairs) + (mask >> TWO & pairs)
    mask = mask + (mask >> FOUR) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64(mask * np.uint64(0x0101010101010101) >> np.uint64(56))
