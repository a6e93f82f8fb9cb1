from collections.abc import Iterator
from datetime import date, datetime

import holidays
from sqlalchemy import delete, insert, select

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.models import CalendarRow
from marketplace.region.calendar.queries import row_of
from marketplace.region.calendar.tables import Span, shipped_holidays
from marketplace.region.places.enums import FederalState

YEARS = range(2026, 2032)
SOURCE = "Kultusministerkonferenz, Ferienregelung"
LAW = "Feiertagsgesetze der Länder"


def seed_calendar(*, at: datetime) -> None:
    """Puts the days in that the product ships; those that are known stay."""
    known = set(
        db.session.execute(
            select(CalendarRow.state, CalendarRow.name, CalendarRow.starts_on)
        ).tuples()
    )
    rows = [
        _row(span, source, day_of(at))
        for span, source in _shipped()
        if (span.state, span.name, span.starts_on) not in known
    ]
    if rows:
        db.session.execute(insert(CalendarRow), rows)


def put_calendar_row(span: Span, *, source: str, at: datetime) -> str:
    """Takes a row over from an authority; its year's shipped ones of that name go.

    Says "created", "updated" or "unchanged".
    """
    row = row_of(span.state, span.name, span.starts_on)
    if row is None:
        _drop_shipped(span)
        values = _row(span, source, day_of(at)) | {"is_imported": True}
        db.session.add(CalendarRow(**values))
        return "created"
    if (row.ends_on, row.kind, row.is_imported) == (span.ends_on, span.kind, True):
        return "unchanged"
    row.ends_on, row.kind, row.is_imported = span.ends_on, span.kind, True
    row.source, row.as_of = source, day_of(at)
    return "updated"


def _drop_shipped(span: Span) -> None:
    """Clears what the product ships where it overlaps under the same kind."""
    db.session.execute(
        delete(CalendarRow).where(
            CalendarRow.state == span.state,
            CalendarRow.kind == span.kind,
            CalendarRow.is_imported.is_(False),
            CalendarRow.starts_on <= span.ends_on,
            CalendarRow.ends_on >= span.starts_on,
        )
    )


def _shipped() -> Iterator[tuple[Span, str]]:
    for span in shipped_holidays():
        yield span, SOURCE
    for state in FederalState:
        days = holidays.Germany(subdiv=state.value, years=YEARS, language="de")
        for day, name in sorted(days.items()):
            yield Span(state, DayKind.PUBLIC_HOLIDAY, name, day, day), LAW


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
