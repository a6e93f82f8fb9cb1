from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.models import Application
from marketplace.encounters.attendances.enums import Contradiction, Presence
from marketplace.foundation.database import Base


class Attendance(Base):
    """What a company noted about one day, and what the pupil says against it."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("application_id", "day"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE")
    )
    day: Mapped[date]
    presence: Mapped[Presence]
    contradiction: Mapped[Contradiction | None]
    noted_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
