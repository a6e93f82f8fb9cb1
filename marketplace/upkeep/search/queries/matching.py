from sqlalchemy import (
    ColumnElement,
    Select,
    cast,
    column,
    false,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    Question,
    Word,
    all_of,
    any_of,
    any_word,
    for_postgresql,
    for_sqlite,
)
from marketplace.foundation.text import fold, words_of
from marketplace.upkeep.search.models import VECTOR, SearchEntry
from marketplace.upkeep.search.rules import (
    MARK_OF_KIND,
    asked_words,
    forms_asked,
    main_parts_of,
)

LONGEST_QUESTION = 100
MOST_WORDS = 8
# From here on the beginning of a word is enough.
SHORTEST_BEGINNING = 4
_found = table("search_found", column("rowid"), column("search_found"))


def matching_ids(kind: str, question: str) -> Select[int]:
    """The ids of the things of this kind in which every word of a question occurs.

    A word occurs as written, in another form, as the beginning or a part of a longer
    one; a compound also by both its parts, or its second if the first says little.
    No word: no thing.
    """
    words = words_asked(question)
    if not words:
        return select(SearchEntry.thing_id).where(false())
    parts = [Word(MARK_OF_KIND + kind), *map(_occurs, words)]
    return select(SearchEntry.thing_id).where(holds(all_of(parts)))


def words_asked(question: str) -> list[str]:
    """The words of a question that count, at most so many."""
    return asked_words(question[:LONGEST_QUESTION])[:MOST_WORDS]


def holds(question: Question) -> ColumnElement[bool]:
    """That the words of an entry answer a question."""
    if db.engine.dialect.name == "sqlite":
        return SearchEntry.id.in_(_rowids(question))
    asked = cast(literal(for_postgresql(question)), TSQUERY)
    return literal_column(VECTOR).op("@@", is_comparison=True)(asked)


def _rowids(question: Question) -> Select[int]:
    """The numbers of what FTS5 finds."""
    asked = for_sqlite(question)
    matches = _found.c.search_found.op("MATCH", is_comparison=True)(asked)
    return select(_found.c.rowid).where(matches)


def _occurs(word: str) -> Question:
    """The ways in which a word occurs."""
    ways: list[Question] = [any_word(forms_asked(word))]
    # Of "⒈" dots, of "ﷺ" blanks: the index takes one run of letters at a time.
    beginning = "".join(words_of(fold(word)))
    if len(beginning) >= SHORTEST_BEGINNING:
        ways.append(Word(beginning, begins=True))
    if parts := main_parts_of(word):
        ways.append(all_of([_has_part(part, word) for part in parts]))
    return any_of(ways)


def _has_part(part: str, word: str) -> Question:
    """What has a part of a compound; the first may be the beginning of a verb."""
    forms = any_word(forms_asked(part))
    begins = fold(part)
    if not word.startswith(part) or len(begins) < SHORTEST_BEGINNING:
        return forms
    return any_of([forms, Word(begins, begins=True)])
