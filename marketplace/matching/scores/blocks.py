"""Rows that lie near each other in blocks, and what holds for a whole block.

A list skips each block that is too far, or could not come in even if everything that
is not known of it fitted.
"""

import numpy as np

from marketplace.matching.scores.records import PART_TABLE, Integers, Masks, Table

BLOCK = 128
AXES = ("x", "y", "z")
NOWHERE = 2**40
FULL = 10_000
# Columns of what is most of a side: its farthest limit, highest price, farthest
# reach, least weight of the distance.
LIMIT, PRICE, REACH, LEAST = range(4)
# So fine is the grid along which rows are sorted.
GRID_BITS = 16
_SPREADS = (
    (16, 0x0000FF0000FF),
    (8, 0x00F00F00F00F),
    (4, 0x0C30C30C30C3),
    (2, 0x249249249249),
)


class Blocks:
    """Bounding boxes, kinds by side and most by side of every block of some rows.

    What is written into a block widens it; it becomes narrow again when all is built.
    """

    def __init__(self, rows: Table, count: int) -> None:
        blocks = -(-len(rows) // BLOCK)
        # x, y, z from, then x, y, z to.
        self.boxes: Integers = np.empty((blocks, 6), np.int64)
        self.boxes[:, :3], self.boxes[:, 3:] = NOWHERE, -NOWHERE
        # Needs and gives of providers, then of companies.
        self.kinds: Masks = np.zeros((blocks, 4), np.uint64)
        self.most: Integers = np.zeros((blocks, 8), np.int64)
        self.most[:, LEAST::4] = FULL
        if count:
            starts = np.arange(0, count, BLOCK)
            self._widen(rows[:count], starts, np.arange(len(starts)))

    def take(self, rows: Table, places: Integers) -> None:
        """Widens the blocks of some places by the rows that stand there now."""
        order = np.argsort(places, kind="stable")
        at = places[order] // BLOCK
        starts = np.flatnonzero(np.diff(at, prepend=-1))
        self._widen(rows[order], starts, at[starts])

    def _widen(self, rows: Table, starts: Integers, blocks: Integers) -> None:
        """Widens blocks by rows in their order; those of each begin at a start."""
        for axis, name in enumerate(AXES):
            low = np.minimum.reduceat(rows[name], starts)
            high = np.maximum.reduceat(rows[name], starts)
            self.boxes[blocks, axis] = np.minimum(self.boxes[blocks, axis], low)
            self.boxes[blocks, 3 + axis] = np.maximum(
                self.boxes[blocks, 3 + axis], high
            )
        weights = PART_TABLE[rows["filled"], 2]
        for side in range(2):
            own = rows["side"] == side
            for column, name in enumerate(("limit", "shown_price", "reach")):
                values = np.where(own, rows[name], 0).astype(np.int64)
                most = self.most[blocks, 4 * side + column]
                most = np.maximum(most, np.maximum.reduceat(values, starts))
                self.most[blocks, 4 * side + column] = most
            values = np.minimum.reduceat(np.where(own, weights, FULL), starts)
            least = self.most[blocks, 4 * side + LEAST]
            self.most[blocks, 4 * side + LEAST] = np.minimum(least, values)
            for column, name in enumerate(("need_kinds", "give_kinds")):
                masks = np.where(own, rows[name], np.uint64(0))
                kinds = np.bitwise_or.reduceat(masks, starts)
                self.kinds[blocks, 2 * side + column] |= kinds


def order_of(rows: Table) -> Integers:
    """Providers first, then companies, each along a Morton curve."""
    code = np.zeros(len(rows), np.uint64)
    for axis, name in enumerate(AXES):
        values = rows[name].astype(np.int64)
        values -= values.min(initial=0) if not len(values) else values.min()
        shift = max(0, int(values.max(initial=0)).bit_length() - GRID_BITS)
        code |= _spread((values >> shift).astype(np.uint64)) << np.uint64(axis)
    order: Integers = np.lexsort((code, rows["side"]))
    return order


def _spread(values: Masks) -> Masks:
    """Puts two zeros between each two bits."""
    for shift, mask in _SPREADS:
        values = (values | values << np.uint64(shift)) & np.uint64(mask)
    return values
