from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base


class Job(Base):
    """One piece of work, waiting or done."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "done_at", "due_at"),)

    kind: Mapped[str] = mapped_column(String(64))
    # What is to be done only once has a name of its own.
    name: Mapped[str | None] = mapped_column(String(128), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    try_count: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]


class WorkerSign(Base):
    """That a worker was alive at an instant; one row."""

    __tablename__ = "worker_signs"

    seen_at: Mapped[datetime]
