from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base
from marketplace.matching.quality.enums import Figure


class QualityFigure(Base):
    """One figure of one month, as the last night of it found it."""

    __tablename__ = "quality_figures"
    __table_args__ = (UniqueConstraint("month", "figure"),)

    # "2026-11".
    month: Mapped[str] = mapped_column(String(7))
    figure: Mapped[Figure]
    # Empty where there is nothing to count.
    value: Mapped[float | None]
    # How many cases stand behind it.
    case_count: Mapped[int]
    measured_on: Mapped[date]
