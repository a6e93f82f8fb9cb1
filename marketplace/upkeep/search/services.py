from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import repeat
from time import time_ns
from typing import Any, TypeVar

from sqlalchemy import column, delete, event, insert, select, table, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import get_history

from marketplace.foundation.database import db, transaction, unlocked
from marketplace.foundation.geometry import cell_of
from marketplace.foundation.sounds import sound_of
from marketplace.foundation.text import fold
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import (
    LONGEST_BODY,
    LONGEST_PLACE,
    LONGEST_TITLE,
    LONGEST_WORD,
    SearchEntry,
    SearchRemoval,
    SearchSpot,
    SearchTerm,
)
from marketplace.upkeep.search.queries.bitmaps import LOOK_BACK
from marketplace.upkeep.search.queries.spots import SPOT, loose_spots
from marketplace.upkeep.search.rules import (
    MARK_OF_AGE,
    MARK_OF_CELL,
    MARK_OF_DISTRICT,
    MARK_OF_GRADE,
    MARK_OF_KIND,
    MARK_OF_NEED,
    MARK_OF_STANDING,
    MARK_OF_STATE,
    MARK_OF_TOPIC,
    index_words,
    is_shown,
    marks_of_title,
    shown_as,
    terms_of,
)

T = TypeVar("T")
# So many rows of spots, so many pages of the index of SQLite are joined at once.
ROWS_AT_ONCE, PAGES_AT_ONCE, MOST_STEPS = 10_000, 500, 10_000
# So long it is known what went, in microseconds: a day.
REMOVALS_KEPT = 86_400_000_000
# Where a session notes the words that are to be written at its end, and what it wrote.
NOTED, TOUCHED = "search_terms", "search_touched"
# So long before its end, in microseconds, a transaction may write without saying so
# again: others look back twice as far.
LATE = LOOK_BACK // 2


@dataclass(frozen=True, kw_only=True)
class Card:
    """What search shows of a thing; without one it is found only inside its list.

    `marks` are what the filters of search ask for, each with a letter before.
    """

    key: str = ""
    title: str = ""
    body: str = ""
    context: str = ""
    place_name: str = ""
    lat: float | None = None
    lon: float | None = None
    begins_on: date | None = None
    owner_id: int | None = None
    standing: Standing = Standing.HIDDEN
    owner_standing: Standing = Standing.CONFIRMED
    marks: frozenset[str] = frozenset()


NO_CARD = Card()


def marks_of(
    topics: Iterable[str] = (),
    *,
    states: Iterable[str] = (),
    districts: Iterable[str] = (),
    points: Iterable[tuple[float, float]] = (),
    is_needy: bool = False,
    grades: Iterable[int] = (),
    ages: Iterable[int] = (),
) -> frozenset[str]:
    """The marks by which filters of search find a thing."""
    marked = {
        MARK_OF_GRADE: map(str, grades),
        MARK_OF_AGE: map(str, ages),
        MARK_OF_TOPIC: topics,
        MARK_OF_STATE: (state.lower() for state in states),
        MARK_OF_DISTRICT: districts,
        MARK_OF_CELL: (cell_of(lat, lon) for lat, lon in points),
    }
    marks = {mark + one for mark, some in marked.items() for one in some}
    return frozenset(marks | {MARK_OF_NEED} if is_needy else marks)


