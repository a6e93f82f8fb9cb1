from collections.abc import Sequence

from sqlalchemy import select, union_all

from marketplace.foundation.database import db
from marketplace.foundation.sounds import edits_of, sound_of
from marketplace.foundation.text import fold, span_of_beginning
from marketplace.upkeep.search.models import SearchTerm
from marketplace.upkeep.search.queries.bounded import one_of, said_among

# So many words that sound alike are looked at.
MOST_ALIKE = 60


def terms_beginning(beginning: str, limit: int) -> Sequence[SearchTerm]:
    """The words that begin so, those of the most things first."""
    span = span_of_beginning(fold(beginning))
    order = (SearchTerm.entry_count.desc(), SearchTerm.word)
    query = select(SearchTerm).where(SearchTerm.word.between(*span))
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def still_said(terms: Sequence[SearchTerm]) -> list[SearchTerm]:
    """Those of some words that stand in something public now."""
    said = said_among([term.word for term in terms])
    return [term for term in terms if term.word in said]


def terms_like(word: str) -> Sequence[SearchTerm]:
    """The words that differ by one sign, or sound the same."""
    folded = fold(word)
    near = select(SearchTerm.id).where(one_of(SearchTerm.word, edits_of(folded)))
    alike = select(SearchTerm.id).where(SearchTerm.sound == sound_of(folded))
    most = alike.order_by(SearchTerm.entry_count.desc(), SearchTerm.word)
    some = most.limit(MOST_ALIKE).subquery()
    either = union_all(near, select(some.c.id)).subquery()
    query = select(SearchTerm).where(SearchTerm.id.in_(select(either.c.id)))
    return db.session.scalars(query.order_by(SearchTerm.word)).all()
