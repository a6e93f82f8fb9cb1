"""What answers a question as one bit for each entry, so that choices count in no time.

Marks and words are asked for again and again: their bits are read from the index when
they are first asked for, of rare words their numbers, and this process holds them; what
changed since is rewritten.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from threading import Lock
from time import monotonic, time_ns
from typing import TypeVar

import numpy as np
from sqlalchemy import CompoundSelect, event, func, select, text, union_all
from sqlalchemy.orm import Session

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    AllOf,
    Question,
    Word,
    for_postgresql,
    for_sqlite,
)
from marketplace.upkeep.search.models import VECTOR, SearchEntry, SearchRemoval
from marketplace.upkeep.search.queries.bits import (
    WIDTH,
    Bits,
    Flags,
    Numbers,
    S,
    bits_at,
    both,
    either,
    flags_at,
    flags_in,
)
from marketplace.upkeep.search.queries.bounded import among

H = TypeVar("H", Bits, Numbers)
# When an entry changed or went, and its number.
Change = tuple[int, int]
# A word that so many entries have is common. So many bytes of common words are held,
# and the numbers of so many rare ones; so many words are read at once.
COMMON, MOST_BYTES, MOST_RARE, READ_AT_ONCE = 1_000, 64_000_000, 2_000, 8
# Transactions may end in another order than their changes were noted in, and clocks
# differ: so far back, in microseconds, a change may still turn up.
LOOK_BACK = 120_000_000
# Own changes are seen at once, those of other processes after so many seconds.
PAUSE = 0.05
# Where more changed at once, and after so many seconds in any case, all is read anew.
# While more changed in the time one looks back, nothing is held.
MOST_REWRITTEN, LONGEST, MOST_SEEN = 1_000, 3_600, 20_000
NOTHING: Numbers = np.empty(0, np.int64)
# Where a session notes when its transaction began.
BEGAN = "search_began"
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
        # Of common words the bits, of rare words the numbers in order.
        self._common: dict[Word, Bits] = {}
        self._rare: dict[Word, Numbers] = {}
        # What changed shortly before the last look.
        self._seen: list[Change] = []
        self._seen_at = _microseconds()
        # As of when the changes were looked through, and when this process has last
        # written something.
        self._looked_at = self.committed_at = self._begun_at = float("-inf")
        self._lock = Lock()

    def of(self, questions: Sequence[Question]) -> list[Bits]:
        """What answers each of some questions; what is not held is read.

        Asked outside of what writes, for what is not committed may never be. What
        changes a moment later may show in the bits already.
        """
        common, rare = self._words_in(questions)
        bits = common | {word: bits_at(numbers) for word, numbers in rare.items()}
        return [_answer(question, bits) for question in questions]

    def among(self, questions: Sequence[Question], ids: Numbers) -> list[Flags]:
        """For each of some questions, which of some entries answer it."""
        common, rare = self._words_in(questions)
        flags: dict[Word, Flags] = {
            **{word: flags_at(ids, bits) for word, bits in common.items()},
            **{word: flags_in(ids, numbers) for word, numbers in rare.items()},
        }
        return [_answer(question, flags) for question in questions]

    def _words_in(
        self, questions: Sequence[Question]
    ) -> tuple[dict[Word, Bits], dict[Word, Numbers]]:
        words = {word for question in questions for word in _words_of(question)}
        with self._lock:
            missing, is_newest = self._missing(words), True
            if missing or self._is_due():
                is_newest = self._look_again()
                missing = self._missing(words)
            common, rare = _parted(_read(missing))
            common |= _taken(self._common, words)
            rare |= _taken(self._rare, words)
            # What is older than a change that was seen is good for this answer alone.
            # A beginning stands for words that nobody names: it follows no change.
            kept = words if is_newest else words - set(missing)
            kept = {word for word in kept if not word.begins}
            self._common |= {
                word: some for word, some in common.items() if word in kept
            }
            self._rare |= {word: some for word, some in rare.items() if word in kept}
            if missing:
                self._shorten()
        return common, rare

    def _missing(self, words: AbstractSet[Word]) -> list[Word]:
        held, rare = self._common, self._rare
        return [word for word in words if word not in held and word not in rare]

    def _is_due(self) -> bool:
        """Says whether a look may show what the last one did not."""
        seen_at, looked_at = _seen_from_here(), self._looked_at
        is_old = seen_at - looked_at >= PAUSE or looked_at <= self.committed_at
        return is_old and seen_at > looked_at

    def _look_again(self) -> bool:
        """Rewrites the bits of what changed since the last look; never back.

        Says whether this transaction sees all changes that were ever seen.
        """
        if monotonic() - self._begun_at > LONGEST:
            self._forget()
        seen_at = _seen_from_here()
        at = _microseconds() - round(1_000_000 * (monotonic() - seen_at))
        begin = min(self._seen_at, at) - LOOK_BACK
        seen = [change for change in self._seen if change[0] > begin]
        size, total = _size_of_changes(begin)
        if size > MOST_SEEN:
            self._forget()
            # From here on changes are looked for, not once more from before.
            self._seen, self._seen_at = [], at
            return False
        is_newest = True
        if (size, total) != (len(seen), sum(moment - begin for moment, _n in seen)):
            changes = _changes_since(begin)
            before, now = _last(seen), _last(changes)
            self._follow([n for n, moment in now.items() if moment > before.get(n, 0)])
            is_newest = all(now.get(n, 0) >= moment for n, moment in before.items())
            seen = changes if is_newest else sorted({*seen, *changes})
        self._seen, self._seen_at = seen, at
        self._looked_at = max(self._looked_at, seen_at)
        return is_newest

    def _follow(self, new: Sequence[int]) -> None:
        """Rewrites the bits of some entries; of very many all is read anew."""
        if len(new) > MOST_REWRITTEN:
            self._forget()
            return
        changed = select(SearchEntry.id, SearchEntry.tokens).where(among(new))
        rows = dict.fromkeys(sorted(new), "") | dict(db.session.execute(changed).all())
        tokens = {number: frozenset(told.split(" ")) for number, told in rows.items()}
        self._renumber(tokens)
        for number, words in tokens.items():
            self._rewrite(number, words)

    def _renumber(self, tokens: Mapping[int, AbstractSet[str]]) -> None:
        """Follows in the numbers of rare words; what is common by now is let go."""
        changed = np.array([*tokens], np.int64)
        for word, held in list(self._rare.items()):
            came = [n for n, words in tokens.items() if word.text in words]
            if came or flags_in(changed, held).any():
                stay = held[~flags_in(held, changed)]
                self._rare[word] = np.union1d(stay, np.array(came, np.int64))
                if len(self._rare[word]) >= COMMON:
                    del self._rare[word]

    def _rewrite(self, number: int, tokens: frozenset[str]) -> None:
        place, bit = number // WIDTH, np.uint64(1 << number % WIDTH)
        for word, bits in self._common.items():
            if word.text in tokens:
                more = max(place + 1 - len(bits), 0)
                longer = self._common[word] = np.pad(bits, (0, more)) if more else bits
                longer[place] |= bit
            elif place < len(bits):
                bits[place] &= ~bit

    def _shorten(self) -> None:
        size = sum(bits.nbytes for bits in self._common.values())
        while size > MOST_BYTES:
            size -= self._common.pop(next(iter(self._common))).nbytes
        while len(self._rare) > MOST_RARE:
            del self._rare[next(iter(self._rare))]

    def _forget(self) -> None:
        self._common.clear()
        self._rare.clear()
        self._begun_at = monotonic()


_of_databases: dict[str, Bitmaps] = {}


def bits_of(questions: Sequence[Question]) -> list[Bits]:
    """What answers each of some questions; what this process does not hold is read."""
    return _bitmaps().of(questions) if questions else []


def flags_of(questions: Sequence[Question], ids: Numbers) -> list[Flags]:
    """For each of some questions, which of some entries answer it, in their order."""
    return _bitmaps().among(questions, ids) if questions else []


@event.listens_for(db.session, "after_begin")
def _note_begin(session: Session, _transaction: object, _connection: object) -> None:
    session.info[BEGAN] = monotonic()


@event.listens_for(db.session, "after_commit")
def _note_commit(_session: object) -> None:
    for held in list(_of_databases.values()):
        held.committed_at = monotonic()


def _seen_from_here() -> float:
    """As of when the present transaction sees what others wrote.

    PostgreSQL shows each statement what is there; SQLite what was at the beginning.
    """
    db.session.connection()  # begins, if nothing has
    if db.engine.dialect.name == "sqlite":
        began_at: float = db.session.info[BEGAN]
        return began_at
    return monotonic()


def _bitmaps() -> Bitmaps:
    return _of_databases.setdefault(str(db.engine.url), Bitmaps())


def _answer(question: Question, held: Mapping[Word, S]) -> S:
    if isinstance(question, Word):
        return held[question]
    parts = (_answer(part, held) for part in question.parts)
    return reduce(both if isinstance(question, AllOf) else either, parts)


def _words_of(question: Question) -> set[Word]:
    if isinstance(question, Word):
        return {question}
    return {word for part in question.parts for word in _words_of(part)}


def _parted(
    read: Mapping[Word, Numbers],
) -> tuple[dict[Word, Bits], dict[Word, Numbers]]:
    """The bits of common words, and the numbers of the others."""
    rare = {w: n for w, n in read.items() if len(n) < COMMON}
    return {w: bits_at(n) for w, n in read.items() if w not in rare}, rare


def _taken(held: dict[Word, H], words: Iterable[Word]) -> dict[Word, H]:
    return {word: held.pop(word) for word in words if word in held}


def _size_of_changes(moment: int) -> tuple[int, int]:
    """How many entries changed or went since, and when in sum; some more are many."""
    some = _changed_since(moment).limit(MOST_SEEN + 1).subquery()
    total = func.coalesce(func.sum(some.c.touched - moment), 0)
    size, total = db.session.execute(
        select(func.count(), total).select_from(some)
    ).one()
    return size, int(total)


def _changes_since(moment: int) -> list[Change]:
    return [(row[0], row[1]) for row in db.session.execute(_changed_since(moment))]


def _changed_since(moment: int) -> CompoundSelect[int, int]:
    changed = select(SearchEntry.touched, SearchEntry.id)
    gone = select(SearchRemoval.touched, SearchRemoval.entry_id)
    return union_all(
        changed.where(SearchEntry.touched > moment),
        gone.where(SearchRemoval.touched > moment),
    )


def _last(changes: Iterable[Change]) -> dict[int, int]:
    """When each entry changed last, by its number."""
    return {number: moment for moment, number in sorted(changes)}


def _read(words: Sequence[Word]) -> dict[Word, Numbers]:
    """The numbers of the entries that have each of some words, from the index."""
    found: dict[Word, Numbers] = {}
    for begin in range(0, len(words), READ_AT_ONCE):
        some = words[begin : begin + READ_AT_ONCE]
        if db.engine.dialect.name == "sqlite":
            asked = json.dumps([for_sqlite(word) for word in some])
            rows = db.session.execute(IN_SQLITE, {"asked": asked})
        else:
            named = [for_postgresql(word) for word in some]
            rows = db.session.execute(IN_POSTGRESQL, {"asked": named})
        found |= {word: _numbers(row[1]) for word, row in zip(some, rows, strict=True)}
    return found


def _numbers(told: str | None) -> Numbers:
    """Numbers with commas between, in order; NumPy would read no text as one number."""
    return np.sort(np.fromstring(told, np.int64, sep=",")) if told else NOTHING


def _microseconds() -> int:
    return time_ns() // 1000
