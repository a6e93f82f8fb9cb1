from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.introductions.enums import DeclineCode
from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.matching.gaps.enums import (
    CallAnswer,
    GapEnd,
    GapReason,
    PupilSource,
)
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic

# Without a CHECK: the catalogue grows, and the table would be built anew each time.
UncheckedTopic = Enum(
    Topic,
    values_callable=lambda topics: [topic.value for topic in topics],
    native_enum=False,
    length=40,
)


class Gap(Base):
    """That in one quarter the best partners together did not cover a need line."""

    __tablename__ = "gaps"
    __table_args__ = (
        UniqueConstraint("need_line_id", "quarter"),
        CheckConstraint("missing BETWEEN 0 AND asked", "missing_is_a_part"),
        Index(None, "quarter", "district_ags"),
    )

    # "2026-Q4".
    quarter: Mapped[str] = mapped_column(String(7))
    district_ags: Mapped[str | None] = mapped_column(String(5))
    state_code: Mapped[FederalState | None]
    # The first of the topics in the order of the catalogue; each counts 1/k in sums.
    topic: Mapped[Topic | None] = mapped_column(UncheckedTopic)
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    audiences: Mapped[frozenset[Audience]] = mapped_column(
        SetOf(Audience), default=frozenset()
    )
    kind: Mapped[LineKind]
    item: Mapped[str] = mapped_column(String(40), default="")
    # Whose need it is; emptied after 24 months.
    need_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("need_lines.id", ondelete="SET NULL")
    )
    offer_id: Mapped[int | None] = mapped_column(
        ForeignKey("offers.id", ondelete="SET NULL"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="SET NULL"), index=True
    )
    # In the base unit of the kind; both empty where the quantity is open.
    asked: Mapped[int | None]
    missing: Mapped[int | None]
    # How much besides is asked for or being arranged; empty where nothing is, 0 where
    # its quantity is open.
    underway: Mapped[int | None]
    reason: Mapped[GapReason]
    # Of those who declined, what most of them said.
    decline_code: Mapped[DeclineCode | None]
    # To the nearest company that gives this, but too far away.
    nearest_km: Mapped[int | None]
    found_on: Mapped[date]
    seen_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by: Mapped[GapEnd | None]
    # As of which data it was counted.
    data_version: Mapped[str] = mapped_column(String(20))

    offer: Mapped[Offer | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class GapCell(Base):
    """A sum over the open gaps of a quarter; the job of the night writes it anew.

    Amounts are in thousandths, so that the shares of topics sum to the whole. A hidden
    cell keeps its numbers here and is handed out empty.
    """

    __tablename__ = "gap_cells"
    __table_args__ = (UniqueConstraint("quarter", "area", "topic", "kind"),)

    quarter: Mapped[str] = mapped_column(String(7))
    # A district (or "SN-", its state without one), a state, or empty for all.
    area: Mapped[str] = mapped_column(String(5))
    # Empty: all of them.
    topic: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    lines_pm: Mapped[int] = mapped_column(BigInteger)
    organisation_count: Mapped[int]
    # Empty where several kinds, and so several units, come together.
    asked_pm: Mapped[int | None] = mapped_column(BigInteger)
    missing_pm: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[GapReason]
    is_hidden: Mapped[bool]
    data_version: Mapped[str] = mapped_column(String(20))


class PupilGap(Base):
    """How many pupils found nothing in a quarter; numbers, and no more is kept.

    The jobs of the night write those of the quarter that runs anew; of a quarter that
    is over the last count stays, whatever becomes of rounds, searches and accounts.
    """

    __tablename__ = "pupil_gaps"
    __table_args__ = (UniqueConstraint("quarter", "source", "area", "topic"),)

    quarter: Mapped[str] = mapped_column(String(7))
    source: Mapped[PupilSource]
    # A district, "-" without one, or empty for all; only beside that a topic stands,
    # or "-" without one.
    area: Mapped[str] = mapped_column(String(5))
    topic: Mapped[str] = mapped_column(String(40))
    pupil_count: Mapped[int]
    school_count: Mapped[int]


class CallConsent(Base):
    """That an organisation agreed to be called when something is missing."""

    __tablename__ = "call_consents"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), unique=True
    )
    given_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    given_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()


class Call(Base):
    """A call of the office on companies, because of one gap."""

    __tablename__ = "gap_calls"

    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id"), index=True)
    # What the office wrote beside the facts.
    words: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    written_at: Mapped[datetime]

    gap: Mapped[Gap] = relationship()
    written_by: Mapped[User | None] = relationship()
    letters: Mapped[list["CallLetter"]] = relationship(
        back_populates="call", order_by="CallLetter.id"
    )


class CallLetter(Public, Base):
    """That one company was called, and what it answered."""

    __tablename__ = "gap_call_letters"
    __table_args__ = (UniqueConstraint("call_id", "organisation_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("gap_calls.id"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    sent_at: Mapped[datetime]
    answer: Mapped[CallAnswer] = mapped_column(default=CallAnswer.WAITING)
    answered_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship(back_populates="letters")
    organisation: Mapped[Organisation] = relationship()

    @property
    def name(self) -> str:
        """Addresses of letters carry no words."""
        return ""
