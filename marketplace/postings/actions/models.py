from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.text import source_name_of
from marketplace.people.accounts.models import User
from marketplace.postings.actions.enums import Standing
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic


class Action(Public, Base):
    """An idea with all that one needs to do it elsewhere."""

    __tablename__ = "actions"
    __table_args__ = (Index(None, "sort_title", "id"),)
    # Under which audit and search know it.
    kind = "action"

    title: Mapped[str] = mapped_column(String(160))
    # As it stands in alphabetical order.
    sort_title: Mapped[str] = mapped_column(String(160))
    # Who does it where it comes from.
    initiator: Mapped[str] = mapped_column(String(160), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    audiences: Mapped[frozenset[Audience]] = mapped_column(
        SetOf(Audience), default=frozenset()
    )
    effort_text: Mapped[str] = mapped_column(String(300), default="")
    cost_text: Mapped[str] = mapped_column(String(300), default="")
    # One thing a line.
    material: Mapped[str] = mapped_column(Text, default="")
    # What those who did it would tell the next.
    advice: Mapped[str] = mapped_column(Text, default="")
    # Who pays for it, and how: the column the ministries read.
    funding: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(400), default="")
    source_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    licence: Mapped[str] = mapped_column(String(120), default="")
    as_of: Mapped[date | None]
    as_of_text: Mapped[str] = mapped_column(String(40), default="")
    changed_at: Mapped[datetime]
    # Not so while the office writes it, and once it was withdrawn.
    is_public: Mapped[bool] = mapped_column(default=True)
    # Counts the changes, so that of two people at once the second one is told.
    version: Mapped[int] = mapped_column()

    existences: Mapped[list["Existence"]] = relationship(
        back_populates="action",
        cascade="all, delete-orphan",
        order_by="Existence.state",
        lazy="selectin",
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def source_name(self) -> str:
        """Where it comes from, short: of an address its host alone."""
        return source_name_of(self.source)


class Existence(Base):
    """Whether an action exists in one of the three states."""

    __tablename__ = "existences"
    __table_args__ = (
        UniqueConstraint("action_id", "state"),
        CheckConstraint(
            "standing = 'open' OR checked_on IS NOT NULL", "what_is_known_was_checked"
        ),
    )

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    state: Mapped[FederalState]
    standing: Mapped[Standing] = mapped_column(default=Standing.OPEN)
    checked_on: Mapped[date | None]
    # Empty where a source told it.
    checked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), index=True
    )
    # An address or a sentence: by what one knows.
    evidence: Mapped[str] = mapped_column(String(300), default="")

    action: Mapped[Action] = relationship(back_populates="existences")
    checked_by: Mapped[User | None] = relationship(User)
