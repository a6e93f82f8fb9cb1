from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction, PairedLines
from marketplace.encounters.partnerships.enums import (
    EndCode,
    Moment,
    PartnershipState,
    Renewal,
)
from marketplace.foundation.columns import Public, stored_as
from marketplace.foundation.database import Base
from marketplace.people.organisations.models import Organisation
from marketplace.postings.offers.models import NeedLine
from marketplace.postings.sponsorships.models import GiveLine

_RUNNING = "state IN ('arranging','active')"


class Partnership(Public, Base):
    """What a provider and a company agreed on; one at a time of an introduction."""

    __tablename__ = "partnerships"
    __table_args__ = (
        Index(
            "uq_partnerships_running",
            "introduction_id",
            unique=True,
            sqlite_where=text(_RUNNING),
            postgresql_where=text(_RUNNING),
        ),
        Index(None, "state", "valid_to"),
        CheckConstraint("valid_from <= valid_to", "days_are_in_order"),
        CheckConstraint("value_eur > 0", "value_is_positive"),
    )

    introduction_id: Mapped[int] = mapped_column(
        ForeignKey("introductions.id"), index=True
    )
    provider_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    state: Mapped[PartnershipState]
    created_at: Mapped[datetime]
    # By when both should have confirmed; then the office asks.
    due_at: Mapped[datetime]
    reminded_count: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    # The first day of the present term; later than `valid_from` once it was renewed.
    term_from: Mapped[date]
    # When it first takes place; a fortnight later both are asked how it went.
    first_on: Mapped[date | None]
    provider_ok_at: Mapped[datetime | None]
    company_ok_at: Mapped[datetime | None]
    active_at: Mapped[datetime | None]
    # What it is worth, for the public list, which shows it if both wish.
    value_eur: Mapped[int | None]
    is_shown_by_provider: Mapped[bool] = mapped_column(default=False)
    is_shown_by_company: Mapped[bool] = mapped_column(default=False)
    # Of a school: when the head teacher decided, and who that is.
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    renewal_asked_at: Mapped[datetime | None]
    provider_renewal: Mapped[Renewal | None] = mapped_column(
        stored_as("provider_renewal", Renewal)
    )
    company_renewal: Mapped[Renewal | None] = mapped_column(
        stored_as("company_renewal", Renewal)
    )
    # How many of the two letters that ask how it went have gone.
    asked_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    end_side: Mapped[Side | None]
    end_code: Mapped[EndCode | None]
    version: Mapped[int] = mapped_column()

    introduction: Mapped[Introduction] = relationship()
    provider: Mapped[Organisation] = relationship(foreign_keys=provider_id)
    company: Mapped[Organisation] = relationship(foreign_keys=company_id)
    lines: Mapped[list["PartnershipLine"]] = relationship(
        cascade="all, delete-orphan", order_by="PartnershipLine.id"
    )
    feedback: Mapped[list["PartnershipFeedback"]] = relationship(
        order_by="PartnershipFeedback.id", viewonly=True
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Addresses of partnerships carry no words."""
        return ""


class PartnershipLine(PairedLines, Base):
    """A need line and a give line, and how much of the one goes into the other."""

    __tablename__ = "partnership_lines"
    __table_args__ = (CheckConstraint("quantity > 0", "quantity_is_positive"),)

    partnership_id: Mapped[int] = mapped_column(
        ForeignKey("partnerships.id"), index=True
    )
    # What was taken out of both lines, to be given back at the end.
    need_taken: Mapped[int] = mapped_column(default=0)
    give_taken: Mapped[int] = mapped_column(default=0)

    need_line: Mapped[NeedLine | None] = relationship()
    give_line: Mapped[GiveLine | None] = relationship()


class PartnershipFeedback(Base):
    """How a side found it; never an input of any list."""

    __tablename__ = "partnership_feedback"
    __table_args__ = (
        UniqueConstraint("partnership_id", "side", "moment"),
        CheckConstraint("useful BETWEEN 1 AND 4", "useful_is_a_mark"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnerships.id"))
    side: Mapped[Side]
    moment: Mapped[Moment]
    took_place: Mapped[bool]
    # 1 not at all, 4 very.
    useful: Mapped[int]
    would_again: Mapped[bool]
    given_at: Mapped[datetime]
