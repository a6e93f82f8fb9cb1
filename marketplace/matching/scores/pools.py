"""Who could cover a list of needs together: the best of each line."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from marketplace.foundation.compiling import IS_COMPILED
from marketplace.matching.scores.hopes import (
    IN_ALL,
    PER_LINE,
    candidate,
    counted,
    joined_with_numpy,
)
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.joining import (
    COLUMNS,
    PACKED,
    PLACE,
    WAY,
    Found,
    find_best,
    takes_of,
)
from marketplace.matching.scores.lists import arrays_of
from marketplace.matching.scores.order import reciprocal_in
from marketplace.matching.scores.plain import match_of
from marketplace.matching.scores.records import Integers, Table
from marketplace.matching.scores.sets import Candidate, Pool, Want
from marketplace.matching.scores.values import Line, Profile

# Of so many thousands of sets are tried, so that code pays in any market.
MANY = 20


def pool_of(
    index: MatchIndex, profile_id: int, lines: Collection[int] | None = None
) -> Pool:
    """For each need line the 8 who cover most of it, the first 30 of them together.

    Of several that cover as much the first of the list counts; who covers nothing of
    a line does not count for it. `lines` are the numbers of those that are meant.
    """
    with index.lock:
        reader = index.profiles[profile_id]
        asking = _asking(reader, lines)
        needs = [need for need in asking.needs if need.open_quantity is not None]
        wants = tuple(
            Want(need.line_no, need.units, need.open_quantity or 0) for need in needs
        )
        join = joined_with_numba if index.is_compiled else joined_with_numpy
        is_asking = bool(wants) and reader.is_active
        candidates = join(index, profile_id, asking) if is_asking else ()
        pays = IS_COMPILED and len(candidates) >= MANY
        return Pool(wants, candidates, index.is_compiled or pays)


def candidate_of(
    index: MatchIndex,
    profile_id: int,
    other_id: int,
    lines: Collection[int] | None = None,
) -> Candidate:
    """One partner for the same needs, whatever the gates say."""
    reader, other = index.profiles[profile_id], index.profiles[other_id]
    match = match_of(reader, other, index.weights)
    return candidate(match, other, counted(_asking(reader, lines), other))


def joined_with_numba(
    index: MatchIndex, profile_id: int, asking: Profile
) -> tuple[Candidate, ...]:
    """The same as `joined_with_numpy`, in one pass over the near blocks."""
    row, own = index.row_and_lines(profile_id)
    reader = row.reshape(1)
    needs = _counted_needs(own[: row["needs"]], asking.needs)
    barred = np.array(sorted(index.relations.barring(asking)), np.int64)
    found = nothing_found(len(needs))
    arrays = arrays_of(index)
    # Not compiled, as for coverage, Python would warn of overflow that is meant.
    with np.errstate(over="ignore"):
        find_best(arrays, reader, needs, (barred, index.most_lines), found)
    entries = _joined(found)
    units = sum(len(need.units) for need in asking.needs if need.open_quantity)
    takes = np.zeros((len(entries), units), np.int64)
    takes_of(arrays, reader, needs, entries[:, PLACE].copy(), takes)
    return tuple(
        _candidate(index.rows[entry[PLACE]], entry, given)
        for entry, given in zip(entries.tolist(), takes.tolist(), strict=True)
    )


def nothing_found(needs: int) -> Found:
    """Room for the best of so many needs."""
    return (
        np.zeros((needs, PER_LINE, COLUMNS), np.int64),
        np.zeros((needs, PER_LINE), np.uint64),
        np.zeros(needs, np.int64),
    )


def _joined(found: Found) -> Integers:
    """The first of all needs, each once, in the order of the list."""
    entries, lots, counts = found
    is_there = np.arange(PER_LINE) < counts[:, None]
    entries, lots = entries[is_there], lots[is_there]
    _places, first = np.unique(entries[:, PLACE], return_index=True)
    entries, lots = entries[first], lots[first]
    order = np.lexsort((lots, -entries[:, PACKED]))
    joined: Integers = entries[order[:IN_ALL]]
    return joined


def _candidate(row: Table, entry: list[int], given: list[int]) -> Candidate:
    return Candidate(
        profile_id=int(row["profile_id"]),
        organisation_id=int(row["organisation_id"]),
        takes=tuple(given),
        reciprocal=reciprocal_in(entry[PACKED]),
        distance=entry[WAY],
    )


def _counted_needs(own: Table, asked: Collection[Line]) -> Table:
    """The records of the needs with a quantity that are asked."""
    numbers = [need.line_no for need in asked if need.open_quantity]
    return own[np.isin(own["line_no"], numbers)]


def _asking(reader: Profile, lines: Collection[int] | None) -> Profile:
    """The profile with the needs that are meant, so that nothing goes to others."""
    if lines is None:
        return reader
    kept = tuple(line for line in reader.lines if line.line_no in lines)
    return replace(reader, lines=kept)
