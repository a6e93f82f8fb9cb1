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


def run() -> None:
    """Migrates in one transaction, where the database can."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