def put_into_index(
    kind: str, thing_id: int, texts: Iterable[str], card: Card = NO_CARD
) -> None:
    """Makes a thing findable by its texts and its card, and by nothing it said before.

    A new kind is one call of this in its service, and one line in what search shows.
    """
    told = (card.title, card.body, card.context, card.place_name)
    words = index_words([*texts, *told])
    titled = marks_of_title(index_words([card.title]))
    entry = _entry(kind, thing_id)
    if not (words or titled):
        take_from_index(kind, thing_id)
        return
    if entry is None:
        entry = SearchEntry(kind=kind, thing_id=thing_id, tokens="")
        db.session.add(entry)
    for name, value in asdict(card).items():
        if name != "marks":
            setattr(entry, name, value)
    entry.title = card.title[:LONGEST_TITLE]
    entry.body = " ".join(card.body.split())[:LONGEST_BODY]
    entry.context = card.context[:LONGEST_TITLE]
    entry.place_name = card.place_name[:LONGEST_PLACE]
    marks = {MARK_OF_KIND + kind, *card.marks}
    entry.tokens = " ".join(sorted(words | titled | marks))
    _show(entry)
    db.session.flush()


def let_stand(kind: str, thing_id: int, standing: Standing) -> None:
    """Notes how openly a thing stands from now on."""
    entry = _entry(kind, thing_id)
    if entry:
        entry.standing = standing
        _show(entry)


def let_stand_of_owner(owner_id: int, standing: Standing) -> None:
    """Notes how openly an organisation stands, for all that it has."""
    query = select(SearchEntry).where(SearchEntry.owner_id == owner_id)
    for entry in db.session.scalars(query):
        entry.owner_standing = standing
        _show(entry)


def take_from_index(kind: str, thing_id: int) -> None:
    """Makes a thing not findable any more."""
    is_it = (SearchEntry.kind == kind, SearchEntry.thing_id == thing_id)
    gone = delete(SearchEntry).where(*is_it)
    told = gone.returning(SearchEntry.id, SearchEntry.touched)
    row = db.session.execute(told).one_or_none()
    if row is not None:
        touched = max(_microseconds(), row.touched + 1)
        db.session.add(SearchRemoval(entry_id=row.id, touched=touched))


def forget_removals() -> None:
    """Drops what went so long ago that nobody holds it any more."""
    is_old = SearchRemoval.touched < _microseconds() - REMOVALS_KEPT
    db.session.execute(delete(SearchRemoval).where(is_old))


def gather_spots() -> None:
    """Puts together what came to each spot of the map and went from there.

    Reads without the turn to write, and writes some rows at a time: what goes is
    exactly what is summed up, so nothing that comes meanwhile is lost. Of a spot with
    very many rows a few stay for the next time.
    """
    with unlocked():
        loose = [number for numbers in loose_spots() for number in numbers]
    for some in batched(loose, ROWS_AT_ONCE):
        with transaction():
            _gather(some)


def _gather(numbers: Sequence[int]) -> None:
    gone = delete(SearchSpot).where(SearchSpot.id.in_(numbers))
    rows = db.session.execute(gone.returning(*SPOT, SearchSpot.amount))
    sums = Counter[tuple[object, ...]]()
    for *spot, amount in rows:
        sums[tuple(spot)] += amount
    names = [*(column.key for column in SPOT), "amount"]
    kept = [
        dict(zip(names, (*spot, total), strict=True))
        for spot, total in sums.items()
        if total
    ]
    if kept:
        db.session.execute(insert(SearchSpot), kept)


def gather_index() -> None:
    """Joins the pieces that writing left of SQLite's index: one is read the fastest.

    So many pages at a time, and whoever wants to write comes in between.
    """
    if db.engine.dialect.name != "sqlite":
        return
    found = table("search_found", column("search_found"), column("rank"))
    # Less than nought begins to join all; then each step goes on where one ended.
    for pages in (-PAGES_AT_ONCE, *repeat(PAGES_AT_ONCE, MOST_STEPS)):
        with transaction():
            raw: Any = db.session.connection().connection.driver_connection
            before = raw.total_changes
            step = insert(found).values(search_found="merge", rank=pages)
            db.session.execute(step)
            if raw.total_changes - before < 2:  # so FTS5 says that nothing is left
                return


def _entry(kind: str, thing_id: int) -> SearchEntry | None:
    return db.session.scalar(
        select(SearchEntry).where(
            SearchEntry.kind == kind, SearchEntry.thing_id == thing_id
        )
    )


