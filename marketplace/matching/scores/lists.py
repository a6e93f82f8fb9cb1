"""The lists of profiles by what numba compiled."""

from typing import NamedTuple

import numpy as np

from marketplace.matching.scores.blocks import BLOCK
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.kernel import (
    COLUMNS,
    fill_lists,
    find_eligible,
    find_readers,
)
from marketplace.matching.scores.order import Match, reciprocal_in
from marketplace.matching.scores.pairs import Arrays
from marketplace.matching.scores.records import PART_TABLE, Integers, Masks, Table
from marketplace.matching.scores.values import Profile


class Barred(NamedTuple):
    """The organisations that some readers cannot meet, and where each one's begin."""

    numbers: Integers
    starts: Integers


def ranked_with_numba(index: MatchIndex, a: Profile, k: int) -> list[Match]:
    """The first `k` partners of a profile of the index."""
    row, _lines = index.row_and_lines(a.profile_id)
    found, counts = filled_lists(index, row.reshape(1), k)
    rows = index.rows
    return [_match(rows, entry) for entry in found[0, : counts[0]].tolist()]


def filled_lists(
    index: MatchIndex, readers: Table, k: int
) -> tuple[Integers, Integers]:
    """The lists of some rows as entries (place, packed key, scores, metres), and how
    many each has.
    """
    k = min(k, len(index.rows))
    found = np.zeros((len(readers), k, COLUMNS), np.int64)
    counts = np.zeros(len(readers), np.int64)
    barred = _barred(index, readers)
    # Not compiled, as for coverage, Python would warn of overflow that is meant.
    with np.errstate(over="ignore"):
        fill_lists(arrays_of(index), readers, barred, index.most_lines, (found, counts))
    return found, counts


def readers_of(
    index: MatchIndex, profile_id: int, last: tuple[Integers, Masks]
) -> list[int]:
    """The places of those who have room in their lists for a profile, or take it in
    before their last entry; `last` has packed key and lot of that for each place.
    """
    row, _lines = index.row_and_lines(profile_id)
    barred = _barred(index, row.reshape(1)).numbers
    with np.errstate(over="ignore"):
        places: list[int] = find_readers(
            arrays_of(index), row.reshape(1), barred, index.most_lines, last
        ).tolist()
    return places


def are_eligible(index: MatchIndex, shown: Table) -> Integers:
    """1 for each row that could stand in the list of somebody, else 0."""
    answers = np.zeros(len(shown), np.int64)
    find_eligible(
        arrays_of(index), shown, _barred(index, shown), index.most_lines, answers
    )
    return answers


def arrays_of(index: MatchIndex) -> Arrays:
    """What compiled code reads of an index; whoever calls holds its lock."""
    blocks, used = index.blocks, -(-len(index.rows) // BLOCK)
    return (
        index.rows,
        index.lines,
        index.weights_by_byte,
        PART_TABLE,
        blocks.boxes[:used],
        blocks.kinds[:used],
        blocks.most[:used],
    )


def _barred(index: MatchIndex, readers: Table) -> Barred:
    numbers: list[int] = []
    starts = [0]
    for organisation_id in readers["organisation_id"].tolist():
        numbers += sorted(index.relations.barred_from(organisation_id))
        starts.append(len(numbers))
    return Barred(np.array(numbers, np.int64), np.array(starts, np.int64))


def _match(rows: Table, entry: list[int]) -> Match:
    place, packed, forward, backward, way = entry
    return Match(
        profile_id=int(rows["profile_id"][place]),
        forward=forward,
        backward=backward,
        reciprocal=reciprocal_in(packed),
        shown_price=int(rows["shown_price"][place]),
        distance=way,
    )
