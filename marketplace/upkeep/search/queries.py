from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from marketplace.foundation.text import fold, stems_of, words_of
from marketplace.upkeep.search.models import SearchWord
from marketplace.upkeep.search.rules import parts_of

LONGEST_QUESTION = 100
MOST_WORDS = 8
# From here on the beginning of a word is enough.
SHORTEST_BEGINNING = 4


def matching_ids(kind: str, question: str) -> Select[int]:
    """The ids of the things of this kind in which every word of a question occurs.

    A word occurs as written, in another form, as the beginning or a part of a longer
    one; of a compound asked for, the tail is enough. No word: no thing.
    """
    words = words_of(question[:LONGEST_QUESTION])[:MOST_WORDS]
    query = select(SearchWord.thing_id).where(SearchWord.kind == kind)
    if not words:
        return query.where(false())
    first, *others = [_is_like(word) for word in words]
    query = query.where(first)
    for other in others:
        ids = select(SearchWord.thing_id).where(SearchWord.kind == kind, other)
        query = query.where(SearchWord.thing_id.in_(ids))
    return query.distinct()


def _is_like(word: str) -> ColumnElement[bool]:
    wanted = stems_of(word)
    for part in parts_of(word)[-1:]:
        wanted |= stems_of(part)
    conditions: list[ColumnElement[bool]] = [SearchWord.word.in_(sorted(wanted))]
    beginning = fold(word)
    if len(beginning) >= SHORTEST_BEGINNING:
        last = f"{beginning}\uffff"
        conditions.append(and_(SearchWord.word >= beginning, SearchWord.word < last))
    return or_(*conditions)
