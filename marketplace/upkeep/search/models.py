"""The index: a row for each thing, and full-text search over its words.

The words of a thing stand in one column, folded and parted by blanks. SQLite searches
them through an FTS5 table that triggers keep up, PostgreSQL through a GIN index; both
know whole words and beginnings and nothing else of the language.
"""

from datetime import date

from sqlalchemy import Connection, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import stored_as
from marketplace.foundation.database import Base
from marketplace.upkeep.search.enums import Standing

LONGEST_TITLE, LONGEST_BODY, LONGEST_WORD = 200, 600, 60


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
    place_name: Mapped[str] = mapped_column(String(80), default="")
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
    # "k_internship" its kind, "s_c" how it stands, "h_robotics" a topic.
    tokens: Mapped[str] = mapped_column(Text)


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


VECTOR = "array_to_tsvector(string_to_array(search_entries.tokens, ' '))"
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
FOUND = {
    "sqlite": (_TABLE, _CAME, _WENT, _CHANGED),
    "postgresql": (_INDEX,),
}


def _make_found(_table: object, connection: Connection, **_rest: object) -> None:
    for statement in FOUND[connection.dialect.name]:
        connection.execute(text(statement))


event.listen(SearchEntry.__table__, "after_create", _make_found)
