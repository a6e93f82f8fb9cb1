from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from marketplace.foundation.database import db
from marketplace.upkeep.search.models import SearchWord
from marketplace.upkeep.search.rules import index_words


def put_into_index(kind: str, thing_id: int, texts: Iterable[str]) -> None:
    """Makes a thing findable by its texts, and by nothing it said before."""
    wanted = index_words(texts)
    of_thing = (SearchWord.kind == kind, SearchWord.thing_id == thing_id)
    known = set(db.session.scalars(select(SearchWord.word).where(*of_thing)))
    if known - wanted:
        gone = SearchWord.word.in_(known - wanted)
        db.session.execute(delete(SearchWord).where(*of_thing, gone))
    rows = [
        {"kind": kind, "thing_id": thing_id, "word": word}
        for word in sorted(wanted - known)
    ]
    if rows:
        db.session.execute(insert(SearchWord), rows)


def take_from_index(kind: str, thing_id: int) -> None:
    """Makes a thing not findable any more."""
    db.session.execute(
        delete(SearchWord).where(
            SearchWord.kind == kind, SearchWord.thing_id == thing_id
        )
    )
