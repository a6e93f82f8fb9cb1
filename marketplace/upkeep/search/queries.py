from sqlalchemy import ColumnElement, Select, false, select, union

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
    if not words:
        return select(SearchWord.thing_id).where(false())
    first, *others = [_ids_of(kind, word) for word in words]
    query = select(first).where(*(first.in_(select(other)) for other in others))
    return query.distinct()


def _ids_of(kind: str, word: str) -> ColumnElement[int]:
    """The ids of the things in which a word occurs.

    Each way to occur is a select of its own, which the index serves; as alternatives
    of one condition SQLite reads all words there are.
    """
    ways = [_of_any(kind, forms_asked(word))]
    beginning = fold(word)
    if len(beginning) >= SHORTEST_BEGINNING:
        span = SearchWord.word.between(*span_of_beginning(beginning))
        ways.append(_of_kind(kind).where(span))
    if parts := parts_of(word):
        ways.append(_of_parts(kind, *parts))
    return union(*ways).subquery().c.thing_id


def _of_parts(kind: str, head: str, tail: str) -> Select[int]:
    """What has the second part and, unless that says little, somewhere the first."""
    have_tail = _of_any(kind, forms_asked(tail))
    if head.lower() in LOOSE_HEADS:
        return have_tail
    have_head = _of_any(kind, forms_asked(head))
    return have_tail.where(SearchWord.thing_id.in_(have_head))


def _of_any(kind: str, words: set[str]) -> Select[int]:
    return _of_kind(kind).where(SearchWord.word.in_(sorted(words)))


def _of_kind(kind: str) -> Select[int]:
    return select(SearchWord.thing_id).where(SearchWord.kind == kind)
