from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.enums import (
    ApplicationState,
    ApprovalWay,
    CancelCode,
    DeclineCode,
    HoldReason,
    Question,
)
from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis
from marketplace.region.topics.enums import Topic

_LIVE = "state IN ('draft','waiting','open','waitlisted','offered')"


# So many signs a company writes to the office when it declines.
WORDS_LENGTH = 300


class Application(Public, Base):
    """What one pupil sends for one period of one internship: at most twelve fields."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(None, "internship_id", "state"),
        Index(None, "pupil_id", "state"),
        Index(
            "uq_applications_live",
            "pupil_id",
            "period_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index("uq_applications_second_code_hash", "second_code_hash", unique=True),
        CheckConstraint("holiday_days_used BETWEEN 0 AND 60", "holiday_days_used"),
    )

    pupil_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    internship_id: Mapped[int] = mapped_column(ForeignKey("internships.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("periods.id"), index=True)
    basis: Mapped[Basis]
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.DRAFT)

    class_level: Mapped[int | None]
    school_kind: Mapped[SchoolKind | None]
    # Not for the company.
    school_name: Mapped[str] = mapped_column(String(160), default="")
    interests: Mapped[frozenset[Topic]] = mapped_column(
        SetOf(Topic), default=frozenset()
    )
    motivation: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[Question | None]
    guardian_name: Mapped[str] = mapped_column(String(120), default="")
    guardian_email: Mapped[str] = mapped_column(String(254), default="", index=True)
    guardian_phone: Mapped[str | None] = mapped_column(EncryptedText)
    # The other guardian, where the office asks for two; without an address on paper.
    second_guardian_name: Mapped[str] = mapped_column(String(120), default="")
    second_guardian_email: Mapped[str] = mapped_column(
        String(254), default="", index=True
    )
    # How many guardians must approve; settled on sending.
    guardians_asked: Mapped[int] = mapped_column(default=1)
    # Days of voluntary internships in this year, as the guardian knows them.
    holiday_days_used: Mapped[int] = mapped_column(default=0)
    is_withdrawing_others: Mapped[bool] = mapped_column(default=False)

    changed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    # Approved, but signals of a self-approval keep it with the office.
    is_held: Mapped[bool] = mapped_column(default=False)
    # Which signals those were; they stay once it is decided.
    held_for: Mapped[frozenset[HoldReason]] = mapped_column(
        SetOf(HoldReason), default=frozenset()
    )
    # When the company first could read it; its 14 days count from here.
    handed_over_at: Mapped[datetime | None]
    # Until when the next one has to act, by the state.
    due_at: Mapped[datetime | None]
    # Since when that clock stands, because the company or its posting is frozen.
    stopped_at: Mapped[datetime | None]
    # How many days it has stood before; they count for nobody.
    stood_days: Mapped[int] = mapped_column(default=0)
    # When the company said yes, no or maybe for the first time.
    answered_at: Mapped[datetime | None]
    reminded_count: Mapped[int] = mapped_column(default=0)
    # When the pupil asked a silent company, once and kindly.
    nudged_at: Mapped[datetime | None]
    # When the letters of the eve went: where, what to bring, whom to ask.
    eve_told_at: Mapped[datetime | None]
    decline_code: Mapped[DeclineCode | None]
    # What the company tells the office alone, where no other code fits.
    decline_words: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")
    cancel_code: Mapped[CancelCode | None]
    # For the sheet on paper: of the guardian's approval, of the school's confirmation.
    approval_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    school_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    second_code_hash: Mapped[str | None] = mapped_column(String(64))
    school_confirmed_at: Mapped[datetime | None]
    # That the school may see a voluntary one, too, as the pupil wishes (U8).
    is_shown_to_school: Mapped[bool] = mapped_column(default=False)
    # Which rule the promised place breaks by now, and since when that is known.
    breach: Mapped[str | None] = mapped_column(String(40))
    breached_at: Mapped[datetime | None] = mapped_column(index=True)
    # Who signed for the school, and on which day.
    school_signed_by: Mapped[str] = mapped_column(String(120), default="")
    school_signed_on: Mapped[date | None]
    # Where it was sent from, as a hash, for a day: see the signals of self-approval.
    sent_from_hash: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column()

    pupil: Mapped[User] = relationship()
    internship: Mapped[Internship] = relationship()
    period: Mapped[Period] = relationship()
    approvals: Mapped[list["Approval"]] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Addresses of applications carry no words."""
        return ""


class Approval(Base):
    """That a guardian said yes or no: who, when, how, to which text."""

    __tablename__ = "approvals"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id"), index=True
    )
    is_granted: Mapped[bool]
    # Whose word it is: of the first or of the second guardian that was named.
    guardian_no: Mapped[int] = mapped_column(default=1)
    way: Mapped[ApprovalWay]
    at: Mapped[datetime]
    guardian_name: Mapped[str] = mapped_column(String(120))
    # Empty for paper.
    address: Mapped[str] = mapped_column(String(254), default="")
    # The account it came from, or who saw the paper.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_on: Mapped[date | None]
    text_version: Mapped[str] = mapped_column(String(20))

    application: Mapped[Application] = relationship(back_populates="approvals")
