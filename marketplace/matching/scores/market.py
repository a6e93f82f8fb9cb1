"""All lists of a market, a block of readers at a time, and what follows of them."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import isqrt
from os import cpu_count
from typing import Any, NamedTuple

import numpy as np

from marketplace.matching.scores.blocks import AXES
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.kernel import PACKED, PLACE
from marketplace.matching.scores.lists import (
    are_eligible,
    filled_lists,
    readers_of,
)
from marketplace.matching.scores.order import (
    KEY_SHIFT,
    Match,
    lot,
    packed_key,
    reciprocal_in,
)
from marketplace.matching.scores.prices import next_prices
from marketplace.matching.scores.ranking import LISTED, rank
from marketplace.matching.scores.records import Integers, Masks
from marketplace.matching.scores.vectors import is_eligible, readers_with_numpy

# So many readers are one piece of work.
PIECE = 2_048


class Entries(NamedTuple):
    """The entries of some lists, one behind the other, as columns."""

    readers: Integers
    ranks: Integers
    others: Integers
    keys: Integers
    mutuals: Integers


def entries_of(index: MatchIndex, profile_ids: Sequence[int]) -> Entries:
    """The lists of some profiles, in their order; a profile not there has none.

    Whoever calls holds the lock of the index, or is alone with it.
    """
    known = [number for number in profile_ids if number in index]
    if not index.is_compiled:
        return _as_entries({number: rank(index, number) for number in known})
    places = np.array([index.place_of(number) for number in known], np.int64)
    readers = index.rows[places]
    found, counts = filled_lists(index, readers, LISTED)
    is_filled = np.arange(found.shape[1]) < counts[:, None]
    of, ranks = np.nonzero(is_filled)
    packed = found[..., PACKED][is_filled]
    return Entries(
        readers["profile_id"][of],
        ranks + 1,
        index.rows["profile_id"][found[..., PLACE][is_filled]],
        packed >> KEY_SHIFT,
        reciprocal_in(packed),
    )


def pieces(index: MatchIndex) -> list[list[int]]:
    """All profiles, those near each other in one piece."""
    numbers = [n for n in index.rows["profile_id"].tolist() if n in index]
    return [numbers[k : k + PIECE] for k in range(0, len(numbers), PIECE)]


def all_entries(index: MatchIndex) -> Iterator[Entries]:
    """The lists of everybody, a piece at a time, on all cores."""
    work = partial(entries_of, index)
    with index.lock:
        if not index.is_compiled:
            yield from map(work, pieces(index))
            return
        entries_of(index, list(index)[:1])  # compiles once, not on all cores
        with ThreadPoolExecutor(cpu_count()) as threads:
            yield from threads.map(work, pieces(index))


def readers_taking(
    index: MatchIndex, profile_id: int, last: tuple[Integers, Masks]
) -> list[int]:
    """Those whose list has room for a profile or takes it in before its last entry.

    `last` are packed key and lot of the last entry of the full list in each place.
    """
    find = readers_of if index.is_compiled else readers_with_numpy
    numbers = index.rows["profile_id"]
    return [int(numbers[place]) for place in find(index, profile_id, last)]


def last_entries(index: MatchIndex, entries: Entries) -> tuple[Integers, Masks]:
    """Packed key and lot of the last entry of each full list, by place of its row.

    A list with room has the key 0, and everybody comes before that.
    """
    size = len(index.rows)
    keys, lots = np.zeros(size, np.int64), np.full(size, 2**64 - 1, np.uint64)
    note_last(index, entries, (keys, lots))
    return keys, lots


def note_last(
    index: MatchIndex, entries: Entries, last: tuple[Integers, Masks]
) -> None:
    """Writes what `last_entries` tells for the full lists among some."""
    keys, lots = last
    at = entries.ranks == LISTED
    columns = (entries.readers, entries.others, entries.keys, entries.mutuals)
    rows = index.rows
    for reader, other, key, mutual in zip(
        *(column[at].tolist() for column in columns), strict=True
    ):
        if reader in index and other in index:
            place = index.place_of(reader)
            way = _way(rows[place], rows[index.place_of(other)])
            keys[place] = packed_key(mutual, key // max(1, mutual), way)
            lots[place] = lot(reader, other)


def updated_prices(index: MatchIndex, shown: Integers) -> Integers:
    """The next price of each row, which stood in so many lists; sides do not mix."""
    rows, prices = index.rows, index.rows["price_pm"].astype(np.int64)
    if index.is_compiled:
        eligible = are_eligible(index, rows).astype(bool)
    else:
        numbers = rows["profile_id"].tolist()
        eligible = np.array([n in index and is_eligible(index, n) for n in numbers])
    for side in range(2):
        own = np.flatnonzero(eligible & (rows["side"] == side))
        prices[own] = next_prices(prices[own], shown[own], rows["free_capacity"][own])
    return prices


def shown_counts(index: MatchIndex, others: Integers) -> Integers:
    """In how many lists each row stands, by the ids that stand there."""
    numbers = index.rows["profile_id"]
    order = np.argsort(numbers, kind="stable")
    at = np.searchsorted(numbers[order], others)
    at = np.minimum(at, len(numbers) - 1)
    at = at[numbers[order][at] == others]
    counts = np.zeros(len(numbers), np.int64)
    np.add.at(counts, order[at], 1)
    return counts


def _as_entries(lists: Mapping[int, Sequence[Match]]) -> Entries:
    found = [
        (reader, place, match.profile_id, match.key, match.reciprocal)
        for reader, matches in lists.items()
        for place, match in enumerate(matches, 1)
    ]
    return Entries(*np.array(found, np.int64).reshape(-1, 5).T)


def _way(a: Any, b: Any) -> int:
    """The way between two rows, as `gates.distance` counts it."""
    return isqrt(sum((int(a[axis]) - int(b[axis])) ** 2 for axis in AXES))
