from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.takeovers.enums import (
    LaidState,
    TakeoverKind,
    TakeoverState,
)
from marketplace.upkeep.files.models import StoredFile


class Takeover(Public, Base):
    """A file that an organisation gave of its own entries."""

    __tablename__ = "takeovers"
    __table_args__ = (
        Index(None, "organisation_id", "given_at", "id"),
        Index(None, "state", "given_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    # Empty once her account is gone.
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[TakeoverState] = mapped_column(default=TakeoverState.READING)
    file_name: Mapped[str] = mapped_column(String(200))
    # What the rows of a table are; a calendar and JSON-LD tell it themselves.
    kind: Mapped[TakeoverKind]
    # Gone once it is taken over.
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_files.id"), unique=True
    )
    # In whose language is said what becomes of its entries.
    locale: Mapped[str] = mapped_column(String(10), default="de")
    # How many entries it has, and up to where they were looked at or taken over.
    entry_count: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    # How it is to be taken over: whether new entries are handed in, and by line what
    # those are that are probably there already.
    is_submitted: Mapped[bool] = mapped_column(default=False)
    fates: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # Each entry: line, title, what becomes or became of it, and why.
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # What earlier files of this name had and this one has not: kind, key, title, and
    # whether it can rest.
    vanished: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    given_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(Organisation)
    given_by: Mapped[User | None] = relationship(User)
    file: Mapped[StoredFile | None] = relationship(StoredFile)
    # How it came, where nobody gave it on a page.
    laid: Mapped["LaidFile | None"] = relationship(back_populates="takeover")


class LaidFile(Public, Base):
    """A file that lay in a watched folder, from first sight until it is laid aside.

    Written in the transaction that takes it over, so that a crash before the file is
    moved neither takes it twice nor forgets to move it.
    """

    __tablename__ = "laid_files"
    __table_args__ = (
        # One file of a name is underway in a folder.
        Index(
            None,
            "folder",
            "file_name",
            unique=True,
            sqlite_where=text("laid_aside_at IS NULL"),
            postgresql_where=text("laid_aside_at IS NULL"),
        ),
        Index(None, "organisation_id", "seen_at", "id"),
        Index(None, "seen_at", "id"),
    )

    # Where it lies on the machine of the worker; shown to nobody.
    folder: Mapped[str] = mapped_column(String(1000))
    file_name: Mapped[str] = mapped_column(String(255))
    # Empty where the folder is named after none.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[LaidState] = mapped_column(default=LaidState.WAITING)
    # As it was read: what is otherwise by now is another file.
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    # Why nothing of it was taken over, in one sentence.
    refusal: Mapped[str] = mapped_column(String(400), default="")
    # Where it goes, below its folder.
    aside: Mapped[str] = mapped_column(String(255), default="")
    takeover_id: Mapped[int | None] = mapped_column(
        ForeignKey("takeovers.id"), unique=True
    )
    seen_at: Mapped[datetime]
    laid_aside_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(Organisation)
    takeover: Mapped[Takeover | None] = relationship(back_populates="laid")


class TakenEntry(Base):
    """That an entry of a file became a posting, and what the file said of it.

    It names its posting without a foreign key, since there are several tables of
    them.
    """

    __tablename__ = "taken_entries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "key"),
        Index(None, "kind", "posting_key"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[TakeoverKind]
    # UID, @id or number of the row, as long as it is short; else a hash of it.
    key: Mapped[str] = mapped_column(String(200))
    # The public id of the posting.
    posting_key: Mapped[str] = mapped_column(String(10))
    file_name: Mapped[str] = mapped_column(String(200))
    # The same words again need no second look.
    digest: Mapped[str] = mapped_column(String(64))
    # Field and value as they were written; what people changed since stays theirs.
    written: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    taken_at: Mapped[datetime]
