"""What numba compiles: the lists of profiles, in one pass over near blocks of rows.

The same integers as `plain`. It compiles at the first call, which must come after the
server forked. While it runs, other threads of Python may.
"""

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.blocks import BLOCK, LEAST, LIMIT, PRICE, REACH
from marketplace.matching.scores.pairs import (
    FULL,
    NO_SLOT,
    ZERO,
    Arrays,
    Number,
    Record,
    is_barred,
    lot_of,
    packed_of,
    portion,
    score_if_all_fits,
    scores_with_amounts,
    scores_with_full_amounts,
    way_between,
)
from marketplace.matching.scores.records import Integers, Masks, Table

# Columns of what is found: the place of the row, the packed key, both scores, metres.
COLUMNS = 5
PLACE, PACKED, FORWARD, BACKWARD, WAY = range(COLUMNS)


@compiled
def fill_lists(
    arrays: Arrays,
    readers: Table,
    barred: tuple[Integers, Integers],
    most_lines: Number,
    lists: tuple[Integers, Integers],
) -> None:
    """Fills the lists (entries, counts) of some readers, each in order.

    `barred` are the organisations that cannot stand in the list of each reader,
    sorted, one after the other, and where those of each begin.
    """
    found, counts = lists
    numbers, starts = barred
    rest = np.zeros((most_lines, NO_SLOT + 1), np.int64)
    lots = np.zeros(found.shape[1], np.uint64)
    for n in range(len(readers)):
        own = numbers[starts[n] : starts[n + 1]]
        if readers[n]["is_live"]:
            counts[n] = _top(arrays, readers[n], own, rest, (found[n], lots))


@compiled
def find_readers(
    arrays: Arrays,
    shown: Table,
    barred: Integers,
    most_lines: Number,
    last: tuple[Integers, Masks],
) -> Integers:
    """The places of those whose list takes in who is shown.

    `last` are packed key and lot of the last entry of the full list of each place,
    the key 0 where a list has room.
    """
    keys, lots = last
    places = np.zeros(len(arrays[0]), np.int64)
    rest = np.zeros((most_lines, NO_SLOT + 1), np.int64)
    count = 0
    b = shown[0]
    if b["is_live"] and b["free_capacity"] > 0:
        _, order = near_blocks(arrays, b)
        for block in order:
            for place in range(block * BLOCK, min((block + 1) * BLOCK, len(places))):
                a = arrays[0][place]
                way = way_between(a, b)
                if way < 0 or is_barred(barred, a["organisation_id"]):
                    continue
                price = b["shown_price"]
                s, t = scores_with_full_amounts(arrays, a, b, way)
                if packed_of(s, t, price, way) < keys[place]:
                    continue
                met, s, t = scores_with_amounts(arrays, a, b, rest, (s, t))
                packed = packed_of(s, t, price, way)
                if met and (
                    packed > keys[place]
                    or (packed == keys[place] and lot_of(a, b) < lots[place])
                ):
                    places[count] = place
                    count += 1
    return places[:count]


@compiled
def find_eligible(
    arrays: Arrays,
    shown: Table,
    barred: tuple[Integers, Integers],
    most_lines: Number,
    answers: Integers,
) -> None:
    """Says of some profiles whether each could stand in the list of anybody."""
    numbers, starts = barred
    rest = np.zeros((most_lines, NO_SLOT + 1), np.int64)
    for n in range(len(shown)):
        own, b = numbers[starts[n] : starts[n + 1]], shown[n]
        if b["is_live"] and b["free_capacity"] > 0:
            answers[n] = _is_possible(arrays, b, own, rest)


@compiled
def _is_possible(arrays: Arrays, b: Record, barred: Integers, rest: Integers) -> bool:
    rows = arrays[0]
    _, order = near_blocks(arrays, b)
    for block in order:
        for place in range(block * BLOCK, min((block + 1) * BLOCK, len(rows))):
            a = rows[place]
            if way_between(a, b) < 0 or is_barred(barred, a["organisation_id"]):
                continue
            if scores_with_amounts(arrays, a, b, rest, (0, 0))[0]:
                return True
    return False


@compiled
def _top(
    arrays: Arrays,
    a: Record,
    barred: Integers,
    rest: Integers,
    places: tuple[Integers, Masks],
) -> Number:
    """Fills the places (entries, lots) of a list in order; says how many there are."""
    rows = arrays[0]
    found, lots = places
    bounds, order = near_blocks(arrays, a)
    count, worst = 0, 0
    for n in np.argsort(-bounds):
        if bounds[n] < worst:
            break
        for place in range(order[n] * BLOCK, min((order[n] + 1) * BLOCK, len(rows))):
            b = rows[place]
            way = way_between(a, b) if b["free_capacity"] > 0 else -1
            if way < 0:
                continue
            price = np.int64(b["shown_price"])
            s = score_if_all_fits(arrays, a, way)
            t = score_if_all_fits(arrays, b, way)
            if packed_of(s, t, price, way) < worst:
                continue
            s, t = scores_with_full_amounts(arrays, a, b, way)
            if packed_of(s, t, price, way) < worst:
                continue
            if is_barred(barred, b["organisation_id"]):
                continue
            met, s, t = scores_with_amounts(arrays, a, b, rest, (s, t))
            if met:
                packed = packed_of(s, t, price, way)
                entry = (place, packed, s, t, way)
                count = _insert(found, lots, count, entry, lot_of(a, b))
                worst = found[count - 1, PACKED] if count == len(found) else 0
    return count


@compiled
def near_blocks(arrays: Arrays, a: Record) -> tuple[Integers, Integers]:
    """The blocks that are not too far and in which a kind fits, each with the packed
    key that nobody in it can exceed.
    """
    sides, kinds, most = arrays[4:]
    other = 1 - np.int64(a["side"])
    bounds = np.empty(len(sides), np.int64)
    order = np.empty(len(sides), np.int64)
    own = np.int64(a["x"]), np.int64(a["y"]), np.int64(a["z"])
    count = 0
    for block in range(len(sides)):
        meets = a["need_kinds"] & kinds[block, 2 * other + 1]
        if (meets | a["give_kinds"] & kinds[block, 2 * other]) == ZERO:
            continue
        square = 0
        for axis in range(3):
            before = sides[block, axis] - own[axis]
            behind = own[axis] - sides[block, 3 + axis]
            square += max(0, before, behind) ** 2
        best = most[block, 4 * other : 4 * other + 4]
        limit = min(np.int64(a["limit"]), best[LIMIT])
        if square > limit * (limit + 2):
            continue
        way = np.int64(np.floor(np.sqrt(square)))
        reach = max(1, best[REACH])
        t = FULL - best[LEAST] + portion(max(0, reach - way), reach, best[LEAST])
        bounds[count] = packed_of(
            score_if_all_fits(arrays, a, way), t, best[PRICE], way
        )
        order[count] = block
        count += 1
    return bounds[:count], order[:count]


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
    for column in range(COLUMNS):
        found[place, column] = entry[column]
    lots[place] = lot
    return min(count + 1, len(found))
