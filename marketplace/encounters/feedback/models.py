from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.models import Application
from marketplace.encounters.feedback.enums import Asked
from marketplace.foundation.database import Base
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState


class Request(Base):
    """That a side was asked about a placement, and whether it has answered."""

    __tablename__ = "feedback_requests"
    __table_args__ = (
        UniqueConstraint("application_id", "side"),
        Index(None, "side", "is_answered"),
    )

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE")
    )
    side: Mapped[Asked]
    asked_at: Mapped[datetime]
    is_answered: Mapped[bool] = mapped_column(default=False)

    application: Mapped[Application] = relationship()


class Answer(Base):
    """How somebody found it: nothing in it leads to a person, a place or an hour."""

    __tablename__ = "feedback_answers"
    __table_args__ = (
        CheckConstraint("first BETWEEN 1 AND 4", "first_is_a_mark"),
        CheckConstraint("second BETWEEN 1 AND 4", "second_is_a_mark"),
        CheckConstraint("third BETWEEN 1 AND 4", "third_is_a_mark"),
        CheckConstraint("fourth BETWEEN 1 AND 4", "fourth_is_a_mark"),
        CheckConstraint("fifth BETWEEN 1 AND 4", "fifth_is_a_mark"),
        CheckConstraint("side = 'pupil' OR words = ''", "only_pupils_have_words"),
        Index(None, "side", "month"),
    )

    side: Mapped[Asked]
    state_code: Mapped[FederalState | None]
    basis: Mapped[Basis]
    # The first day of the month in which it was given.
    month: Mapped[date]
    first: Mapped[int]
    second: Mapped[int]
    third: Mapped[int]
    fourth: Mapped[int]
    # Only pupils are asked five things.
    fifth: Mapped[int | None]
    # For the office alone, and for twelve months at most.
    words: Mapped[str] = mapped_column(Text, default="")
