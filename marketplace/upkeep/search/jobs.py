from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from marketplace.foundation.database import db
from marketplace.foundation.text import fold
from marketplace.upkeep.search.models import LONGEST_WORD, SearchEntry, SearchTerm
from marketplace.upkeep.search.queries.spots import has_loose_spots
from marketplace.upkeep.search.rules import is_shown, terms_of
from marketplace.upkeep.search.services import gather_index, gather_spots, keep_terms

# So many rows are read at once.
PIECE = 2_000


def count(_payload: Mapping[str, Any]) -> None:
    """Counts in how many public things each word stands; drops what stands in none.

    The index is put in order on the way. Safe to run twice: it counts anew.
    """
    gather_index()
    counts, written = Counter[str](), dict[str, str]()
    for texts in _public_texts():
        words = {fold(term)[:LONGEST_WORD]: term for term in terms_of(texts)}
        counts.update(words.keys())
        for word, term in words.items():
            written.setdefault(word, term[:LONGEST_WORD])
    keep_terms(written)
    known = db.session.execute(select(SearchTerm.word, SearchTerm.entry_count)).all()
    changed = [
        {"named": word, "counted": counts[word]}
        for word, before in known
        if counts[word] != before
    ]
    if changed:
        statement = update(SearchTerm).where(SearchTerm.word == bindparam("named"))
        statement = statement.values(entry_count=bindparam("counted"))
        db.session.connection().execute(statement, changed)
    db.session.execute(delete(SearchTerm).where(SearchTerm.entry_count == 0))


def gather(_payload: Mapping[str, Any]) -> None:
    """Puts the spots of the map together once many changes lie beside one another.

    Safe to run twice: what is together stays so.
    """
    if has_loose_spots():
        gather_spots()


def _public_texts() -> Iterator[tuple[str, ...]]:
    """What public things say, in pieces by their numbers."""
    after = 0
    columns = (SearchEntry.title, SearchEntry.body, SearchEntry.context)
    query = select(SearchEntry.id, SearchEntry.tokens, *columns, SearchEntry.place_name)
    while True:
        some = query.where(SearchEntry.id > after).order_by(SearchEntry.id)
        rows = db.session.execute(some.limit(PIECE)).all()
        if not rows:
            return
        for number, tokens, *texts in rows:
            after = number
            if is_shown(tokens):
                yield tuple(texts)
