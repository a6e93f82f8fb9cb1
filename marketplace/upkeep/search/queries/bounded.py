"""Reads of the index that end: the newest that answer, and counts up to a limit.

Several questions are asked in one statement, each of which reads no further than to
its limit. SQLite reads its index from the newest on and stops. PostgreSQL reads all
that answers before it gives any of it, so it is asked for the newest numbers first,
and for more of them as long as too little was there.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    TextClause,
    any_,
    cast,
    func,
    select,
    text,
)

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    AllOf,
    AnyOf,
    Question,
    Word,
    all_of,
    any_word,
    for_postgresql,
    for_sqlite,
)
from marketplace.upkeep.search.models import MARK_OF_SPAN, SPANS, VECTOR, SearchEntry
from marketplace.upkeep.search.rules import (
    MARK_OF_AGE,
    MARK_OF_GRADE,
    MARK_OF_KIND,
    MARK_OF_STANDING,
)

# So many times what is wanted should be in a span, for luck is uneven.
MARGIN = 1.3
# So many numbers are looked through first; of so many pieces at least one is needed.
FIRST, PIECES = 4096, 8
# From one part in so many on everything is read: the rarest word leads.
SHARE = 3
# So begin marks that very much has.
COMMON = (MARK_OF_KIND, MARK_OF_STANDING, MARK_OF_GRADE, MARK_OF_AGE)
NEWEST = text(
    """
SELECT asked.key, (
    SELECT json_group_array(rowid) FROM (
        SELECT rowid FROM search_found WHERE search_found MATCH asked.value
        ORDER BY rowid DESC LIMIT :most
    ) AS found
) FROM json_each(:asked) AS asked
"""
)
COUNTED = text(
    """
SELECT asked.key, (
    SELECT count(*) FROM (
        SELECT 1 FROM search_found WHERE search_found MATCH asked.value LIMIT :most
    ) AS found
) FROM json_each(:asked) AS asked
"""
)
# The sum keeps the planner from walking all numbers instead of the index of words, the
# order from looking through the table for the first that answers. Question and span
# are two conditions: the words then lead, and the span is only asked for what they
# have; as one, each number of the span would be looked at.
_ASKED = """
SELECT asked.key, (
    SELECT {answer} FROM (
        SELECT id FROM search_entries
        WHERE VECTOR @@ CAST(asked.value AS tsquery) {span}
        ORDER BY id + 0 DESC LIMIT :most
    ) AS found
) FROM unnest(CAST(:asked AS text[]), CAST(:spans AS text[]))
    WITH ORDINALITY AS asked (value, span, key)
"""
_SPAN = "AND VECTOR @@ CAST(asked.span AS tsquery)"


def _statements(answer: str) -> tuple[TextClause, TextClause]:
    """What asks PostgreSQL of everything, and what asks it of spans."""
    all_and_spans = (_ASKED.format(answer=answer, span=s) for s in ("", _SPAN))
    whole, spans = (text(words.replace("VECTOR", VECTOR)) for words in all_and_spans)
    return whole, spans


IDS, COUNT = _statements("json_agg(id)"), _statements("count(*)")
# The newest number of each kind, read from an index without walking it.
TOPS = text(
    """
