"""What numba compiles of neighbours: the nearest of the other side, block by block."""

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.blocks import BLOCK
from marketplace.matching.scores.pairs import Arrays, Number, Record
from marketplace.matching.scores.records import Integers, Table

NUMBER, SQUARE = range(2)


@compiled
def find_nearest(arrays: Arrays, own: Table, found: Integers) -> Number:
    """Fills ids and squares of the ways of the nearest within both radii that are
    conditions, nearest first, the smaller id before; says how many there are.
    """
    rows, a = arrays[0], own[0]
    count = 0
    squares = _squares_of_blocks(arrays[4], a)
    for block in np.argsort(squares):
        if count == len(found) and squares[block] > found[count - 1, SQUARE]:
            break
        for place in range(block * BLOCK, min((block + 1) * BLOCK, len(rows))):
            b = rows[place]
            if not b["is_live"] or b["side"] == a["side"]:
                continue
            x = np.int64(a["x"]) - np.int64(b["x"])
            y = np.int64(a["y"]) - np.int64(b["y"])
            z = np.int64(a["z"]) - np.int64(b["z"])
            square = x * x + y * y + z * z
            limit = min(np.int64(a["limit"]), np.int64(b["limit"]))
            # Below the square of the next metre.
            if square <= limit * (limit + 2):
                count = _insert(found, count, b["profile_id"], square)
    return count


@compiled
def _squares_of_blocks(boxes: Integers, a: Record) -> Integers:
    """The square of the way to each block, at least."""
    own = np.int64(a["x"]), np.int64(a["y"]), np.int64(a["z"])
    squares = np.zeros(len(boxes), np.int64)
    for block in range(len(boxes)):
        for axis in range(3):
            before = boxes[block, axis] - own[axis]
            behind = own[axis] - boxes[block, 3 + axis]
            squares[block] += max(0, before, behind) ** 2
    return squares


@compiled
def _insert(found: Integers, count: Number, number: Number, square: Number) -> Number:
    """Puts a neighbour in its place, if it has one there."""
    place = count
    while place > 0 and (
        square < found[place - 1, SQUARE]
        or (square == found[place - 1, SQUARE] and number < found[place - 1, NUMBER])
    ):
        place -= 1
    if place == len(found):
        return count
    for k in range(min(count, len(found) - 1), place, -1):
        found[k, NUMBER] = found[k - 1, NUMBER]
        found[k, SQUARE] = found[k - 1, SQUARE]
    found[place, NUMBER], found[place, SQUARE] = number, square
    return min(count + 1, len(found))
