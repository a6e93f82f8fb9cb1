from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import Base


class Visit(Base):
    """On which day somebody of the school comes to see a pupil at her place."""

    __tablename__ = "visits"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), unique=True
    )
    visit_on: Mapped[date]
    noted_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
