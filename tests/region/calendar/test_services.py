from collections import Counter
from datetime import date, timedelta

from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.models import CalendarRow, LocalHoliday
from marketplace.region.calendar.queries import calendar_of, row_of, span_of
from marketplace.region.calendar.services import (
    put_calendar_row,
    put_local_holiday,
    seed_calendar,
)
from marketplace.region.calendar.tables import Span
from marketplace.region.places.enums import FederalState
from tests.moments import NOON

SN, ST, TH = FederalState
LATER = NOON + timedelta(days=400)
SOURCE = "Land Sachsen, Bekanntmachung"


def span(first, last=None, *, kind=DayKind.SCHOOL_HOLIDAY, name="Winterferien"):
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return Span(SN, kind, name, start, end)


def rows():
    return db.session.scalars(select(CalendarRow).order_by(CalendarRow.id)).all()


def seed(at=NOON):
    with transaction():
        seed_calendar(at=at)


def put(one, at=LATER):
    with transaction():
        return put_calendar_row(one, source=SOURCE, at=at)


def told(row):
    return (span_of(row), row.source, row.as_of, row.is_imported)


def starts_of(name, year):
    return [
        row.starts_on.isoformat()
        for row in rows()
        if (row.state, row.name, row.starts_on.year) == (SN, name, year)
    ]


def test_seeding_puts_in_what_the_product_ships(app):
    with transaction():
        db.session.execute(delete(CalendarRow))
    seed()

    assert Counter(row.kind for row in rows()) == {
        DayKind.SCHOOL_HOLIDAY: 80,
        DayKind.FREE_DAY: 13,
        DayKind.PUBLIC_HOLIDAY: 198,
    }
    assert {row.is_imported for row in rows()} == {False}
    assert told(row_of(SN, "Winterferien", date(2027, 2, 8))) == (
        span("2027-02-08", "2027-02-19"),
        "Kultusministerkonferenz, Ferienregelung",
        date(2026, 11, 24),
        False,
    )


def test_public_holidays_are_those_of_each_state(app):
    seed()
    calendar = calendar_of(date(2026, 1, 1), date(2028, 12, 31))

    def states(*day):
        return [s for s in FederalState if calendar.is_public_holiday(s, date(*day))]

    assert states(2027, 1, 6) == [ST]
    assert states(2027, 9, 20) == [TH]
    assert states(2026, 11, 18) == [SN]
    assert states(2027, 5, 27) == []
    assert states(2027, 10, 31) == [SN, ST, TH]


def test_public_holidays_have_german_names(app):
    seed()

    row = row_of(SN, "Buß- und Bettag", date(2026, 11, 18))

    assert (row.kind, row.source) == (
        DayKind.PUBLIC_HOLIDAY,
        "Feiertagsgesetze der Länder",
    )


def test_seeding_again_changes_nothing(app):
    seed()
    before = [(row.id, *told(row)) for row in rows()]
    seed(at=LATER)

    assert [(row.id, *told(row)) for row in rows()] == before


def test_seeding_takes_out_what_is_no_longer_shipped(app):
    seed()
    with transaction():
        row_of(SN, "Winterferien", date(2027, 2, 8)).ends_on = date(2027, 2, 10)
    seed()

    assert starts_of("Winterferien", 2027) == ["2027-02-08"]
    row = row_of(SN, "Winterferien", date(2027, 2, 8))
    assert row.ends_on == date(2027, 2, 19)


def test_a_row_of_an_authority_overrides_the_shipped_one(app):
    seed()

    assert put(span("2027-02-08", "2027-02-20")) == "updated"
    assert told(row_of(SN, "Winterferien", date(2027, 2, 8))) == (
        span("2027-02-08", "2027-02-20"),
        SOURCE,
        date(2027, 12, 28),
        True,
    )


def test_the_same_row_again_is_unchanged(app):
    seed()
    put(span("2027-02-08", "2027-02-20"), at=NOON)

    assert put(span("2027-02-08", "2027-02-20")) == "unchanged"
    assert row_of(SN, "Winterferien", date(2027, 2, 8)).as_of == date(2026, 11, 23)


def test_an_authority_confirms_a_shipped_row_by_the_same_one(app):
    seed()

    assert put(span("2027-02-08", "2027-02-19")) == "updated"
    assert put(span("2027-02-08", "2027-02-19")) == "unchanged"


def test_an_authority_may_correct_itself(app):
    seed()
    put(span("2027-02-08", "2027-02-20"))

    assert put(span("2027-02-08", "2027-02-21")) == "updated"
    assert starts_of("Winterferien", 2027) == ["2027-02-08"]


def test_moved_holidays_replace_the_shipped_ones_for_good(app):
    seed()

    assert put(span("2027-02-15", "2027-02-26")) == "created"
    assert starts_of("Winterferien", 2027) == ["2027-02-15"]
    seed(at=LATER)
    assert starts_of("Winterferien", 2027) == ["2027-02-15"]
    assert starts_of("Winterferien", 2028) == ["2028-02-14"]


def test_a_public_holiday_of_an_authority_leaves_the_school_alone(app):
    seed()

    outcome = put(span("2027-02-10", kind=DayKind.PUBLIC_HOLIDAY, name="Festtag"))

    assert outcome == "created"
    calendar = calendar_of(date(2027, 2, 10), date(2027, 2, 10))
    assert calendar.is_public_holiday(SN, date(2027, 2, 10))
    assert calendar.is_school_holiday(SN, date(2027, 2, 10))


def test_a_local_holiday_is_noted_once(app):
    for _again in range(2):
        with transaction():
            put_local_holiday("Crostwitz", date(2027, 5, 27), at=NOON)

    [row] = db.session.scalars(select(LocalHoliday))
    assert (row.place_name, row.day) == ("Crostwitz", date(2027, 5, 27))
