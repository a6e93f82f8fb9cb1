from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import (
    JSON,
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
from marketplace.foundation.secrecy import EncryptedText
from marketplace.postings.internships.enums import Shape
from marketplace.postings.lives.models import Posting
from marketplace.region.labour.enums import Basis, Branch, Danger
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import FIRST_GRADE, LAST_GRADE


class Internship(Posting, Base):
    """Days at a company or lab on which young people look into a trade.

    `description` says what they do there.
    """

    __tablename__ = "internships"
    kind = "internship"

    bases: Mapped[frozenset[Basis]] = mapped_column(SetOf(Basis), default=frozenset())
    shape: Mapped[Shape] = mapped_column(default=Shape.BLOCK)
    day_starts_at: Mapped[time | None]
    day_ends_at: Mapped[time | None]
    # Opens the exceptions of the law that this branch has.
    branch: Mapped[Branch] = mapped_column(default=Branch.NONE)
    is_multi_shift: Mapped[bool] = mapped_column(default=False)
    learn: Mapped[str] = mapped_column(Text, default="")
    grade_from: Mapped[int | None]
    grade_to: Mapped[int | None]
    minimum_age: Mapped[int | None]
    # From which age hours and tasks are lawful, never below what is asked for; empty
    # while that cannot be told.
    fits_from: Mapped[int | None]
    way_there: Mapped[str] = mapped_column(String(300), default="")
    bring: Mapped[str] = mapped_column(String(300), default="")
    papers: Mapped[str] = mapped_column(String(300), default="")
    pay: Mapped[str] = mapped_column(String(300), default="")
    insurer: Mapped[str] = mapped_column(String(300), default="")
    liability: Mapped[str] = mapped_column(String(300), default="")
    # What of §§ 22 to 24 JArbSchG is part of the work; one of them refuses.
    dangers: Mapped[frozenset[Danger]] = mapped_column(
        SetOf(Danger), default=frozenset()
    )
    risks_assessed_on: Mapped[date | None]
    # When dates, hours, tasks or ages last changed while it was public: who applied
    # before is told.
    terms_changed_at: Mapped[datetime | None]
    # What a hint says in its own words: for whom, when, how many, on what terms.
    audience_text: Mapped[str] = mapped_column(String(300), default="")
    period_text: Mapped[str] = mapped_column(String(300), default="")
    places_text: Mapped[str] = mapped_column(String(160), default="")
    terms_text: Mapped[str] = mapped_column(String(400), default="")

    breaks: Mapped[list["Break"]] = relationship(
        cascade="all, delete-orphan", order_by="Break.starts_at"
    )
    occupations: Mapped[list["Glimpse"]] = relationship(
        cascade="all, delete-orphan", order_by="Glimpse.line_no"
    )
    periods: Mapped[list["Period"]] = relationship(
        back_populates="internship",
        cascade="all, delete-orphan",
        order_by="Period.starts_on, Period.id",
    )
    supervisors: Mapped[list["Supervisor"]] = relationship(
        cascade="all, delete-orphan", order_by="Supervisor.id"
    )

    @property
    def grade_span(self) -> tuple[int, int]:
        """The first and the last class it takes."""
        return self.grade_from or FIRST_GRADE, self.grade_to or LAST_GRADE

    @property
    def youngest(self) -> int:
        """From which age one may come, 0 if that is not told."""
        return self.fits_from or 0

    @property
    def occupation_ids(self) -> list[int]:
        """The numbers of its occupations, in their order."""
        return [glimpse.occupation_id for glimpse in self.occupations]

    @occupation_ids.setter
    def occupation_ids(self, ids: Iterable[int]) -> None:
        """Keeps the rows that stay: new ones are written before old ones go."""
        known = {glimpse.occupation_id: glimpse for glimpse in self.occupations}
        chosen = list(dict.fromkeys(ids))
        self.occupations = [known.get(k) or Glimpse(occupation_id=k) for k in chosen]
        for line_no, glimpse in enumerate(self.occupations, start=1):
            glimpse.line_no = line_no


class Break(Base):
    """A pause of each day."""

    __tablename__ = "breaks"
    __table_args__ = (CheckConstraint("starts_at < ends_at", "in_order"),)

    internship_id: Mapped[int] = mapped_column(ForeignKey("internships.id"), index=True)
    starts_at: Mapped[time]
    ends_at: Mapped[time]


class Glimpse(Base):
    """That an internship gives a look into an occupation."""

    __tablename__ = "glimpses"
    __table_args__ = (UniqueConstraint("internship_id", "occupation_id"),)

    internship_id: Mapped[int] = mapped_column(ForeignKey("internships.id"))
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), index=True)
    line_no: Mapped[int]

    occupation: Mapped[Occupation] = relationship(lazy="joined", innerjoin=True)


class Period(Public, Base):
    """From when to when, and for how many; what a pupil applies for."""

    __tablename__ = "periods"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", "in_order"),
        CheckConstraint("place_count BETWEEN 1 AND 500", "place_count"),
        CheckConstraint("taken_count BETWEEN 0 AND place_count", "taken_count"),
        Index(None, "internship_id", "starts_on"),
        # What begins soonest is read in this order.
        Index(None, "starts_on", "internship_id"),
    )

    internship_id: Mapped[int] = mapped_column(ForeignKey("internships.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # The days of `single_days`, as ISO dates in order; else empty.
    days: Mapped[list[str]] = mapped_column(JSON, default=list)
    place_count: Mapped[int]
    # Places that are offered, confirmed or running.
    taken_count: Mapped[int] = mapped_column(default=0)
    apply_until: Mapped[date | None]
    # False once it was taken back: nobody applies any more, who did keeps it.
    is_open: Mapped[bool] = mapped_column(default=True)

    internship: Mapped[Internship] = relationship(back_populates="periods")

    @property
    def name(self) -> str:
        """Addresses of periods carry no words."""
        return ""

    @property
    def free_count(self) -> int:
        """How many places are left."""
        return self.place_count - self.taken_count


class Supervisor(Base):
    """Who looks after the young people on the spot."""

    __tablename__ = "supervisors"

    internship_id: Mapped[int] = mapped_column(ForeignKey("internships.id"), index=True)
    first_name: Mapped[str] = mapped_column(String(60))
    function: Mapped[str] = mapped_column(String(120))
    # For the office alone, as is the day of the declaration after § 25 JArbSchG.
    surname: Mapped[str | None] = mapped_column(EncryptedText)
    declared_on: Mapped[date | None]
