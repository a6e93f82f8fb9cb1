from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.accounts.models import User
from marketplace.people.schools.enums import DayKind, Rhythm
from marketplace.region.places.models import Located


class School(Public, Located, Base):
    """One school; `key` is its number in the list it was taken from."""

    __tablename__ = "schools"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[SchoolKind]
    # The kind in the words of the list.
    kind_text: Mapped[str] = mapped_column(String(160), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    # False for authorities and centres, which pupils cannot attend.
    is_selectable: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(String(300), default="")
    # Where letters go while nobody of the school has an account here.
    email: Mapped[str] = mapped_column(String(254), default="")
    # What stands behind the @ of its staff, and of nobody else; in lower case.
    mail_domain: Mapped[str] = mapped_column(String(120), default="")
    # That school events may last 8 hours a day and 40 a week from 15 on (U3).
    is_limit_raised: Mapped[bool] = mapped_column(default=False)
    # So many weeks before the first day the school wants the papers; empty: no wish.
    notice_weeks: Mapped[int | None]

    days: Mapped[list["SchoolDays"]] = relationship(
        cascade="all, delete-orphan", order_by="SchoolDays.starts_on, SchoolDays.id"
    )


class SchoolDays(Base):
    """Days that are other at one school than in its state: free, or in holidays."""

    __tablename__ = "school_days"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", "in_order"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    kind: Mapped[DayKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class SchoolStaff(Base):
    """That a person acts for a school."""

    __tablename__ = "school_staff"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)

    user: Mapped[User] = relationship()
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)


class StaffRequest(Base):
    """That a person says she works at a school; the office has not answered yet."""

    __tablename__ = "staff_requests"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    asked_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)


class SchoolClass(Public, Base):
    """A class in one school year; who knows its code may join."""

    __tablename__ = "school_classes"
    __table_args__ = (
        CheckConstraint("class_level BETWEEN 5 AND 13", "class_level"),
        Index(None, "school_id", "school_year"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str] = mapped_column(String(30))
    class_level: Mapped[int]
    # The year in which it begins.
    school_year: Mapped[int]
    # Shown to staff again and again, so it is kept; found by its hash.
    code: Mapped[str] = mapped_column(EncryptedText)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The last day of Vollzeitschulpflicht, where the school names another one (U1).
    full_time_ends_on: Mapped[date | None]
    # When those without a place were last reminded.
    reminded_at: Mapped[datetime | None]

    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)
    periods: Mapped[list["ClassPeriod"]] = relationship(
        back_populates="school_class",
        cascade="all, delete-orphan",
        order_by="ClassPeriod.starts_on, ClassPeriod.id",
    )
    members: Mapped[list["ClassMember"]] = relationship(
        back_populates="school_class", cascade="all, delete-orphan"
    )


class ClassPeriod(Base):
    """When a class is out in companies, as a school event."""

    __tablename__ = "class_periods"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", "in_order"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("school_classes.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    rhythm: Mapped[Rhythm]

    school_class: Mapped[SchoolClass] = relationship(back_populates="periods")


class ClassMember(Base):
    """That a pupil has joined a class; she is in one at a time."""

    __tablename__ = "class_members"

    class_id: Mapped[int] = mapped_column(ForeignKey("school_classes.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    joined_at: Mapped[datetime]

    user: Mapped[User] = relationship()
    school_class: Mapped[SchoolClass] = relationship(back_populates="members")
