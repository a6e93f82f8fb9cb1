"""what search shows of each thing, beside the words by which it is found"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

OUT = (
    "INSERT INTO search_found (search_found, rowid, tokens)"
    " VALUES ('delete', old.id, old.tokens);"
)
IN = "INSERT INTO search_found (rowid, tokens) VALUES (new.id, new.tokens);"
TABLE = """
CREATE VIRTUAL TABLE search_found USING fts5(
    tokens, content='search_entries', content_rowid='id', detail='none', columnsize=0,
    tokenize="ascii tokenchars '_'"
)
"""
CAME = f"""
CREATE TRIGGER search_entries_came AFTER INSERT ON search_entries
BEGIN {IN} END
"""
WENT = f"""
CREATE TRIGGER search_entries_went AFTER DELETE ON search_entries
BEGIN {OUT} END
"""
CHANGED = f"""
CREATE TRIGGER search_entries_changed AFTER UPDATE OF tokens ON search_entries
BEGIN {OUT} {IN} END
"""
INDEX = """
CREATE INDEX ix_search_entries_found ON search_entries
USING gin (array_to_tsvector(string_to_array(tokens, ' '))) WITH (fastupdate = off)
"""
FOUND = {
    "sqlite": (TABLE, CAME, WENT, CHANGED),
    "postgresql": (INDEX,),
}
words = sa.table(
    "search_words", sa.column("kind"), sa.column("thing_id"), sa.column("word")
)
entries = sa.table(
    "search_entries",
    *(sa.column(name) for name in ("kind", "thing_id", "key", "title", "body")),
    *(sa.column(name) for name in ("context", "place_name", "standing")),
    *(sa.column(name) for name in ("owner_standing", "tokens")),
)


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.String(600), nullable=False),
        sa.Column("context", sa.String(200), nullable=False),
        sa.Column("place_name", sa.String(80), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("standing", standing("standing"), nullable=False),
        sa.Column("owner_standing", standing("owner_standing"), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint(
            "kind", "thing_id", name=op.f("uq_search_entries_kind_thing_id")
        ),
    )
    op.create_index(op.f("ix_search_entries_owner_id"), "search_entries", ["owner_id"])
    op.create_table(
        "search_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(60), nullable=False),
        sa.Column("shown", sa.String(60), nullable=False),
        sa.Column("sound", sa.String(60), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_terms")),
        sa.UniqueConstraint("word", name=op.f("uq_search_terms_word")),
    )
    op.create_index(
        op.f("ix_search_terms_sound_entry_count"),
        "search_terms",
        ["sound", "entry_count"],
    )
    for statement in FOUND[op.get_bind().dialect.name]:
        op.execute(statement)
    _take_over()
    op.drop_table("search_words")


def downgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint(
            "kind", "thing_id", "word", name=op.f("uq_search_words_kind_thing_id_word")
        ),
    )
    op.create_index(
        op.f("ix_search_words_kind_word_thing_id"),
        "search_words",
        ["kind", "word", "thing_id"],
    )
    _give_back()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_found")
    op.drop_table("search_terms")
    op.drop_table("search_entries")


def standing(name: str) -> sa.Enum:
    return sa.Enum(
        *("c", "h", "x"),
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
    )


def _take_over() -> None:
    """Keeps the words; `market db upgrade` adds the cards."""
    connection = op.get_bind()
    query = sa.select(words.c.kind, words.c.thing_id, words.c.word)
    rows = connection.execute(query.order_by(words.c.kind, words.c.thing_id)).all()
    empty = dict.fromkeys(("key", "title", "body", "context", "place_name"), "")
    taken = [
        {
            **empty,
            "kind": kind,
            "thing_id": thing_id,
            "standing": "x",
            "owner_standing": "c",
            "tokens": " ".join(sorted({f"k_{kind}", "s_x", *(r.word for r in some)})),
        }
        for (kind, thing_id), some in groupby(rows, lambda r: (r.kind, r.thing_id))
    ]
    if taken:
        connection.execute(sa.insert(entries), taken)


def _give_back() -> None:
    connection = op.get_bind()
    query = sa.select(entries.c.kind, entries.c.thing_id, entries.c.tokens)
    rows = [
        {"kind": kind, "thing_id": thing_id, "word": word}
        for kind, thing_id, tokens in connection.execute(query)
        for word in tokens.split(" ")
        if "_" not in word
    ]
    if rows:
        connection.execute(sa.insert(words), rows)
