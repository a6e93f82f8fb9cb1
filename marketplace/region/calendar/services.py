from collections.abc import Iterator
from datetime import date, datetime

from holidays import country_holidays
from sqlalchemy import delete, insert, select

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import Base, db
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.models import CalendarRow, LocalHoliday
from marketplace.region.calendar.queries import (
    local_holiday_of,
    row_of,
    shipped_rows_near,
    span_of,
)
from marketplace.region.calendar.rules import replaces
from marketplace.region.calendar.tables import Span, shipped_holidays
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.audit.services import record

# The years of the shipped school holidays, and the one after them.
YEARS = range(2026, 2032)
LAW = "Feiertagsgesetze der Länder"


def seed_calendar(*, at: datetime) -> None:
    """Puts in the days that the product ships, and takes out what it no longer does.

    Rows of an import stay, and what they replace does not come back.
    """
    rows = db.session.scalars(select(CalendarRow)).all()
    imported = [span_of(row) for row in rows if row.is_imported]
    wanted = {
        span: _row(span, source, as_of)
        for span, source, as_of in _shipped(day_of(at))
        if not any(replaces(theirs, span) for theirs in imported)
    }
    shipped = {span_of(row): row.id for row in rows if not row.is_imported}
    gone = [number for span, number in shipped.items() if span not in wanted]
    db.session.execute(delete(CalendarRow).where(CalendarRow.id.in_(gone)))
    new = [row for span, row in wanted.items() if span not in shipped]
    if new:
        db.session.execute(insert(CalendarRow), new)


def put_calendar_row(span: Span, *, source: str, at: datetime) -> str:
    """Takes a row over from an authority; the shipped ones that it replaces go.

    Known by state, name and first day. Says "created", "updated" or "unchanged".
    """
    row = row_of(span.state, span.name, span.starts_on)
    if row is not None and row.is_imported and span_of(row) == span:
        return "unchanged"
    for ours in shipped_rows_near(span):
        if ours is not row and replaces(span, span_of(ours)):
            db.session.delete(ours)
    if row is None:
        values = _row(span, source, day_of(at)) | {"is_imported": True}
        db.session.add(CalendarRow(**values))
        return "created"
    row.ends_on, row.kind, row.is_imported = span.ends_on, span.kind, True
    row.source, row.as_of = source, day_of(at)
    return "updated"


def put_local_holiday(
    place_name: str, day: date, *, actor: Base | None = None, at: datetime
) -> None:
    """Notes that a day is a public holiday in one municipality (U7)."""
    if local_holiday_of(place_name, day) is None:
        row = LocalHoliday(place_name=place_name, day=day)
        db.session.add(row)
        db.session.flush()  # the record needs its id
        record("local_holiday.entered", row, actor=actor, at=at)


def remove_local_holiday(
    row: LocalHoliday, *, actor: Base | None, at: datetime
) -> None:
    """Takes the holiday of a municipality back."""
    record("local_holiday.removed", row, actor=actor, at=at)
    db.session.delete(row)


def _shipped(seeded_on: date) -> Iterator[tuple[Span, str, date]]:
    """Every shipped span, with its source and the day of the source."""
    yield from shipped_holidays()
    for state in FederalState:
        # The category "catholic" is left out: Corpus Christi is a local matter.
        days = country_holidays("DE", subdiv=state.value, years=YEARS, language="de")
        for day, name in sorted(days.items()):
            yield Span(state, DayKind.PUBLIC_HOLIDAY, name, day, day), LAW, seeded_on


def _row(span: Span, source: str, as_of: date) -> dict[str, object]:
    return {
        "state": span.state,
        "kind": span.kind,
        "name": span.name,
        "starts_on": span.starts_on,
        "ends_on": span.ends_on,
        "source": source,
        "as_of": as_of,
        "is_imported": False,
    }
