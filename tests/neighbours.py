"""Somebody else who writes whenever the database lets her."""

import sqlite3
from contextlib import contextmanager

from sqlalchemy import event

from marketplace.foundation.database import db


@contextmanager
def busy_neighbour():
    """After each statement another connection commits, unless ours holds the lock.

    Whatever reads first and goes on to write in the same transaction is refused then:
    what it read is not the newest any more.
    """
    path = str(db.engine.url.database)
    neighbour = sqlite3.connect(path, timeout=0, isolation_level=None)
    written = [0]

    def write(*_statement):
        try:
            neighbour.execute(f"PRAGMA user_version = {written[0] + 1}")
        except sqlite3.OperationalError:
            return
        written[0] += 1

    db.session.rollback()
    event.listen(db.engine, "after_cursor_execute", write)
    try:
        yield written
    finally:
        event.remove(db.engine, "after_cursor_execute", write)
        neighbour.close()
