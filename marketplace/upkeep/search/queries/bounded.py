"""Reads of the index that end, and statements that stay one however much they name.

PostgreSQL reads all that has a word before it gives any of it, so it is asked for the
newest numbers first, and for more of them where those do not say it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ARRAY, ColumnElement, any_, cast, func, select, text
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    Question,
    Word,
    all_of,
    any_word,
    for_postgresql,
    for_sqlite,
)
from marketplace.upkeep.search.models import MARK_OF_SPAN, SPANS, VECTOR, SearchEntry
from marketplace.upkeep.search.rules import SHOWN

T = TypeVar("T")
# So many of the newest of each kind are looked through first, then so many; then all.
STEPS = tuple(zip(SPANS, (1 << 9, 1 << 15), strict=True))
SAID_IN_SQLITE = text(
    """
SELECT asked.key, (
    SELECT count(*) FROM (
        SELECT 1 FROM search_found WHERE search_found MATCH asked.value LIMIT 1
    ) AS found
) FROM json_each(:asked) AS asked
"""
)
# The sum keeps the planner from walking all numbers instead of the index of words, the
# order from looking through the table for the first that answers. Word and span are
# two conditions: the word then leads, and the span is only asked for what has it; as
# one, each number of the span would be looked at.
SAID_IN_POSTGRESQL = text(
    """
SELECT asked.key, (
    SELECT count(*) FROM (
        SELECT id FROM search_entries
        WHERE VECTOR @@ CAST(asked.value AS tsquery)
            AND VECTOR @@ CAST(:span AS tsquery)
        ORDER BY id + 0 LIMIT 1
    ) AS found
) FROM unnest(CAST(:asked AS text[])) WITH ORDINALITY AS asked (value, key)
""".replace("VECTOR", VECTOR)
)
# The newest number of each kind, read from an index without walking it.
NEWEST = text(
    """
WITH RECURSIVE kinds AS (
    (SELECT kind FROM search_entries ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM search_entries WHERE kind > kinds.kind
            ORDER BY kind LIMIT 1)
    FROM kinds WHERE kinds.kind IS NOT NULL
)
SELECT (SELECT max(id) FROM search_entries WHERE kind = kinds.kind)
FROM kinds WHERE kind IS NOT NULL
"""
)


def said_among(words: Sequence[str]) -> set[str]:
    """Those of some words of the index that stand in something public now."""
    if db.engine.dialect.name == "sqlite":
        asked = [for_sqlite(all_of([Word(word), SHOWN])) for word in words]
        rows = db.session.execute(SAID_IN_SQLITE, {"asked": json.dumps(asked)})
        return {words[key] for key, is_said in rows if is_said}
    said: set[str] = set()
    for span in _spans():
        left = [word for word in words if word not in said]
        if not left:
            break
        asked = [for_postgresql(Word(word)) for word in left]
        entries = {"asked": asked, "span": for_postgresql(span)}
        rows = db.session.execute(SAID_IN_POSTGRESQL, entries)
        said |= {left[key - 1] for key, is_said in rows if is_said}
    return said


def _spans() -> Iterator[Question]:
    """What is public in more and more of the newest numbers, at last in all."""
    newest = db.session.scalars(NEWEST).all()
    for span, rows in STEPS if newest else ():
        pieces = {
            f"{MARK_OF_SPAN}{span}_{piece}"
            for number in newest
            for piece in range(max(0, number - rows) >> span, (number >> span) + 1)
        }
        yield all_of([any_word(pieces), SHOWN])
    yield SHOWN


def among(ids: Iterable[int]) -> ColumnElement[bool]:
    """That an entry is one of some; however many they are, the statement is one."""
    return one_of(SearchEntry.id, ids)


def one_of(
    column: InstrumentedAttribute[T], values: Iterable[T]
) -> ColumnElement[bool]:
    """That a column holds one of some values, which are sent as one."""
    if db.engine.dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(cast(list(values), ARRAY(column.type)))
