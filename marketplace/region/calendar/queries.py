from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, and_, or_, select

from marketplace.foundation.database import db
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.models import CalendarRow, LocalHoliday
from marketplace.region.calendar.tables import Calendar, Span
from marketplace.region.places.enums import FederalState

# The year around is asked for, too: whether it is known at all decides.
MARGIN = timedelta(days=366)
# What a span is made of; it is read too often for whole objects.
SPAN = (
    *(CalendarRow.state, CalendarRow.kind, CalendarRow.name),
    *(CalendarRow.starts_on, CalendarRow.ends_on),
)


def calendar_of(
    first: date, last: date, *, states: Collection[FederalState] = tuple(FederalState)
) -> Calendar:
    """The days between two dates, with a margin of a year, as plain values."""
    rows = db.session.execute(
        select(*SPAN).where(
            CalendarRow.state.in_(states),
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
        tuple(Span(*row) for row in rows),
        frozenset((place, day) for place, day in local),
    )


def school_holidays(
    state: FederalState | None, first: date, last: date
) -> Sequence[Span]:
    """The school holidays of a state that touch some days; none without a state."""
    if state is None:
        return []
    query = select(*SPAN).where(
        CalendarRow.state == state,
        CalendarRow.kind == DayKind.SCHOOL_HOLIDAY,
        CalendarRow.starts_on <= last,
        CalendarRow.ends_on >= first,
    )
    rows = db.session.execute(query.order_by(CalendarRow.starts_on, CalendarRow.id))
    return [Span(*row) for row in rows]


def rows_in(year: int) -> Sequence[CalendarRow]:
    """All holidays and free days that touch a year, in their order."""
    query = select(CalendarRow).where(
        CalendarRow.starts_on <= date(year, 12, 31),
        CalendarRow.ends_on >= date(year, 1, 1),
    )
    return db.session.scalars(
        query.order_by(CalendarRow.starts_on, CalendarRow.id)
    ).all()


def span_of(row: CalendarRow) -> Span:
    """A row as a plain value."""
    return Span(row.state, row.kind, row.name, row.starts_on, row.ends_on)


def row_of(state: FederalState, name: str, starts_on: date) -> CalendarRow | None:
    """The row of this state and name that begins on this day."""
    return db.session.scalar(
        select(CalendarRow).where(
            CalendarRow.state == state,
            CalendarRow.name == name,
            CalendarRow.starts_on == starts_on,
        )
    )


def shipped_rows_near(span: Span) -> list[CalendarRow]:
    """The shipped rows of a state that overlap a span, or have its name."""
    overlap = and_(
        CalendarRow.starts_on <= span.ends_on, CalendarRow.ends_on >= span.starts_on
    )
    query = select(CalendarRow).where(
        CalendarRow.state == span.state,
        CalendarRow.is_imported.is_(False),
        or_(overlap, CalendarRow.name == span.name),
    )
    return list(db.session.scalars(query))


def local_holiday_of(place_name: str, day: date) -> LocalHoliday | None:
    """The row that makes a day a holiday in one municipality."""
    return db.session.scalar(
        select(LocalHoliday).where(
            LocalHoliday.place_name == place_name, LocalHoliday.day == day
        )
    )


def local_holiday_by_id(number: int) -> LocalHoliday | None:
    """The holiday of a municipality with this number."""
    return db.session.get(LocalHoliday, number)


def local_holidays() -> Select[LocalHoliday]:
    """Every holiday of a single municipality."""
    return select(LocalHoliday)
