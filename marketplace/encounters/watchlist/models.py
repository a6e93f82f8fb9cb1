from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship


class Bookmark(Base):
    """That a pupil has put an internship on her list."""

    __tablename__ = "bookmarks"
    __table_args__ = (UniqueConstraint("pupil_id", "internship_id"),)

    pupil_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    internship_id: Mapped[int] = mapped_column(
        ForeignKey("internships.id", ondelete="CASCADE"), index=True
    )
    kept_at: Mapped[datetime]

    internship: Mapped[Internship] = relationship()


class KeptEvent(Base):
    """That a person has put an event on her list."""

    __tablename__ = "kept_events"
    __table_args__ = (UniqueConstraint("user_id", "event_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    kept_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
