"""What answers a question as one bit for each entry, so that choices count in no time.

Marks and common words are asked for again and again: their bits are read from the
index when they are first asked for, and this process holds them; what changed since is
rewritten. Rare words are read anew whenever something has changed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import islice
from threading import Lock
from time import monotonic
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import event, func, select, text, union_all

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
Numbers = NDArray[np.int64]
H = TypeVar("H", Bits, Numbers)
WIDTH = 64
# A word that so many entries have is common; of each sort so many are held at most.
COMMON, MOST_COMMON, MOST_RARE = 1_000, 400, 2_000
# Transactions may end in another order than their changes were noted in: so far back,
# in microseconds, a change may still turn up.
LOOK_BACK = 600_000_000
# Own changes are seen at once, those of other processes after so many seconds.
PAUSE = 0.05
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
    """Where marks and words stand, as of the last changes seen.

    What was not asked for the longest time comes first, and goes first.
    """

    def __init__(self) -> None:
        # Of common words the bits, which follow each change; of rare words the numbers,
        # until something changes.
        self._common: dict[Word, Bits] = {}
        self._rare: dict[Word, Numbers] = {}
        # When the last change was that is in them, and those not long before.
        self._last = 0
        self._seen: frozenset[tuple[int, int]] = frozenset()
        self.looked_at = float("-inf")
        self._lock = Lock()

    def of(self, questions: Sequence[Question], *, is_read: bool) -> list[Bits] | None:
        """What answers each of some questions.

        What is not held is read; else nothing is told as soon as one word is not.
        Asked outside of what writes, for what is not committed may never be.
        """
        words = {word for question in questions for word in _words_of(question)}
        with self._lock:
            if monotonic() - self.looked_at >= PAUSE:
                self._look_again()
            missing = words - self._common.keys() - self._rare.keys()
            if missing and not is_read:
                return None
            common, rare = _parted(_read(list(missing)))
            self._rare |= rare | _taken(self._rare, words)
            self._common |= common | _taken(self._common, words)
            bits = {word: self._common[word] for word in words & self._common.keys()}
            bits |= {word: bits_at(self._rare[word]) for word in words - bits.keys()}
            _shorten(self._common, MOST_COMMON)
            _shorten(self._rare, MOST_RARE)
        return [_answer(question, bits) for question in questions]

    def _look_again(self) -> None:
        """Rewrites the bits of what changed since.

        Of very much, and after a long time, everything is read anew.
        """
        now = monotonic()
        if now - self.looked_at > LONGEST_PAUSE:
            self._common.clear()
            self._rare.clear()
        self.looked_at = now
        if not (self._common or self._rare):
            self._last = db.session.scalar(LAST) or 0
        seen = _changes_since(max(self._last - LOOK_BACK, 0))
        new = {number for _touched, number in seen - self._seen}
        if new:
            self._rare.clear()
        if len(new) > MOST_REWRITTEN:
            self._common.clear()
        elif new and self._common:
            changed = select(SearchEntry.id, SearchEntry.tokens).where(among(new))
            tokens = dict.fromkeys(new, "") | dict(db.session.execute(changed).all())
            for number, told in tokens.items():
                self._rewrite(number, frozenset(told.split(" ")))
        self._last = max((touched for touched, _number in seen), default=self._last)
        self._seen = seen

    def _rewrite(self, number: int, tokens: frozenset[str]) -> None:
        place, bit = number // WIDTH, np.uint64(1 << number % WIDTH)
        for word, held in self._common.items():
            more = max(place + 1 - len(held), 0)
            bits = np.pad(held, (0, more)) if more else held
            bits[place] = (
                bits[place] | bit if word.text in tokens else bits[place] & ~bit
            )
            self._common[word] = bits


_of_databases: dict[str, Bitmaps] = {}


def bits_of(questions: Sequence[Question]) -> list[Bits]:
    """What answers each of some questions; what this process does not hold is read."""
    return _bitmaps().of(questions, is_read=True) or []


def held_bits_of(question: Question) -> Bits | None:
    """What answers a question; None where this process does not hold all of it."""
    held = _bitmaps().of([question], is_read=False)
    return held[0] if held else None


@event.listens_for(db.session, "after_commit")
def _look_again(_session: object) -> None:
    for held in list(_of_databases.values()):
        held.looked_at = min(held.looked_at, monotonic() - PAUSE)


def _bitmaps() -> Bitmaps:
    return _of_databases.setdefault(str(db.engine.url), Bitmaps())


def bits_at(numbers: Sequence[int] | Numbers) -> Bits:
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


def last_in(bits: Bits, most: int) -> list[int]:
    """The greatest numbers whose bits are there, the greatest first."""
    so_far = np.bitwise_count(bits[::-1]).cumsum()
    size = int(np.searchsorted(so_far, most)) + 1
    begin = max(len(bits) - size, 0)
    numbers = numbers_in(bits[begin:])[: -most - 1 : -1]
    return [begin * WIDTH + number for number in numbers]


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


def _parted(
    read: Mapping[Word, Numbers],
) -> tuple[dict[Word, Bits], dict[Word, Numbers]]:
    """The bits of common words, and the numbers of the others.

    A beginning stands for words that nobody names, so it follows no change.
    """
    rare = {w: n for w, n in read.items() if w.begins or len(n) < COMMON}
    return {w: bits_at(n) for w, n in read.items() if w not in rare}, rare


def _taken(held: dict[Word, H], words: Iterable[Word]) -> dict[Word, H]:
    return {word: held.pop(word) for word in words if word in held}


def _shorten(held: dict[Word, H], most: int) -> None:
    for word in list(islice(held, max(len(held) - most, 0))):
        del held[word]


def _read(words: Sequence[Word]) -> dict[Word, Numbers]:
    """The numbers of the entries that have each of some words, from the index."""
    if not words:
        return {}
    if db.engine.dialect.name == "sqlite":
        asked = json.dumps([for_sqlite(word) for word in words])
        rows = db.session.execute(IN_SQLITE, {"asked": asked}).all()
    else:
        named = [for_postgresql(word) for word in words]
        rows = db.session.execute(IN_POSTGRESQL, {"asked": named}).all()
    return {word: _numbers(row[1]) for word, row in zip(words, rows, strict=True)}


def _numbers(told: str | None) -> Numbers:
    """Numbers with commas between; NumPy would read no text as one number."""
    return np.fromstring(told, np.int64, sep=",") if told else np.empty(0, np.int64)
