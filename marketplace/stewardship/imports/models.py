from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base
from marketplace.stewardship.imports.enums import HeldReason, HeldState, ImportKind


class ImportRun(Base):
    """That a file was read, and what became of its rows."""

    __tablename__ = "import_runs"
    __table_args__ = (Index(None, "started_at"),)

    kind: Mapped[ImportKind]
    file_name: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(400), default="")
    licence: Mapped[str] = mapped_column(String(120), default="")
    started_at: Mapped[datetime]
    read_count: Mapped[int] = mapped_column(default=0)
    created_count: Mapped[int] = mapped_column(default=0)
    updated_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    rejected_count: Mapped[int] = mapped_column(default=0)
    held_count: Mapped[int] = mapped_column(default=0)
    organisations_created_count: Mapped[int] = mapped_column(default=0)


class ImportedRow(Base):
    """What the last import wrote, so that the next one knows what people changed."""

    __tablename__ = "imported_rows"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index(None, "kind", "thing_id"),
    )

    kind: Mapped[ImportKind]
    # Of the row in its source: its own number, or a hash of what makes it one.
    key: Mapped[str] = mapped_column(String(200))
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    # Of the row as it stood in the file: the same again needs no second look.
    digest: Mapped[str] = mapped_column(String(64))
    thing_id: Mapped[int]
    # Column and value, as they were written into the thing.
    written: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What the source says now of columns that a person has edited since.
    differences: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class HeldRow(Base):
    """A row that a person has to decide about."""

    __tablename__ = "held_rows"
    __table_args__ = (
        UniqueConstraint("kind", "digest"),
        Index(None, "state", "id"),
    )

    kind: Mapped[ImportKind]
    digest: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    line: Mapped[int]
    # Field and text, as the file has them.
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[HeldReason]
    # The posting it is probably the same as.
    like_id: Mapped[int | None]
    # The ids of the places it may mean.
    place_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    state: Mapped[HeldState] = mapped_column(default=HeldState.WAITING)
    decided_at: Mapped[datetime | None]
