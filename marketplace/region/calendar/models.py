from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base
from marketplace.region.calendar.enums import DayKind
from marketplace.region.places.enums import FederalState


class CalendarRow(Base):
    """Some days of one state on which there is no school or no work."""

    __tablename__ = "calendar_rows"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", "in_order"),
        Index(None, "state", "name", "starts_on", unique=True),
    )

    state: Mapped[FederalState]
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date]
    is_imported: Mapped[bool] = mapped_column(default=False)


class LocalHoliday(Base):
    """A public holiday of one municipality alone (U7)."""

    __tablename__ = "local_holidays"
    __table_args__ = (Index(None, "place_name", "day", unique=True),)

    place_name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
