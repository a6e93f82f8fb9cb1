"""Runs the migrations on the database of the application."""

from alembic import context

from marketplace.foundation.columns import SetOf, UtcDateTime
from marketplace.foundation.database import db
from marketplace.foundation.secrecy import EncryptedText

# What our own column types are in the database, so that a migration needs no code.
PLAIN = {
    SetOf: "sa.BigInteger()",
    UtcDateTime: "sa.DateTime(timezone=True)",
    EncryptedText: "sa.LargeBinary()",
}


def render_item(kind, item, _context):
    """Writes our own types down as what they are stored as."""
    if kind == "type" and type(item) in PLAIN:
        return PLAIN[type(item)]
    return False


def include_name(name, kind, _parents):
    """Leaves the full-text search of both databases to its migration."""
    is_table = kind == "table" and name.startswith("search_found")
    own = ("ix_search_entries_found", "ix_search_entries_newest")
    return not is_table and not (kind == "index" and name in own)


def loosen(connection) -> None:
    """Lets SQLite put a table anew in the place of one that others point to.

    Before the transaction begins, for inside one it would not listen.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")


def tighten(connection) -> None:
    """Refuses what points to nothing, and has SQLite watch again."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        lost = raw.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise SystemExit(f"Rows point to nothing after the migration: {lost[:5]}")
        raw.execute("PRAGMA foreign_keys = ON")


def run() -> None:
    """Migrates in one transaction, where the database can."""
    with db.engine.connect() as connection:
        loosen(connection)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
            include_name=include_name,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        tighten(connection)


run()
