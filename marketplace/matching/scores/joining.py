"""What numba compiles of pools: who covers most of each need, in one pass over blocks.

The same integers as `coverage` and `order`. Of several that cover as much of a need the
first of the list comes first; so once enough cover the whole of it, only who stands
before the last of them is looked at.
"""

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.blocks import BLOCK
from marketplace.matching.scores.kernel import near_blocks
from marketplace.matching.scores.pairs import (
    NO_SLOT,
    ONE,
    WHOLE,
    ZERO,
    Arrays,
    Number,
    Record,
    is_barred,
    laid_out,
    left_after,
    lot_of,
    packed_of,
    score_if_all_fits,
    scores_with_amounts,
    scores_with_full_amounts,
    serves,
    way_between,
)
from marketplace.matching.scores.records import Integers, Masks, Table

# Columns of what is found: the place of the row, the millionths covered, the packed
# key, metres.
COLUMNS = 4
PLACE, PPM, PACKED, WAY = range(COLUMNS)
# Room to try one: left of each give, taken of each unit, millionths of each need.
Room = tuple[Integers, Integers, Integers]
# Of each need the entries, their lots, and how many there are.
Found = tuple[Integers, Masks, Integers]
# What is needed, the room, and what was found so far.
Search = tuple[Table, Room, Found]


@compiled
def find_best(
    arrays: Arrays,
    reader: Table,
    needs: Table,
    limits: tuple[Integers, Number],
    found: Found,
) -> None:
    """Finds for each need, all of them with a quantity, who covers most of it.

    `limits` are the organisations that cannot join, sorted, and how many lines a row
    has at most.
    """
    a, (barred, most_lines) = reader[0], limits
    rows = arrays[0]
    rest = np.zeros((most_lines, NO_SLOT + 1), np.int64)
    room = rest, np.zeros(len(needs) * NO_SLOT, np.int64), np.zeros_like(found[2])
    search = needs, room, found
    bounds, order = near_blocks(arrays, a)
    for n in np.argsort(-bounds):
        wanted = _wanted(needs, found, bounds[n])
        if wanted == ZERO:
            continue
        for place in range(order[n] * BLOCK, min((order[n] + 1) * BLOCK, len(rows))):
            b = rows[place]
            if b["give_kinds"] & wanted == ZERO or b["free_capacity"] <= 0:
                continue
            way = way_between(a, b)
            if way < 0:
                continue
            wanted_here = _wanted(needs, found, _at_most(arrays, a, b, way))
            if b["give_kinds"] & wanted_here == ZERO:
                continue
            if not is_barred(barred, b["organisation_id"]):
                _look_at(arrays, (a, b), (place, way), search)


@compiled
def cover(
    arrays: Arrays,
    needs: Table,
    b: Record,
    declared: bool,
    room: Room,
) -> None:
    """Gives some needs what `b` has, in order, nothing twice; fills the room."""
    rest, taken, ppm = room
    start = b["start"] + b["needs"]
    gives = arrays[1][start : start + b["gives"]]
    laid_out(gives, rest)
    unit = 0
    for n in range(len(needs)):
        need, needed = needs[n], needs[n]["open_quantity"]
        first, total = unit, 0
        for slot in range(NO_SLOT + 1):
            is_unit = need["slots"] >> np.uint64(slot) & ONE != ZERO
            if is_unit or (slot == NO_SLOT and need["slots"] == ZERO):
                left = needed
                for j in range(len(gives)):
                    if left > 0 and serves(need, gives[j], declared):
                        left = left_after(left, slot, rest[j])
                taken[unit] = needed - left
                total += WHOLE * (needed - left) // needed
                unit += 1
        ppm[n] = total // (unit - first)


@compiled
def takes_of(
    arrays: Arrays, reader: Table, needs: Table, places: Integers, takes: Integers
) -> None:
    """Fills what each of some partners would give to each unit of the needs."""
    a, most = reader[0], 0
    for place in places:
        most = max(most, arrays[0][place]["gives"])
    rest = np.zeros((most, NO_SLOT + 1), np.int64)
    ppm = np.zeros(len(needs), np.int64)
    for n in range(len(places)):
        b = arrays[0][places[n]]
        declared = a["is_declared"] if a["side"] == 1 else b["is_declared"]
        cover(arrays, needs, b, declared, (rest, takes[n], ppm))


@compiled
def _wanted(needs: Table, found: Found, bound: Number) -> np.uint64:
    """The kinds of the needs to which somebody with this packed key could come."""
    entries, _lots, counts = found
    kinds = ZERO
    for n in range(len(needs)):
        last = entries[n, counts[n] - 1]
        is_full = counts[n] == entries.shape[1] and last[PPM] == WHOLE
        if not is_full or bound >= last[PACKED]:
            kinds |= ONE << np.uint64(needs[n]["kind"])
    return kinds


@compiled
def _at_most(arrays: Arrays, a: Record, b: Record, way: Number) -> Number:
    """The packed key that a pair has at most."""
    s = score_if_all_fits(arrays, a, way)
    t = score_if_all_fits(arrays, b, way)
    return packed_of(s, t, np.int64(b["shown_price"]), way)


@compiled
def _look_at(
    arrays: Arrays,
    pair: tuple[Record, Record],
    where: tuple[Number, Number],
    search: Search,
) -> None:
    """Takes a partner in wherever it covers more than the last, or as much and stands
    before it.
    """
    a, b = pair
    place, way = where
    needs, room, found = search
    declared = a["is_declared"] if a["side"] == 1 else b["is_declared"]
    cover(arrays, needs, b, declared, room)
    entries, _lots, counts = found
    is_better = False
    for n in range(len(needs)):
        last = entries[n, counts[n] - 1]
        is_full = counts[n] == entries.shape[1]
        is_better = is_better or (
            room[2][n] > 0 and (not is_full or room[2][n] >= last[PPM])
        )
    if not is_better:
        return
    price, ppm = np.int64(b["shown_price"]), room[2].copy()
    s, t = scores_with_full_amounts(arrays, a, b, way)
    _met, s, t = scores_with_amounts(arrays, a, b, room[0], (s, t))
    packed, lot = packed_of(s, t, price, way), lot_of(a, b)
    for n in range(len(needs)):
        if ppm[n]:
            _insert(found, n, (place, ppm[n], packed, way), lot)


@compiled
def _insert(found: Found, n: Number, entry: tuple[Number, ...], lot: Number) -> None:
    """Puts an entry in its place among those of a need, if it has one there."""
    entries, lots, counts = found[0][n], found[1][n], found[2]
    place = count = int(counts[n])
    while place > 0 and _is_before(entry, lot, entries[place - 1], lots[place - 1]):
        place -= 1
    if place == len(entries):
        return
    for k in range(min(count, len(entries) - 1), place, -1):
        entries[k] = entries[k - 1]
        lots[k] = lots[k - 1]
    for column in range(COLUMNS):
        entries[place, column] = entry[column]
    lots[place] = lot
    counts[n] = min(count + 1, len(entries))


@compiled
def _is_before(
    entry: tuple[Number, ...], lot: Number, other: Integers, other_lot: Number
) -> bool:
    if entry[PPM] != other[PPM]:
        return bool(entry[PPM] > other[PPM])
    if entry[PACKED] != other[PACKED]:
        return bool(entry[PACKED] > other[PACKED])
    return bool(lot < other_lot)
