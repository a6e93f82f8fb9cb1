"""What answers a question as one bit for each entry, so that choices count in no time.

Marks and common words are asked for again and again: their bits are read from the
index when they are first asked for, and this process holds them; what changed since is
rewritten. Rare words are read each time.
"""

import json
from collections.abc import Mapping, Sequence
from functools import reduce
from threading import Lock
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, text, union_all

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    AllOf,
    Question,
    Word,
    for_postgresql,
    for_sqlite,
)
from marketplace.upkeep.search.models import VECTOR, SearchEntry, SearchRemoval
from marketplace.upkeep.search.queries.bounded import among

# By the numbers of the entries, 64 bits in a word; what is not there is 0.
Bits = NDArray[np.uint64]
WIDTH, NOTHING = 64, np.zeros(0, np.uint64)
# Of a word that so many entries have the bits are held; of so many words at most.
COMMON, MOST_HELD = 1_000, 400
# Transactions may end in another order than their changes were noted in: so far back,
# in microseconds, a change may still turn up.
LOOK_BACK = 600_000_000
# Of more that changed, and after so many seconds, everything is read anew.
MOST_REWRITTEN, LONGEST_PAUSE = 1_000, 3_600
GONE = SearchRemoval.touched, SearchRemoval.entry_id
LAST = select(func.max(SearchEntry.touched))
IN_SQLITE = text(
    """
SELECT asked.key, (
    SELECT group_concat(rowid) FROM search_found WHERE search_found MATCH asked.value
) FROM json_each(:asked) AS asked ORDER BY asked.key
"""
)
IN_POSTGRESQL = text(
    """
SELECT asked.key, (
    SELECT string_agg(CAST(id AS text), ',') FROM search_entries
    WHERE VECTOR @@ CAST(asked.value AS tsquery)
) FROM unnest(CAST(:asked AS text[])) WITH ORDINALITY AS asked (value, key)
ORDER BY asked.key
""".replace("VECTOR", VECTOR)
)


class Bitmaps:
    """The bits of marks and common words, as of the last changes seen."""

    def __init__(self) -> None:
        # What was not asked for the longest time comes first.
        self._held: dict[Word, Bits] = {}
        # When the last change was that is in them, and those not long before.
        self._last = 0
        self._seen: frozenset[tuple[int, int]] = frozenset()
        self._looked_at = monotonic()
        self._lock = Lock()

    def of(self, questions: Sequence[Question]) -> list[Bits]:
        """What answers each of some questions.

        Asked outside of what writes, for what is not committed may never be.
        """
        words = {word for question in questions for word in _words_of(question)}
        with self._lock:
            self._look_again()
            bits = {word: self._held.pop(word) for word in words & self._held.keys()}
            bits |= _read([word for word in words if word not in bits])
            self._held |= {word: bits[word] for word in words if _is_kept(word, bits)}
            for word in [*self._held][:-MOST_HELD]:
                del self._held[word]
            return [_answer(question, bits) for question in questions]

    def _look_again(self) -> None:
        """Rewrites the bits of what changed since.

        Of very much, and after a long time, everything is read anew.
        """
        before, self._looked_at = self._looked_at, monotonic()
        if self._looked_at - before > LONGEST_PAUSE:
            self._held.clear()
        if not self._held:
            self._last = db.session.scalar(LAST) or 0
        seen = _changes_since(max(self._last - LOOK_BACK, 0))
        new = {number for _touched, number in seen - self._seen}
        if len(new) > MOST_REWRITTEN:
            self._held.clear()
        elif new and self._held:
            changed = select(SearchEntry.id, SearchEntry.tokens).where(among(new))
            tokens = dict.fromkeys(new, "") | dict(db.session.execute(changed).all())
            for number, told in tokens.items():
                self._rewrite(number, frozenset(told.split(" ")))
        self._last = max((touched for touched, _number in seen), default=self._last)
        self._seen = seen

    def _rewrite(self, number: int, tokens: frozenset[str]) -> None:
        place, bit = number // WIDTH, np.uint64(1 << number % WIDTH)
        for word, held in self._held.items():
            more = max(place + 1 - len(held), 0)
            bits = np.pad(held, (0, more)) if more else held
            bits[place] = (
                bits[place] | bit if word.text in tokens else bits[place] & ~bit
            )
            self._held[word] = bits


_of_databases: dict[str, Bitmaps] = {}


def bits_of(questions: Sequence[Question]) -> list[Bits]:
    """What answers each of some questions, from what this process holds."""
    held = _of_databases.setdefault(str(db.engine.url), Bitmaps())
    return held.of(questions)


def bits_at(numbers: Sequence[int] | NDArray[np.int64]) -> Bits:
    """The bits of some numbers."""
    places = np.asarray(numbers, np.int64)
    size = int(places.max(initial=0)) // WIDTH + 1
    flags = np.zeros(size * WIDTH, dtype=np.bool_)
    flags[places] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def numbers_in(bits: Bits) -> list[int]:
    """The numbers whose bits are there."""
    places: list[int] = np.flatnonzero(
        np.unpackbits(bits.view(np.uint8), bitorder="little")
    ).tolist()
    return places


def both(some: Bits, others: Bits) -> Bits:
    """The bits that stand in each of two."""
    size = min(len(some), len(others))
    return some[:size] & others[:size]


def size_of(bits: Bits) -> int:
    """How many there are."""
    return int(np.bitwise_count(bits).sum())


def _changes_since(moment: int) -> frozenset[tuple[int, int]]:
    """When something changed or went, with the number of its entry."""
    tables = (SearchEntry.touched, SearchEntry.id), GONE
    changes = (select(*both).where(both[0] > moment) for both in tables)
    rows = db.session.execute(union_all(*changes))
    return frozenset((touched, number) for touched, number in rows)


def _either(some: Bits, others: Bits) -> Bits:
    short, long = sorted((some, others), key=len)
    if not len(short):
        return long
    bits = long.copy()
    bits[: len(short)] |= short
    return bits


def _answer(question: Question, bits: Mapping[Word, Bits]) -> Bits:
    if isinstance(question, Word):
        return bits[question]
    parts = (_answer(part, bits) for part in question.parts)
    return reduce(both if isinstance(question, AllOf) else _either, parts)


def _words_of(question: Question) -> set[Word]:
    if isinstance(question, Word):
        return {question}
    return {word for part in question.parts for word in _words_of(part)}


def _is_kept(word: Word, bits: Mapping[Word, Bits]) -> bool:
    return not word.begins and size_of(bits[word]) >= COMMON


def _read(words: Sequence[Word]) -> dict[Word, Bits]:
    """The bits of each of some words, from the index."""
    if not words:
        return {}
    if db.engine.dialect.name == "sqlite":
        asked = json.dumps([for_sqlite(word) for word in words])
        rows = db.session.execute(IN_SQLITE, {"asked": asked}).all()
    else:
        words_asked = [for_postgresql(word) for word in words]
        rows = db.session.execute(IN_POSTGRESQL, {"asked": words_asked}).all()
    return {word: _told(row[1]) for word, row in zip(words, rows, strict=True)}


def _told(numbers: str | None) -> Bits:
    """The bits of numbers with commas between; NumPy reads no text as one number."""
    return bits_at(np.fromstring(numbers, np.int64, sep=",") if numbers else ())
