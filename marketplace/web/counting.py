"""Where requests are counted: in this process, or for all processes in the database.

Two stores of the library `limits`, by the names `process://` and `database://`.
"""

import time
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from limits.storage import Storage
from sqlalchemy import ColumnElement, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.clock import now
from marketplace.foundation.database import Base, apart, db
from marketplace.foundation.tokens import hash_of

# The same statement, but each dialect has its own word for it.
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
PRUNE_SECONDS = 60


class RateCount(Base):
    """How many requests came so far by one key; who that is stands here as a hash."""

    __tablename__ = "rate_counts"

    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class ProcessCounts(Storage):
    """Counts that cost next to nothing and end with the process."""

    STORAGE_SCHEME = ["process"]  # noqa: RUF012 - the library's word

    def __init__(self, _uri: str | None = None) -> None:
        super().__init__()
        self._counts: dict[str, tuple[int, float]] = {}
        self._lock, self._prune_at = Lock(), 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts on; a key whose time is over begins anew."""
        present = time.time()
        with self._lock:
            if present >= self._prune_at:
                self._prune(present)
            count, ends = self._counts.get(key, (0, 0.0))
            if ends <= present:
                count, ends = 0, present + expiry
            self._counts[key] = (count + amount, ends)
        return count + amount

    def get(self, key: str) -> int:
        count, ends = self._counts.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            count = len(self._counts)
            self._counts = {}
        return count

    def clear(self, key: str) -> None:
        self._counts.pop(key, None)

    def _prune(self, present: float) -> None:
        """Forgets who has not come for a while, so that the store stays small."""
        self._counts = {k: v for k, v in self._counts.items() if v[1] > present}
        self._prune_at = present + PRUNE_SECONDS


class DatabaseCounts(Storage):
    """Counts that all processes share and a restart does not wipe."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - the library's word

    def __init__(self, _uri: str | None = None) -> None:
        super().__init__()

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts on, in a transaction of its own; of two at once both are counted."""
        at = now()
        ends = at + timedelta(seconds=expiry)
        is_over = RateCount.ends_at <= at
        insert = INSERTS[db.engine.dialect.name](RateCount).values(
            key_hash=hash_of(key), count=amount, ends_at=ends
        )
        upsert = insert.on_conflict_do_update(
            index_elements=[RateCount.key_hash],
            set_={
                "count": case((is_over, amount), else_=RateCount.count + amount),
                "ends_at": case((is_over, ends), else_=RateCount.ends_at),
            },
        ).returning(RateCount.count)
        with apart() as connection:
            return int(connection.execute(upsert).scalar_one())

    def get(self, key: str) -> int:
        row = self._row(key)
        return row[0] if row and row[1] > now() else 0

    def get_expiry(self, key: str) -> float:
        row = self._row(key)
        return (row[1] if row else now()).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with apart() as connection:
            return int(connection.execute(delete(RateCount)).rowcount)

    def clear(self, key: str) -> None:
        with apart() as connection:
            connection.execute(delete(RateCount).where(_is_of(key)))

    def _row(self, key: str) -> tuple[int, datetime] | None:
        query = select(RateCount.count, RateCount.ends_at).where(_is_of(key))
        with db.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return (row[0], row[1]) if row else None


def _is_of(key: str) -> ColumnElement[bool]:
    return RateCount.key_hash == hash_of(key)


def forget_old_counts(_payload: object = None) -> None:
    """Drops counts whose time is over; safe at any time."""
    db.session.execute(delete(RateCount).where(RateCount.ends_at <= now()))
