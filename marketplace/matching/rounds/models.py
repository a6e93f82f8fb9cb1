from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.models import Application
from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import Criterion, RoundScope, RoundState
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.schools.models import School
from marketplace.postings.internships.models import Period
from marketplace.region.labour.enums import Basis


class Round(Public, Base):
    """One lottery for many places; its public id is the code the hashes bind."""

    __tablename__ = "rounds"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", "opens_before_it_closes"),
        CheckConstraint(
            "(scope = 'school') = (school_id IS NOT NULL)", "a_school_for_a_school"
        ),
        CheckConstraint(
            "(scope = 'district') = (district_ags IS NOT NULL)", "a_district_for_one"
        ),
        Index(None, "state", "closes_at"),
    )

    title: Mapped[str] = mapped_column(String(80))
    scope: Mapped[RoundScope]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    district_ags: Mapped[str | None] = mapped_column(String(5))
    # On what ground the placements of this round are made.
    basis: Mapped[Basis]
    rule: Mapped[Rule]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # A draw by others after closing that is mixed in, as named in advance; its result.
    beacon_name: Mapped[str] = mapped_column(String(160), default="")
    beacon: Mapped[str] = mapped_column(String(160), default="")
    # 32 random bytes as hex; told once the result is public.
    seed: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    commit_hash: Mapped[str | None] = mapped_column(String(64))
    # Hashes that no longer hold, each with the reason and its day.
    past_commits: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    lists_hash: Mapped[str | None] = mapped_column(String(64))
    late_lists_hash: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[RoundState] = mapped_column(default=RoundState.DRAFT)
    # Since when everybody may read of it; the hash stands from here on.
    announced_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    # Until when a place has to be confirmed; then comes the late run.
    confirm_until: Mapped[datetime | None]
    # The places as they were at closing, and at the late run, packed like the lists.
    seats_row: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    late_seats_row: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # What came of it in numbers, by rule, and of the late run; stays for ever.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column()

    school: Mapped[School | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RoundSeat(Base):
    """Some places of one period of an internship, and what its company ticked."""

    __tablename__ = "round_seats"
    __table_args__ = (
        UniqueConstraint("round_id", "seat_no"),
        UniqueConstraint("round_id", "period_id"),
        CheckConstraint("capacity BETWEEN 1 AND 500", "capacity"),
        CheckConstraint("minimum BETWEEN 1 AND capacity", "minimum"),
        CheckConstraint("km IN (10, 25, 50)", "km"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    seat_no: Mapped[int]
    period_id: Mapped[int] = mapped_column(
        ForeignKey("periods.id", ondelete="CASCADE"), index=True
    )
    capacity: Mapped[int]
    minimum: Mapped[int | None]
    criteria: Mapped[frozenset[Criterion]] = mapped_column(
        SetOf(Criterion), default=frozenset()
    )
    # How near, where distance is ticked.
    km: Mapped[int | None]
    entered_at: Mapped[datetime]

    round: Mapped[Round] = relationship()
    period: Mapped[Period] = relationship()


class RoundEntry(Public, Base):
    """That a pupil takes part; the public id is the code her lot is drawn from."""

    __tablename__ = "round_entries"
    __table_args__ = (UniqueConstraint("round_id", "pupil_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    pupil_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    joined_at: Mapped[datetime]
    class_level: Mapped[int]
    # When she can come; empty never counts as a match.
    free_from: Mapped[date | None]
    free_to: Mapped[date | None]
    # The code of somebody she would like to be near; it counts if both name each other.
    friend_code: Mapped[str] = mapped_column(String(10), default="")
    guardian_name: Mapped[str] = mapped_column(String(120), default="")
    guardian_email: Mapped[str] = mapped_column(String(254), default="", index=True)
    guardian_phone: Mapped[str | None] = mapped_column(EncryptedText)
    # The other guardian, where the office asks for two; without an address on paper.
    second_guardian_name: Mapped[str] = mapped_column(String(120), default="")
    second_guardian_email: Mapped[str] = mapped_column(
        String(254), default="", index=True
    )
    # How many guardians must say yes to a company; settled on joining.
    guardians_asked: Mapped[int] = mapped_column(default=1)
    # Days of voluntary internships in this year that are not known here.
    holiday_days_used: Mapped[int] = mapped_column(default=0)
    # When the list was last saved, and when a guardian was last asked about it.
    saved_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    # Where she asked from, as a hash, for a day: see the signals of self-approval.
    asked_from_hash: Mapped[str | None] = mapped_column(String(64))
    # What became of her result: the application, or why there is none.
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id", ondelete="SET NULL"), index=True
    )
    told_run: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(300), default="")

    round: Mapped[Round] = relationship()
    pupil: Mapped[User] = relationship()
    application: Mapped[Application | None] = relationship()
    wishes: Mapped[list["RoundWish"]] = relationship(
        back_populates="entry",
        cascade="all, delete-orphan",
        order_by="RoundWish.tier, RoundWish.pos, RoundWish.id",
    )
    consents: Mapped[list["RoundConsent"]] = relationship(
        back_populates="entry", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """Addresses of entries carry no words."""
        return ""


class RoundWish(Base):
    """One wish; equal tier is equally liked, `pos` orders within."""

    __tablename__ = "round_wishes"
    __table_args__ = (
        UniqueConstraint("entry_id", "seat_id"),
        CheckConstraint("tier BETWEEN 1 AND 999", "tier"),
    )

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("round_entries.id", ondelete="CASCADE")
    )
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("round_seats.id", ondelete="CASCADE"), index=True
    )
    tier: Mapped[int]
    pos: Mapped[int]

    entry: Mapped[RoundEntry] = relationship(back_populates="wishes")
    seat: Mapped[RoundSeat] = relationship()


class RoundConsent(Base):
    """What a guardian said to one company on the list of a pupil."""

    __tablename__ = "round_consents"
    __table_args__ = (UniqueConstraint("entry_id", "organisation_id", "guardian_no"),)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("round_entries.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    # Whose word it is: of the first or of the second guardian that was named.
    guardian_no: Mapped[int] = mapped_column(default=1)
    is_granted: Mapped[bool]
    # Signals of a self-approval: it counts once the office has let it pass.
    is_held: Mapped[bool] = mapped_column(default=False)
    way: Mapped[ApprovalWay]
    at: Mapped[datetime]
    guardian_name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(254), default="")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    # On paper: the day that stands there.
    signed_on: Mapped[date | None]
    text_version: Mapped[str] = mapped_column(String(20))

    entry: Mapped[RoundEntry] = relationship(back_populates="consents")
    organisation: Mapped[Organisation] = relationship()


class RoundList(Base):
    """What one pupil wished and told, as it was frozen; packed, without her name."""

    __tablename__ = "round_lists"
    __table_args__ = (UniqueConstraint("round_id", "run", "pupil_code"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    run: Mapped[int]
    pupil_code: Mapped[str] = mapped_column(String(10))
    row: Mapped[bytes] = mapped_column(LargeBinary)


class RoundResult(Base):
    """The seat that a run gave a pupil, or none; and her lot among all."""

    __tablename__ = "round_results"
    __table_args__ = (UniqueConstraint("round_id", "run", "pupil_code"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    run: Mapped[int]
    pupil_code: Mapped[str] = mapped_column(String(10))
    seat_no: Mapped[int | None]
    # The group of her list that was reached; 0 without a seat.
    tier: Mapped[int]
    lot_rank: Mapped[int]
    # Her place on the waiting list of each seat she wished: "3:12 5:4"; without a seat.
    waiting: Mapped[str | None] = mapped_column(Text)


class RoundOutcome(Base):
    """What a run left of one seat, in numbers; stays as statistics."""

    __tablename__ = "round_outcomes"
    __table_args__ = (UniqueConstraint("round_id", "run", "seat_no"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    run: Mapped[int]
    seat_no: Mapped[int]
    # How many places there were, how many wished one, how many came; where it was
    # closed for want of people, how many would have come.
    capacity: Mapped[int]
    minimum: Mapped[int]
    wish_count: Mapped[int]
    held_count: Mapped[int]
    is_closed: Mapped[bool]
    # Of the last who came: how many criteria she did not meet, and her lot. Empty
    # while a place is free.
    cutoff_missed: Mapped[int | None]
    cutoff_lot: Mapped[int | None]
