from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.encounters.messages.enums import Circle, Phrase, Speaker, Thing
from marketplace.foundation.columns import SetOf
from marketplace.foundation.database import Base


class Conversation(Base):
    """How things stand between the people of one application; it goes with it."""

    __tablename__ = "conversations"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), unique=True
    )
    # Nothing more is said with the pupil; by the guardian: with nobody at home.
    stopped_by_pupil_at: Mapped[datetime | None]
    stopped_by_guardian_at: Mapped[datetime | None]
    # The last message each side has marked as read.
    pupil_seen_id: Mapped[int] = mapped_column(default=0)
    guardian_seen_id: Mapped[int] = mapped_column(default=0)
    company_seen_id: Mapped[int] = mapped_column(default=0)


class Message(Base):
    """One thing that was said. What an adult says to a pupil has no words of its own.

    Day, times, place, person and things fill the gaps of the phrase. They are copies,
    since a posting may change and what was said stays.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index(None, "application_id", "id"),
        CheckConstraint(
            "speaker <> 'company' OR circle <> 'pupil' OR words = ''",
            "no_free_words_to_a_pupil",
        ),
        CheckConstraint("phrase IS NOT NULL OR words <> ''", "says_something"),
    )

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE")
    )
    circle: Mapped[Circle]
    speaker: Mapped[Speaker]
    # Empty for a guardian who came by the link of a letter.
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL")
    )
    phrase: Mapped[Phrase | None]
    words: Mapped[str] = mapped_column(Text, default="")
    day: Mapped[date | None]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    person: Mapped[str] = mapped_column(String(200), default="")
    things: Mapped[frozenset[Thing]] = mapped_column(SetOf(Thing), default=frozenset())
    said_at: Mapped[datetime]


class Reading(Base):
    """That somebody of the office read along, and why."""

    __tablename__ = "message_readings"
    __table_args__ = (Index(None, "application_id", "reader_id", "at"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE")
    )
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