WITH RECURSIVE kinds AS (
    (SELECT kind FROM search_entries ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM search_entries WHERE kind > kinds.kind
            ORDER BY kind LIMIT 1)
    FROM kinds WHERE kinds.kind IS NOT NULL
)
SELECT kind, (SELECT max(id) FROM search_entries WHERE kind = kinds.kind) AS newest
FROM kinds WHERE kind IS NOT NULL
"""
)


def newest_of(question: Question, most: int) -> list[int]:
    """The ids of the newest entries that answer a question, the newest first."""
    if db.engine.dialect.name == "sqlite":
        [found] = _asked(NEWEST, [question], most)
        return list(json.loads(found))
    newest = [max(_tops_of(question, _tops()), default=0)]
    rows: int | None = FIRST
    while True:
        [found] = _asked_inside(IDS, [(question, _span(rows, newest))], most)
        ids = list(found or ())
        if rows is None or len(ids) == most:
            return ids
        rows = _enough(rows, len(ids), most, newest)


def counted(questions: Sequence[Question], most: int) -> list[int]:
    """For each question how many entries answer it; more than `most` are `most`."""
    if db.engine.dialect.name == "sqlite":
        return _asked(COUNTED, questions, most)
    tops = _tops()
    newest = [_tops_of(question, tops) for question in questions]
    counts = [0] * len(questions)
    left: dict[int, int | None] = {k: FIRST for k, some in enumerate(newest) if some}
    while left:
        asked = [(questions[k], _span(rows, newest[k])) for k, rows in left.items()]
        answers = _asked_inside(COUNT, asked, most)
        for (k, rows), count in zip(list(left.items()), answers, strict=True):
            counts[k] = count
            del left[k]
            if rows is not None and count < most:
                left[k] = _enough(rows, count, most, newest[k])
    return counts


def among(ids: Iterable[int]) -> ColumnElement[bool]:
    """That an entry is one of some; however many they are, the statement is one."""
    if db.engine.dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(ids))).table_valued("value")
        return SearchEntry.id.in_(select(told.c.value))
    return SearchEntry.id == any_(cast(list(ids), ARRAY(Integer)))


def _asked(
    statement: TextClause, questions: Sequence[Question], most: int
) -> list[Any]:
    """What one statement of SQLite answers to each of some questions."""
    asked = json.dumps([for_sqlite(question) for question in questions])
    rows = db.session.execute(statement, {"asked": asked, "most": most})
    return [answer for _key, answer in sorted(rows, key=itemgetter(0))]


def _asked_inside(
    statements: tuple[TextClause, TextClause],
    pairs: Sequence[tuple[Question, Question | None]],
    most: int,
) -> list[Any]:
    """What PostgreSQL answers to each of some questions inside a span, or of all."""
    told = [_conditions(*pair) for pair in pairs]
    answers: dict[int, Any] = {}
    for is_double, statement in enumerate(statements):
        keys = [k for k, (_words, more) in enumerate(told) if bool(more) == is_double]
        if keys:
            asked, spans = zip(*(told[k] for k in keys), strict=True)
            entries = {"asked": [*asked], "spans": [*spans], "most": most}
            rows = db.session.execute(statement, entries)
            answers.update({keys[key - 1]: answer for key, answer in rows})
    return [answers[k] for k in range(len(pairs))]


def _conditions(question: Question, span: Question | None) -> tuple[str, str]:
    """What must hold, and what must hold as well inside a span; empty if that is all.

    Common marks go with the span, for words that are rarer should lead.
    """
    if span is None:
        return for_postgresql(question), ""
    words, common = _parted(question)
    return for_postgresql(words), for_postgresql(all_of([span, *common]))


def _tops() -> dict[str, int]:
    """The newest number of each kind."""
    return {row.kind: row.newest for row in db.session.execute(TOPS)}


def _tops_of(question: Question, tops: Mapping[str, int]) -> list[int]:
    """The newest number of each kind that a question asks for."""
    kinds = _kinds_in(question) or set(tops)
    return sorted(tops[kind] for kind in kinds if kind in tops)


def _span(rows: int | None, newest: Sequence[int]) -> Question | None:
    """The pieces with so many numbers up to each of some; None is everything."""
    if rows is None:
        return None
    span = next(span for span in SPANS if rows <= PIECES << span)
    pieces = {
        piece
        for number in newest
        for piece in range(max(0, number - rows) >> span, (number >> span) + 1)
    }
    return any_word(f"{MARK_OF_SPAN}{span}_{piece}" for piece in pieces)


def _enough(rows: int, found: int, wanted: int, newest: Sequence[int]) -> int | None:
    """Of how many numbers so much should answer, by what did of some; None is of all.

    Never fewer than twice as many as before, and rather all than a great part.
    """
    if not found:
        return None
    more = max(2 * rows, int(rows * MARGIN * wanted / found))
    most = min(max(newest) // SHARE, PIECES << SPANS[-1])
    return more if more <= most else None


def _kinds_in(question: Question) -> set[str]:
    """The kinds that a question asks for; none where it asks for all."""
    for part in _parts_of(question):
        words = _words_of(part)
        if words and all(word.startswith(MARK_OF_KIND) for word in words):
            return {word.removeprefix(MARK_OF_KIND) for word in words}
    return set()


def _parted(question: Question) -> tuple[Question, list[Question]]:
    """A question without what it says of kind and standing, and that.

    A question that says nothing else stays whole.
    """
    parts = _parts_of(question)
    common = [part for part in parts if _is_common(part)]
    others = [part for part in parts if not _is_common(part)]
    return (all_of(others), common) if others else (question, [])


def _parts_of(question: Question) -> Sequence[Question]:
    return question.parts if isinstance(question, AllOf) else [question]


def _is_common(part: Question) -> bool:
    words = _words_of(part)
    return bool(words) and all(word.startswith(COMMON) for word in words)


def _words_of(part: Question) -> list[str]:
    """The words of which one is enough; none where a part asks for more."""
    words = part.parts if isinstance(part, AnyOf) else [part]
    texts = [word.text for word in words if isinstance(word, Word)]
    return texts if len(texts) == len(words) else []
