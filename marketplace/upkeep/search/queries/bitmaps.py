"""What bears a mark, as this process holds it: one bit for the number of each entry.

Marks are few and asked for again and again, words are many: the numbers of what holds
the words are read each time, and counted against the bits of each mark. A mark is read
from the index when it is first asked for; what changed since is rewritten.

For SQLite alone: PostgreSQL has to visit each row that answers before it can name its
number, so there the index counts each choice by itself.
"""

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, text

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import Question, Word, for_sqlite
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bounded import among

# Bits of entries from number 0 on, 64 in a word.
Bits = NDArray[np.uint64]
Groups = Sequence[frozenset[str]]
WIDTH = 64
# SQLite lets one write after the other; so far back a change may still turn up where
# somebody has set the clock, in microseconds.
LOOK_BACK = 10_000_000
MOST_REWRITTEN = 5_000
NUMBERS = text(
    """
SELECT json_group_array(rowid) FROM (
    SELECT rowid FROM search_found WHERE search_found MATCH :asked LIMIT :most
)
"""
)
NO_LIMIT = -1


class Bitmaps:
    """The bits of the marks that were asked for, as of the last changes seen."""

    def __init__(self) -> None:
        self._held: dict[str, Bits] = {}
        # When the last change was that is in them, and those shortly before.
        self._last = 0
        self._seen: frozenset[tuple[int, int]] = frozenset()
        self._lock = Lock()

    def counts(
        self, numbers: NDArray[np.int64], choices: Iterable[Groups]
    ) -> list[int]:
        """How many of some entries each choice has, by their numbers.

        A choice is groups of marks: of each group one mark must be there. Asked
        outside of what writes, for what is not committed may never be.
        """
        with self._lock:
            self._look_again()
            asked = [*choices]
            marks = {mark for groups in asked for some in groups for mark in some}
            for mark in marks - self._held.keys():
                self._held[mark] = _bits(numbers_of(Word(mark), NO_LIMIT))
            whole = _bits(numbers)
            return [self._count(whole, groups) for groups in asked]

    def _count(self, whole: Bits, groups: Groups) -> int:
        left = whole.copy()
        for some in groups:
            one_of = np.zeros_like(left)
            for mark in some:
                bits = self._held[mark][: len(left)]
                one_of[: len(bits)] |= bits
            left &= one_of
        return int(np.bitwise_count(left).sum())

    def _look_again(self) -> None:
        """Rewrites the bits of what changed since; of very much, reads them anew."""
        if not self._held:
            self._last = db.session.scalar(select(func.max(SearchEntry.touched))) or 0
        since = SearchEntry.touched > max(self._last - LOOK_BACK, 0)
        rows = db.session.execute(
            select(SearchEntry.touched, SearchEntry.id).where(since)
        )
        seen = frozenset((touched, number) for touched, number in rows)
        new = {number for _touched, number in seen - self._seen}
        if len(new) > MOST_REWRITTEN:
            self._held.clear()
        elif new and self._held:
            changed = select(SearchEntry.id, SearchEntry.tokens).where(among(new))
            for number, tokens in db.session.execute(changed):
                self._rewrite(number, frozenset(tokens.split(" ")))
        self._last = max((touched for touched, _number in seen), default=self._last)
        self._seen = seen

    def _rewrite(self, number: int, words: frozenset[str]) -> None:
        place, bit = number // WIDTH, np.uint64(1 << number % WIDTH)
        for mark, held in self._held.items():
            more = max(place + 1 - len(held), 0)
            bits = np.pad(held, (0, more)) if more else held
            bits[place] = bits[place] | bit if mark in words else bits[place] & ~bit
            self._held[mark] = bits


_of_databases: dict[str, Bitmaps] = {}


def bitmaps() -> Bitmaps:
    """Those of this process and the database that is asked."""
    return _of_databases.setdefault(str(db.engine.url), Bitmaps())


def numbers_of(question: Question, most: int) -> NDArray[np.int64]:
    """The numbers of the entries that answer a question, not in order."""
    entries = {"asked": for_sqlite(question), "most": most}
    found: str = db.session.scalars(NUMBERS, entries).one()
    told = found[1:-1]
    # NumPy reads an empty text as one number.
    return np.fromstring(told, np.int64, sep=",") if told else np.empty(0, np.int64)


def _bits(numbers: NDArray[np.int64]) -> Bits:
    size = int(numbers.max(initial=0)) // WIDTH + 1
    flags = np.zeros(size * WIDTH, dtype=np.bool_)
    flags[numbers] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)
