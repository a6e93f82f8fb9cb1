from collections.abc import Sequence

from sqlalchemy import select

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
    near = select(SearchTerm).where(one_of(SearchTerm.word, edits_of(folded)))
    alike = select(SearchTerm).where(SearchTerm.sound == sound_of(folded))
    alike = alike.order_by(SearchTerm.entry_count.desc(), SearchTerm.word)
    found = {
        term.word: term
        for query in (near, alike.limit(MOST_ALIKE))
        for term in db.session.scalars(query)
    }
    return [found[key] for key in sorted(found)]
