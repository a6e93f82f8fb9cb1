from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import Base
from marketplace.region.labour.enums import Basis


class Visit(Base):
    """On which day somebody of the school comes to see a pupil at her place."""

    __tablename__ = "visits"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), unique=True
    )
    visit_on: Mapped[date]
    noted_at: Mapped[datetime]

    application: Mapped[Application] = relationship()


class PastPlacement(Base):
    """How many placements of a school year ended so; no person stands behind it."""

    __tablename__ = "past_placements"
    __table_args__ = (UniqueConstraint("school_year", "basis", "state"),)

    # The year in which the school year began.
    school_year: Mapped[int]
    basis: Mapped[Basis]
    state: Mapped[ApplicationState]
    count: Mapped[int] = mapped_column(default=0)