def _show(entry: SearchEntry) -> None:
    """Marks an entry by how it stands; what everybody may read gives its words."""
    standing = shown_as(entry.standing, entry.owner_standing)
    was_shown = is_shown(entry.tokens)
    words = entry.tokens.split(" ")
    kept = [word for word in words if not word.startswith(MARK_OF_STANDING)]
    entry.tokens = " ".join(sorted({*kept, MARK_OF_STANDING + standing}))
    if standing is not Standing.HIDDEN and not was_shown:
        _note_terms(entry)


@event.listens_for(SearchEntry, "before_insert")
@event.listens_for(SearchEntry, "before_update")
def _touch(_mapper: object, _connection: object, entry: SearchEntry) -> None:
    if get_history(entry, "tokens").has_changes():
        # Never less than before, should two clocks differ.
        entry.touched = max(_microseconds(), (entry.touched or 0) + 1)


@event.listens_for(SearchEntry, "after_insert")
@event.listens_for(SearchEntry, "after_update")
@event.listens_for(SearchRemoval, "after_insert")
def _note_touched(
    _mapper: object, _connection: object, row: SearchEntry | SearchRemoval
) -> None:
    if session := object_session(row):
        session.info.setdefault(TOUCHED, {})[type(row), row.id] = row.touched


@event.listens_for(db.session, "before_commit")
def _touch_again(session: Session) -> None:
    """Says of what was written long before that it changed now: now it is seen."""
    if session.in_nested_transaction():
        return
    session.flush()  # what is written at the end is not noted for the next one
    moment, touched = _microseconds(), session.info.pop(TOUCHED, {})
    late = [key for key, written in touched.items() if written < moment - LATE]
    for kind in (SearchEntry, SearchRemoval):
        ids = [number for model, number in late if model is kind]
        for some in batched(ids):
            again = update(kind).where(kind.id.in_(some)).values(touched=moment)
            session.execute(again, execution_options={"synchronize_session": False})


def _microseconds() -> int:
    return time_ns() // 1000


def _note_terms(entry: SearchEntry) -> None:
    """Keeps the words of a public thing that nobody wrote before."""
    texts = (entry.title, entry.body, entry.context, entry.place_name)
    written: dict[str, str] = {}
    for term in terms_of(texts):
        written.setdefault(fold(term)[:LONGEST_WORD], term[:LONGEST_WORD])
    keep_terms(written)


def keep_terms(written: Mapping[str, str]) -> None:
    """Keeps words that nobody wrote before: folded, and as they are shown.

    They are written at the end of the transaction, all at once in one order: two that
    write the same words never wait for one another in a ring, nor for long.
    """
    noted = db.session.info.setdefault(NOTED, {})
    for word, shown in written.items():
        noted.setdefault(word, shown)


@event.listens_for(db.session, "before_commit")
def _write_noted(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(NOTED):
        return
    session.flush()  # all else is held before the words
    write_terms(session.info.pop(NOTED))


@event.listens_for(db.session, "after_rollback")
def _forget_noted(session: Session) -> None:
    session.info.pop(NOTED, None)
    session.info.pop(TOUCHED, None)


def write_terms(written: Mapping[str, str]) -> None:
    """Writes words that nobody wrote before, in the order of the alphabet."""
    known: set[str] = set()
    for some in batched(sorted(written)):
        query = select(SearchTerm.word).where(SearchTerm.word.in_(some))
        known.update(db.session.scalars(query))
    rows = [
        {"word": word, "shown": written[word], "sound": sound_of(word)}
        for word in sorted(written.keys() - known)
    ]
    if rows:
        # Somebody else may write the same word in this moment.
        into = (
            sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        )(SearchTerm)
        db.session.execute(into.on_conflict_do_nothing(), rows)


def batched(things: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Some things at a time, for a statement takes only so many."""
    return (things[k : k + size] for k in range(0, len(things), size))
