from datetime import date, timedelta

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.region.calendar.models import CalendarRow, LocalHoliday
from marketplace.region.calendar.tables import Calendar, Span

# The year around is asked for, too: whether it is known at all decides.
MARGIN = timedelta(days=366)


def calendar_of(first: date, last: date) -> Calendar:
    """The days between two dates, with a margin of a year, as plain values."""
    rows = db.session.scalars(
        select(CalendarRow).where(
            CalendarRow.starts_on <= last + MARGIN,
            CalendarRow.ends_on >= first - MARGIN,
        )
    )
    local = db.session.execute(
        select(LocalHoliday.place_name, LocalHoliday.day).where(
            LocalHoliday.day.between(first - MARGIN, last + MARGIN)
        )
    )
    return Calendar(
        tuple(Span(r.state, r.kind, r.name, r.starts_on, r.ends_on) for r in rows),
        frozenset((place, day) for place, day in local),
    )


def row_of(state: str, name: str, starts_on: date) -> CalendarRow | None:
    """The row of this state and name that begins on this day."""
    return db.session.scalar(
        select(CalendarRow).where(
            CalendarRow.state == state,
            CalendarRow.name == name,
            CalendarRow.starts_on == starts_on,
        )
    )
