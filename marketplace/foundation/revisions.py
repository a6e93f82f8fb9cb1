"""Which release of the tables a database has, and which one the program needs."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection


def revision_of(connection: Connection) -> str:
    """Gives the revision a database was migrated to; empty where it never was."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """Gives the revision that this release of the program works on."""
    return _head_of(f"{current_app.root_path}/migrations")


@cache
def _head_of(folder: str) -> str:
    return ScriptDirectory(folder).get_current_head() or ""
