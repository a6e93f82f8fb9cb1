from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.introductions.enums import (
    DeclineCode,
    FirstWord,
    IntroductionState,
    Proposer,
    Side,
)
from marketplace.foundation.columns import (
    PUBLIC_ID_LENGTH,
    Public,
    SetOf,
    stored_as,
)
from marketplace.foundation.database import Base
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind

_LIVE = "state IN ('open','half')"


class Introduction(Public, Base):
    """That a provider with one offer and a company with one site meet."""

    __tablename__ = "introductions"
    __table_args__ = (
        Index(
            "uq_introductions_live",
            "provider_id",
            "company_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index(None, "state", "due_at"),
    )

    provider_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    # Those asked together, to cover one list of needs, share it; drawn when they are.
    bundle_id: Mapped[str | None] = mapped_column(String(PUBLIC_ID_LENGTH), index=True)
    # Who asked; a click in the Monday letter counts as asking, and is marked.
    proposed_by: Mapped[Side]
    is_from_digest: Mapped[bool] = mapped_column(default=False)
    state: Mapped[IntroductionState]
    created_at: Mapped[datetime]
    provider_ok_at: Mapped[datetime | None]
    company_ok_at: Mapped[datetime | None]
    # The end of the day by which the silent sides answer.
    due_at: Mapped[datetime]
    reminded_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    decline_side: Mapped[Side | None] = mapped_column(stored_as("decline_side", Side))
    decline_code: Mapped[DeclineCode | None]
    # What the field named by the code held then, hashed: whether it changed since.
    declined_over: Mapped[str] = mapped_column(String(64), default="")
    # At which place of the list the partner stood, and the reasons of both sides then,
    # in words of each language and in numbers.
    list_rank: Mapped[int | None]
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    weights_version: Mapped[str] = mapped_column(String(32), default="")
    # What the asking side says with it: chosen sentences, and a few words of its own.
    first_words: Mapped[frozenset[FirstWord]] = mapped_column(
        SetOf(FirstWord), default=frozenset()
    )
    message: Mapped[str] = mapped_column(String(300), default="")
    # Why the office brought together whom the rules would have kept apart.
    override_reason: Mapped[str] = mapped_column(String(200), default="")
    # Since when the office should follow up; empty: it need not.
    todo_at: Mapped[datetime | None] = mapped_column(index=True)
    # Of the partnership that follows: when it was arranged, until then it takes
    # capacity; when it was over, until then the pair is not brought together again.
    arranged_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    provider: Mapped[Organisation] = relationship(foreign_keys=provider_id)
    company: Mapped[Organisation] = relationship(foreign_keys=company_id)
    offer: Mapped[Offer] = relationship()
    site: Mapped[Site] = relationship()
    lines: Mapped[list["IntroductionLine"]] = relationship(
        cascade="all, delete-orphan", order_by="IntroductionLine.id"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Addresses of introductions carry no words."""
        return ""

    @property
    def proposer(self) -> Proposer:
        """Where it came from, as it is evaluated."""
        if self.is_from_digest:
            return Proposer.DIGEST
        if self.proposed_by is Side.COORDINATION:
            return Proposer.COORDINATOR
        return Proposer(self.proposed_by.value)


class PairedLines:
    """The columns of a need line and a give line that come together."""

    # Empty once the line was taken out of its posting.
    need_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("need_lines.id", ondelete="SET NULL"), index=True
    )
    give_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("give_lines.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[LineKind]
    item: Mapped[str] = mapped_column(String(40), default="")
    # How much of the give goes into the need, in the base unit of the kind and over all
    # half days; empty where it is open.
    quantity: Mapped[int | None]


class IntroductionLine(PairedLines, Base):
    """A need line and the give line that would serve it, as the list had them."""

    __tablename__ = "introduction_lines"
    __table_args__ = (CheckConstraint("quantity > 0", "quantity_is_positive"),)

    introduction_id: Mapped[int] = mapped_column(
        ForeignKey("introductions.id"), index=True
    )


class IntroductionRelease(Base):
    """That the contact of one side was opened to the other; two, in one instant."""

    __tablename__ = "introduction_releases"
    __table_args__ = (UniqueConstraint("introduction_id", "side"),)

    introduction_id: Mapped[int] = mapped_column(ForeignKey("introductions.id"))
    # Whose contact.
    side: Mapped[Side]
    released_at: Mapped[datetime]


class IntroductionEvent(Base):
    """One line of the broker log; it is written once and never changed."""

    __tablename__ = "introduction_events"

    introduction_id: Mapped[int] = mapped_column(
        ForeignKey("introductions.id"), index=True
    )
    at: Mapped[datetime]
    # As whom somebody acted; persons are not kept.
    side: Mapped[Side]
    event: Mapped[str] = mapped_column(String(40))
    # A coded reason, or which letter.
    code: Mapped[str] = mapped_column(String(40), default="")
    # Of a letter: to which side, and by what the outbox knows how it fared.
    to_side: Mapped[Side | None] = mapped_column(stored_as("to_side", Side))
    message_id: Mapped[str] = mapped_column(String(64), default="")


class Unwanted(Base):
    """That an organisation does not want another as partner; that one never learns.

    It goes when one of the two closes.
    """

    __tablename__ = "unwanted_partners"
    __table_args__ = (
        UniqueConstraint("organisation_id", "other_id"),
        CheckConstraint("organisation_id <> other_id", "are_two"),
    )

    # Who does not want, and whom.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    since_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(foreign_keys=organisation_id)
    other: Mapped[Organisation] = relationship(foreign_keys=other_id)


# The database itself refuses to change a row of the log.
_ON_CHANGE = (
    "CREATE TRIGGER introduction_events_stay BEFORE UPDATE ON introduction_events"
)
_SQLITE = "BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END"
_FUNCTION = (
    "CREATE FUNCTION introduction_events_stay() RETURNS trigger AS $$ BEGIN"
    " RAISE EXCEPTION 'a log is never changed'; END $$ LANGUAGE plpgsql"
)
_POSTGRESQL = "FOR EACH ROW EXECUTE FUNCTION introduction_events_stay()"
STAY = {
    "sqlite": [f"{_ON_CHANGE} {_SQLITE}"],
    "postgresql": [_FUNCTION, f"{_ON_CHANGE} {_POSTGRESQL}"],
}


@event.listens_for(IntroductionEvent.__table__, "after_create")
def _let_rows_stay(_table: Any, connection: Connection, **_rest: Any) -> None:
    for statement in STAY[connection.dialect.name]:
        connection.execute(text(statement))
