"""The index: a row for each thing, full-text search over its words, and where they are.

The words of a thing stand in one column, folded and parted by blanks. SQLite searches
them through an FTS5 table that triggers keep up, PostgreSQL through a GIN index; both
know whole words and beginnings and nothing else of the language. Triggers also note
what comes to a place and goes from there, so that the map need not count.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Connection,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import stored_as
from marketplace.foundation.database import Base
from marketplace.upkeep.search.enums import Standing

LONGEST_TITLE, LONGEST_BODY, LONGEST_WORD, LONGEST_PLACE = 200, 600, 60, 80


class SearchEntry(Base):
    """What search shows of one thing, and the words by which it is found.

    `kind` and `thing_id` name the thing. Its id tells its age: newer things have
    greater ones.
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("kind", "thing_id"),)

    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    # How its address names it.
    key: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    # The beginning of its text.
    body: Mapped[str] = mapped_column(String(LONGEST_BODY), default="")
    # Whose it is, in words.
    context: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    place_name: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    begins_on: Mapped[date | None]
    # The organisation whose state decides with that of the thing.
    owner_id: Mapped[int | None] = mapped_column(index=True)
    standing: Mapped[Standing] = mapped_column(
        stored_as("standing", Standing), default=Standing.HIDDEN
    )
    owner_standing: Mapped[Standing] = mapped_column(
        stored_as("owner_standing", Standing), default=Standing.CONFIRMED
    )
    # Plain words as "praktikum", those of the title also as "t_praktikum", and marks:
    # "k_internship" its kind, "s_c" how it stands, "h_robotics" a topic, "c_8" a class,
    # "w_1" and "w_4" that its title has five words.
    tokens: Mapped[str] = mapped_column(Text)
    # When its words came or changed last, in microseconds since 1970.
    touched: Mapped[int] = mapped_column(BigInteger, default=0, index=True)


class SearchRemoval(Base):
    """That an entry went; kept for a while, for those who hold what it answered."""

    __tablename__ = "search_removals"

    entry_id: Mapped[int]
    # In microseconds since 1970.
    touched: Mapped[int] = mapped_column(BigInteger, index=True)


class SearchTerm(Base):
    """A word that public things are written with: for proposals while typing.

    `shown` is how it was written first, `sound` what it sounds like.
    """

    __tablename__ = "search_terms"
    __table_args__ = (Index(None, "sound", "entry_count"),)

    word: Mapped[str] = mapped_column(String(LONGEST_WORD), unique=True)
    shown: Mapped[str] = mapped_column(String(LONGEST_WORD))
    sound: Mapped[str] = mapped_column(String(LONGEST_WORD))
    # In how many public things it stood when they were last counted.
    entry_count: Mapped[int] = mapped_column(default=1)


class SearchSpot(Base):
    """What came to a place on the map or went from there, of public things alone.

    Together the rows of a spot tell how much is there. Writers only add rows, so that
    nobody waits for anybody; a job puts those of one spot together.
    """

    __tablename__ = "search_spots"

    kind: Mapped[str] = mapped_column(String(20))
    # That it asks companies for something.
    is_needy: Mapped[bool]
    # The finest square of the map in which it lies.
    square_row: Mapped[int]
    square_column: Mapped[int]
    # In small letters; empty where it is not known, as the district.
    state_code: Mapped[str] = mapped_column(String(2))
    district_ags: Mapped[str] = mapped_column(String(5))
    # Less than nought for what went.
    amount: Mapped[int]


# Entries write spots, so an archive is read in this order.
SearchSpot.metadata.tables["search_spots"].add_is_dependent_on(
    SearchEntry.metadata.tables["search_entries"]
)

