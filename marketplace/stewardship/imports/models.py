from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User
from marketplace.stewardship.imports.enums import (
    HeldReason,
    HeldState,
    ImportKind,
    UploadState,
)
from marketplace.upkeep.files.models import StoredFile


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


class Upload(Public, Base):
    """A file that somebody gave on the desk, on its way into the house."""

    __tablename__ = "uploads"
    __table_args__ = (Index(None, "state", "uploaded_at"),)

    kind: Mapped[ImportKind]
    state: Mapped[UploadState] = mapped_column(default=UploadState.CHOSEN)
    file_name: Mapped[str] = mapped_column(String(200))
    # Gone once its rows lie in the database.
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_files.id"), unique=True
    )
    source: Mapped[str] = mapped_column(String(400), default="")
    licence: Mapped[str] = mapped_column(String(120), default="")
    # In whose language is said what becomes of its rows.
    locale: Mapped[str] = mapped_column(String(10), default="de")
    # Heading and field, as a person chose; an empty field is left out.
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    # The first rows and what would become of them.
    preview: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # The other sheets of the file, which are not read.
    others: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Why nothing of it was taken over, if so.
    refusal: Mapped[str] = mapped_column(Text, default="")
    row_count: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    uploaded_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    run_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_runs.id"), unique=True
    )

    file: Mapped[StoredFile | None] = relationship(StoredFile)
    run: Mapped[ImportRun | None] = relationship(ImportRun)
    uploaded_by: Mapped[User] = relationship(User)


class UploadRow(Base):
    """A row of an upload that waits to be taken over, or was rejected."""

    __tablename__ = "upload_rows"
    __table_args__ = (UniqueConstraint("upload_id", "line"),)

    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"))
    line: Mapped[int]
    cells: Mapped[list[str]] = mapped_column(JSON)
    # Why it was rejected; empty while it waits.
    reason: Mapped[str] = mapped_column(Text, default="")
    # How often the program failed at it.
    try_count: Mapped[int] = mapped_column(default=0)
