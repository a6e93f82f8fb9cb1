from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import column, delete, func, insert, select, table, text
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation.database import db
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
    SearchSpot,
    SearchTerm,
)
from marketplace.upkeep.search.rules import (
    MARK_OF_CELL,
    MARK_OF_DISTRICT,
    MARK_OF_KIND,
    MARK_OF_NEED,
    MARK_OF_STANDING,
    MARK_OF_STATE,
    MARK_OF_TITLE,
    MARK_OF_TOPIC,
    index_words,
    is_shown,
    shown_as,
    terms_of,
)

# What makes a spot of the map, and how PostgreSQL puts its rows together: what is read
# is exactly what goes, though others write in this moment.
_SPOT = (
    *("kind", "is_needy", "square_row", "square_column"),
    *("state_code", "district_ags"),
)
_GATHER = """
WITH gone AS (
    DELETE FROM search_spots RETURNING
    kind, is_needy, square_row, square_column, state_code, district_ags, amount
)
INSERT INTO search_spots (
    kind, is_needy, square_row, square_column, state_code, district_ags, amount
)
SELECT kind, is_needy, square_row, square_column, state_code, district_ags,
    sum(amount)
FROM gone GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
"""


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
) -> frozenset[str]:
    """The marks by which filters of search find a thing."""
    marked = {
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
    titled = {MARK_OF_TITLE + word for word in index_words([card.title])}
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
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.kind == kind, SearchEntry.thing_id == thing_id
        )
    )


def gather_spots() -> None:
    """Puts together what came to each spot of the map and went from there.

    Whoever writes meanwhile is not in the way, and nothing of theirs is lost.
    """
    if db.engine.dialect.name == "sqlite":  # nobody else writes now
        last = db.session.scalar(select(func.max(SearchSpot.id))) or 0
        spots = [getattr(SearchSpot, name) for name in _SPOT]
        total = func.sum(SearchSpot.amount)
        sums = select(*spots, total).where(SearchSpot.id <= last)
        sums = sums.group_by(*spots).having(total != 0)
        names = [*_SPOT, "amount"]
        db.session.execute(insert(SearchSpot).from_select(names, sums))
        db.session.execute(delete(SearchSpot).where(SearchSpot.id <= last))
        return
    db.session.execute(text(_GATHER))


def gather_index() -> None:
    """Joins the pieces that writing left of SQLite's index: one is read the fastest."""
    if db.engine.dialect.name == "sqlite":
        found = table("search_found", column("search_found"))
        db.session.execute(insert(found).values(search_found="optimize"))


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


def _note_terms(entry: SearchEntry) -> None:
    """Keeps the words of a public thing that nobody wrote before."""
    texts = (entry.title, entry.body, entry.context, entry.place_name)
    written: dict[str, str] = {}
    for term in terms_of(texts):
        written.setdefault(fold(term)[:LONGEST_WORD], term[:LONGEST_WORD])
    keep_terms(written)


def keep_terms(written: Mapping[str, str]) -> None:
    """Keeps words that nobody wrote before: folded, and as they are shown."""
    known: set[str] = set()
    for some in _batched(sorted(written)):
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


def _batched(words: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """Some words at a time, for a statement takes only so many."""
    return (words[k : k + size] for k in range(0, len(words), size))
