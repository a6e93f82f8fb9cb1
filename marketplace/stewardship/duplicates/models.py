from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public
from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User
from marketplace.stewardship.duplicates.enums import PairState, Sign


class Pair(Public, Base):
    """Two postings of a kind that are probably one.

    It names them by their public ids, since there are several tables of them.
    """

    __tablename__ = "duplicate_pairs"
    __table_args__ = (
        UniqueConstraint("first_key", "second_key"),
        Index(None, "state", "id"),
        Index(None, "organisation_id", "state", "id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    # The older one first.
    first_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    second_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    # Whose they both are; empty where one is a hint of another name.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    sign: Mapped[Sign]
    state: Mapped[PairState] = mapped_column(default=PairState.WAITING)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Addresses of pairs carry no words."""
        return ""


class Merge(Public, Base):
    """That two postings became one, and what it takes to make them two again."""

    __tablename__ = "merges"
    __table_args__ = (
        Index(None, "merged_at", "id"),
        Index(None, "organisation_id", "merged_at", "id"),
    )

    # Empty once it is undone and one of both is over.
    pair_id: Mapped[int | None] = mapped_column(
        ForeignKey("duplicate_pairs.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    # Whose they both were; empty where one was a hint of another name.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    # Which of both stayed.
    survivor_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    other_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    # What the other one was called then.
    title: Mapped[str] = mapped_column(String(160))
    # The numbers of the rows that moved, and how the other one stood; emptied once it
    # is undone, or can be no more.
    journal: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Field by field what was replaced by words of the other, and by which.
    words: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    merged_at: Mapped[datetime]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    undone_at: Mapped[datetime | None]

    pair: Mapped[Pair | None] = relationship()
    merged_by: Mapped[User | None] = relationship(User, foreign_keys=merged_by_id)
    undone_by: Mapped[User | None] = relationship(User, foreign_keys=undone_by_id)

    @property
    def name(self) -> str:
        """Addresses of merges carry no words."""
        return ""
