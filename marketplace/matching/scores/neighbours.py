"""The profiles of the other side that lie nearest to one, and what they lack."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.scores.blocks import AXES
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.lists import arrays_of
from marketplace.matching.scores.nearest import NUMBER, find_nearest
from marketplace.matching.scores.records import Integers, Table

Flags = NDArray[np.bool_]


class Lack(NamedTuple):
    """A need of an organisation for which somebody gives nothing."""

    organisation_id: int
    kind: int
    item: int


def nearest_across(index: MatchIndex, profile_id: int, most: int) -> list[int]:
    """The ids of those within both radii that are conditions, the nearest first.

    At most so many; of equally near ones the smaller id comes first. Blocks that are
    farther than the last of them are not read. Nobody, if the profile is not there.
    """
    with index.lock:
        if profile_id not in index:
            return []
        own = index.row_and_lines(profile_id)[0].reshape(1)
        find = nearest_with_numba if index.is_compiled else nearest_with_numpy
        numbers: list[int] = find(index, own, most).tolist()
    return numbers


def nearest_with_numba(index: MatchIndex, own: Table, most: int) -> Integers:
    """The ids of the nearest of the other side, block by block."""
    found = np.zeros((min(most, len(index.rows)), 2), np.int64)
    count = find_nearest(arrays_of(index), own, found)
    numbers: Integers = found[:count, NUMBER]
    return numbers


def nearest_with_numpy(index: MatchIndex, own: Table, most: int) -> Integers:
    """The same, all rows at once."""
    rows = index.rows[index.rows["is_live"] & (index.rows["side"] != own["side"])]
    squares = np.zeros(len(rows), np.int64)
    for axis in AXES:
        squares += (rows[axis].astype(np.int64) - own[axis]) ** 2
    limits = np.minimum(rows["limit"], own["limit"]).astype(np.int64)
    near = squares <= limits * (limits + 2)
    numbers = rows["profile_id"][near].astype(np.int64)
    order = np.lexsort((numbers, squares[near]))
    nearest: Integers = numbers[order[:most]]
    return nearest


def lacks_across(
    index: MatchIndex, profile_id: int, others: Sequence[int]
) -> list[Lack]:
    """The needs of those who fail only because nothing of their kind is given.

    `gate` says NO_KIND or NO_ITEM of them; here it is read from the rows at once.
    Who is gone meanwhile is passed over.
    """
    with index.lock:
        if profile_id not in index:
            return []
        row, own = index.row_and_lines(profile_id)
        places = [index.place_of(number) for number in others if number in index]
        rows = index.rows[np.array(places, np.int64)]
        counts = (rows["needs"] + rows["gives"]).astype(np.int64)
        owners = np.repeat(np.arange(len(rows)), counts)
        numbers = np.arange(counts.sum()) - (np.cumsum(counts) - counts)[owners]
        lines = index.lines[rows["start"][owners] + numbers]
    barred = {int(row["organisation_id"])}
    barred |= index.relations.blocked.of(int(row["organisation_id"]))
    is_need = numbers < rows["needs"][owners]
    meets = np.where(
        is_need,
        _meet(lines[:, None], own[row["needs"] :]).any(axis=1),
        _meet(own[: row["needs"]], lines[:, None]).any(axis=1),
    )
    is_out = np.isin(rows["organisation_id"], list(barred)) | ~rows["is_live"]
    is_out[owners[meets]] = True
    lacking = is_need & ~is_out[owners] & bool(row["is_live"])
    columns = (
        rows["organisation_id"][owners[lacking]],
        lines["kind"][lacking],
        lines["item"][lacking],
    )
    return [Lack(*found) for found in zip(*(c.tolist() for c in columns), strict=True)]


def _meet(needs: Table, gives: Table) -> Flags:
    """Says of each need and give, side by side, whether kind and item fit."""
    fits = (needs["item"] == 0) | (needs["item"] == gives["item"])
    both: Flags = fits & (needs["kind"] == gives["kind"])
    return both
