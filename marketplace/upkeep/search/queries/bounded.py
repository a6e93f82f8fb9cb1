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
from marketplace.upkeep.search.rules import MARK_OF_KIND

# So many times what is wanted should be in a span, for luck is uneven.
MARGIN = 2
WRITTEN = {"sqlite": for_sqlite, "postgresql": for_postgresql}
NEWEST = {
    "sqlite": text(
        """
SELECT asked.key, (
    SELECT json_group_array(rowid) FROM (
        SELECT rowid FROM search_found WHERE search_found MATCH asked.value
        ORDER BY rowid DESC LIMIT :most
    ) AS found
) FROM json_each(:asked) AS asked
"""
    ),
    # The sum keeps the planner from walking all numbers instead of the index of words.
    "postgresql": text(
        """
SELECT asked.key, (
    SELECT json_agg(id) FROM (
        SELECT id FROM search_entries WHERE VECTOR @@ CAST(asked.value AS tsquery)
        ORDER BY id + 0 DESC LIMIT :most
    ) AS found
) FROM unnest(CAST(:asked AS text[])) WITH ORDINALITY AS asked (value, key)
""".replace("VECTOR", VECTOR)
    ),
}
COUNTED = {
    "sqlite": text(
        """
SELECT asked.key, (
    SELECT count(*) FROM (
        SELECT 1 FROM search_found WHERE search_found MATCH asked.value LIMIT :most
    ) AS found
) FROM json_each(:asked) AS asked
"""
    ),
    "postgresql": text(
        """
SELECT asked.key, (
    SELECT count(*) FROM (
        SELECT 1 FROM search_entries WHERE VECTOR @@ CAST(asked.value AS tsquery)
        LIMIT :most
    ) AS found
) FROM unnest(CAST(:asked AS text[])) WITH ORDINALITY AS asked (value, key)
""".replace("VECTOR", VECTOR)
    ),
}
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
    tops = _tops()
    kinds = _kinds_in(question) or set(tops)
    newest = max((tops.get(kind, 0) for kind in kinds), default=0)
    span: int | None = SPANS[0]
    while True:
        asked = question if span is None else all_of([question, _span(span, [newest])])
        [found] = _asked(NEWEST, [asked], most)
        if span is None or len(found or ()) == most:
            return list(found or ())
        span = _wider(span, len(found or ()), most)


def counted(questions: Sequence[Question], most: int) -> list[int]:
    """For each question how many entries answer it; more than `most` are `most`."""
    if db.engine.dialect.name == "sqlite":
        return _asked(COUNTED, questions, most)
    tops = _tops()
    counts = [0] * len(questions)
    spans: dict[int, int | None] = dict.fromkeys(range(len(questions)), SPANS[1])
    while spans:
        asked = [_within(questions[k], span, tops) for k, span in spans.items()]
        for k, count in zip(list(spans), _asked(COUNTED, asked, most), strict=True):
            counts[k] = count
            span = spans.pop(k)
            if span is not None and count < most:
                spans[k] = _wider(span, count, most)
    return counts


def among(ids: Iterable[int]) -> ColumnElement[bool]:
    """That an entry is one of some; however many they are, the statement is one."""
    if db.engine.dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(ids))).table_valued("value")
        return SearchEntry.id.in_(select(told.c.value))
    return SearchEntry.id == any_(cast(list(ids), ARRAY(Integer)))


def _asked(
    statements: Mapping[str, TextClause], questions: Sequence[Question], most: int
) -> list[Any]:
    """What one statement answers to each of some questions."""
    dialect = db.engine.dialect.name
    asked: Any = [WRITTEN[dialect](question) for question in questions]
    if dialect == "sqlite":
        asked = json.dumps(asked)
    entries = {"asked": asked, "most": most}
    rows = db.session.execute(statements[dialect], entries)
    return [answer for _key, answer in sorted(rows, key=itemgetter(0))]


def _tops() -> dict[str, int]:
    """The newest number of each kind."""
    return {row.kind: row.newest for row in db.session.execute(TOPS)}


def _within(question: Question, span: int | None, tops: Mapping[str, int]) -> Question:
    """The question, asked of a span of each kind; whichever answer count alike."""
    if span is None:
        return question
    kinds = _kinds_in(question) or set(tops)
    newest = [tops[kind] for kind in kinds if kind in tops]
    return all_of([question, _span(span, newest)]) if newest else question


def _span(span: int, newest: Sequence[int]) -> Question:
    """The last two pieces of so many bits up to each of some numbers."""
    pieces = {number >> span for number in newest}
    pieces |= {piece - 1 for piece in pieces}
    return any_word(f"{MARK_OF_SPAN}{span}_{piece}" for piece in pieces if piece >= 0)


def _wider(span: int, found: int, most: int) -> int | None:
    """The span in which enough should be, by what was in this one; None is all."""
    wider = (more for more in SPANS if more > span)
    enough = (more for more in wider if found << (more - span) >= MARGIN * most)
    return next(enough, None)


def _kinds_in(question: Question) -> set[str]:
    """The kinds that a question asks for; none where it asks for all."""
    parts = question.parts if isinstance(question, AllOf) else [question]
    for part in parts:
        words = part.parts if isinstance(part, AnyOf) else [part]
        kinds = [w.text for w in words if isinstance(w, Word) and _is_kind(w)]
        if len(kinds) == len(words):
            return {kind.removeprefix(MARK_OF_KIND) for kind in kinds}
    return set()


def _is_kind(word: Word) -> bool:
    return word.text.startswith(MARK_OF_KIND)