# PostgreSQL knows by a word of its own in which piece of so many bits a number lies.
MARK_OF_SPAN, SPANS = "p_", (10, 14)
_PIECES = "".join(
    f" || ' {MARK_OF_SPAN}{span}_' || (search_entries.id >> {span})::text"
    for span in SPANS
)
VECTOR = f"array_to_tsvector(string_to_array(search_entries.tokens{_PIECES}, ' '))"
_INSIDE = VECTOR.replace("search_entries.", "")
_OUT = (
    "INSERT INTO search_found (search_found, rowid, tokens)"
    " VALUES ('delete', old.id, old.tokens);"
)
_IN = "INSERT INTO search_found (rowid, tokens) VALUES (new.id, new.tokens);"
_TABLE = """
CREATE VIRTUAL TABLE search_found USING fts5(
    tokens, content='search_entries', content_rowid='id', detail='none', columnsize=0,
    tokenize="ascii tokenchars '_'"
)
"""
_CAME = f"""
CREATE TRIGGER search_entries_came AFTER INSERT ON search_entries
BEGIN {_IN} END
"""
_WENT = f"""
CREATE TRIGGER search_entries_went AFTER DELETE ON search_entries
BEGIN {_OUT} END
"""
_CHANGED = f"""
CREATE TRIGGER search_entries_changed AFTER UPDATE OF tokens ON search_entries
BEGIN {_OUT} {_IN} END
"""
_INDEX = f"""
CREATE INDEX ix_search_entries_found ON search_entries
USING gin ({_INSIDE}) WITH (fastupdate = off)
"""
_SPOT = """
INSERT INTO search_spots (
    kind, is_needy, square_row, square_column, state_code, district_ags, amount
)
SELECT {row}.kind, {find}({words}, ' n_need ') > 0,
    CAST({whole}({row}.lat * 160.0) AS INTEGER),
    CAST({whole}({row}.lon * 100.0) AS INTEGER),
    CASE WHEN {find}({words}, ' l_') = 0 THEN ''
        ELSE substr({words}, {find}({words}, ' l_') + 3, 2) END,
    CASE WHEN {find}({words}, ' d_') = 0 THEN ''
        ELSE substr({words}, {find}({words}, ' d_') + 3, 5) END,
    {amount}
WHERE {row}.lat IS NOT NULL AND {row}.lon IS NOT NULL
    AND {find}({words}, ' s_c ') > 0;
"""


def _spot(row: str, amount: int, *, find: str, whole: str) -> str:
    words = f"(' ' || {row}.tokens || ' ')"
    return _SPOT.format(row=row, amount=amount, words=words, find=find, whole=whole)


# SQLite cuts a number to its whole part, PostgreSQL would round it.
_LITE, _POST = {"find": "instr", "whole": ""}, {"find": "strpos", "whole": "floor"}
_PLACES = (
    f"""
CREATE TRIGGER search_entries_placed AFTER INSERT ON search_entries
BEGIN {_spot("new", 1, **_LITE)} END
""",
    f"""
CREATE TRIGGER search_entries_left AFTER DELETE ON search_entries
BEGIN {_spot("old", -1, **_LITE)} END
""",
    f"""
CREATE TRIGGER search_entries_moved AFTER UPDATE OF tokens, lat, lon ON search_entries
BEGIN {_spot("old", -1, **_LITE)} {_spot("new", 1, **_LITE)} END
""",
)
_PLACE = f"""
CREATE FUNCTION search_entries_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN {_spot("old", -1, **_POST)} END IF;
    IF TG_OP <> 'DELETE' THEN {_spot("new", 1, **_POST)} END IF;
    RETURN NULL;
END $$
"""
_PLACED = """
CREATE TRIGGER search_entries_placed
AFTER INSERT OR DELETE OR UPDATE OF tokens, lat, lon ON search_entries
FOR EACH ROW EXECUTE FUNCTION search_entries_place()
"""
_TOPS = "CREATE INDEX ix_search_entries_newest ON search_entries (kind, id)"
FOUND = {
    "sqlite": (_TABLE, _CAME, _WENT, _CHANGED, *_PLACES),
    "postgresql": (_INDEX, _TOPS, _PLACE, _PLACED),
}


def _make_found(_table: object, connection: Connection, **_rest: object) -> None:
    for statement in FOUND[connection.dialect.name]:
        connection.execute(text(statement))


event.listen(SearchEntry.__table__, "after_create", _make_found)
