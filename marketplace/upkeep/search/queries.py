from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import aliased

from marketplace.foundation.text import fold, span_of_beginning
from marketplace.upkeep.search.models import SearchWord
from marketplace.upkeep.search.rules import asked_words, forms_asked, parts_of
from marketplace.upkeep.search.tables import LOOSE_HEADS

LONGEST_QUESTION = 100
MOST_WORDS = 8
# From here on the beginning of a word is enough.
SHORTEST_BEGINNING = 4


def matching_ids(kind: str, question: str) -> Select[int]:
    """The ids of the things of this kind in which every word of a question occurs.

    A word occurs as written, in another form, as the beginning or a part of a longer
    one; a compound also by both its parts, or its second if the first says little.
    No word: no thing.
    """
    words = asked_words(question[:LONGEST_QUESTION])[:MOST_WORDS]
    query = select(SearchWord.thing_id).where(SearchWord.kind == kind)
    if not words:
        return query.where(false())
    first, *others = [_occurs(kind, word) for word in words]
    for other in others:
        ids = select(SearchWord.thing_id).where(SearchWord.kind == kind, other)
        first = and_(first, SearchWord.thing_id.in_(ids))
    return query.where(first).distinct()


def _occurs(kind: str, word: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        SearchWord.word.in_(sorted(forms_asked(word)))
    ]
    beginning = fold(word)
    if len(beginning) >= SHORTEST_BEGINNING:
        conditions.append(SearchWord.word.between(*span_of_beginning(beginning)))
    if parts := parts_of(word):
        conditions.append(_has_parts(kind, *parts))
    return or_(*conditions)


def _has_parts(kind: str, head: str, tail: str) -> ColumnElement[bool]:
    """Whether the second part occurs, and somewhere the first."""
    has_tail = SearchWord.word.in_(sorted(forms_asked(tail)))
    if head.lower() in LOOSE_HEADS:
        return has_tail
    other = aliased(SearchWord)
    ids = select(other.thing_id).where(
        other.kind == kind, other.word.in_(sorted(forms_asked(head)))
    )
    return and_(has_tail, SearchWord.thing_id.in_(ids))
