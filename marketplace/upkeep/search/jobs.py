from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from marketplace.foundation.database import db, transaction, unlocked
from marketplace.foundation.text import fold
from marketplace.upkeep.search.models import LONGEST_WORD, SearchEntry, SearchTerm
from marketplace.upkeep.search.queries.spots import has_loose_spots
from marketplace.upkeep.search.queries.terms import still_said
from marketplace.upkeep.search.rules import is_shown, terms_of
from marketplace.upkeep.search.services import (
    batched,
    forget_removals,
    gather_index,
    gather_spots,
    write_terms,
)

# So many rows are read at once.
PIECE = 2_000


def count(_payload: Mapping[str, Any]) -> None:
    """Counts in how many public things each word stands; drops what stands in none.

    The index is put in order on the way, and old removals go. Safe to run twice: it
    counts anew.
    """
    gather_index()
    with transaction():
        forget_removals()
    with unlocked():  # nobody waits while all is read
        counts, written = _counted_words()
        terms = select(SearchTerm.word, SearchTerm.entry_count)
        known = {row.word: row.entry_count for row in db.session.execute(terms)}
    new = sorted(written.keys() - known.keys())
    for some in batched(new):
        with transaction():
            write_terms({word: written[word] for word in some})
    # A new word is written as that of one thing.
    before = dict.fromkeys(new, 1) | known
    changed = sorted(word for word, number in before.items() if counts[word] != number)
    for some in batched(changed):
        with transaction():
            _note_counts(some, counts)


def _counted_words() -> tuple[Counter[str], dict[str, str]]:
    """In how many public things each word stands, and how it is written."""
    counts, written = Counter[str](), dict[str, str]()
    for texts in _public_texts():
        words = {fold(term)[:LONGEST_WORD]: term for term in terms_of(texts)}
        counts.update(words.keys())
        for word, term in words.items():
            written.setdefault(word, term[:LONGEST_WORD])
    return counts, written


def _note_counts(words: Sequence[str], counts: Mapping[str, int]) -> None:
    """Notes the counts of some words; one of nothing goes, unless it came meanwhile."""
    rows = [{"named": word, "counted": counts[word]} for word in words]
    statement = update(SearchTerm).where(SearchTerm.word == bindparam("named"))
    statement = statement.values(entry_count=bindparam("counted"))
    db.session.connection().execute(statement, rows)
    unsaid = [word for word in words if not counts[word]]
    terms = db.session.scalars(select(SearchTerm).where(SearchTerm.word.in_(unsaid)))
    found = list(terms) if unsaid else []
    gone = {term.word for term in found} - {term.word for term in still_said(found)}
    db.session.execute(delete(SearchTerm).where(SearchTerm.word.in_(gone)))


def gather(_payload: Mapping[str, Any]) -> None:
    """Puts the spots of the map together once many changes lie beside one another.

    Safe to run twice: what is together stays so.
    """
    with unlocked():
        is_loose = has_loose_spots()
    if is_loose:
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
