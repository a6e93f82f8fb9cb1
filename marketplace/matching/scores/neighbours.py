"""The profiles of the other side that lie nearest to one, without looking at lines."""

import numpy as np

from marketplace.matching.scores.index import MatchIndex


def nearest_across(index: MatchIndex, profile_id: int, most: int) -> list[int]:
    """The ids of those within both radii that are conditions, the nearest first.

    At most so many; of equally near ones the smaller id comes first. One pass over
    the rows, whatever their number. Nobody, if the profile is not there.
    """
    with index.lock:
        if profile_id not in index:
            return []
        row, _lines = index.row_and_lines(profile_id)
        rows = index.rows
        others = rows[rows["is_live"] & (rows["side"] != row["side"])]
        squares = np.zeros(len(others), np.int64)
        for axis in ("x", "y", "z"):
            squares += (others[axis].astype(np.int64) - int(row[axis])) ** 2
        limit = np.minimum(others["limit"], row["limit"]).astype(np.int64) + 1
        is_near = squares < limit * limit
        numbers, ways = others["profile_id"][is_near], squares[is_near]
    if len(ways) > most:
        nearest = np.argpartition(ways, most)[: most + 1]
        within = ways <= ways[nearest].max()
        numbers, ways = numbers[within], ways[within]
    order = np.lexsort((numbers, ways))[:most]
    return [int(number) for number in numbers[order]]
