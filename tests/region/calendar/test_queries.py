from datetime import date

from marketplace.foundation.database import transaction
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.services import put_local_holiday, seed_calendar
from marketplace.region.places.enums import FederalState
from tests.moments import NOON

SN, ST, TH = FederalState
MONDAY = date(2027, 2, 8)


def test_calendar_reaches_a_year_around_the_days_asked_for(app):
    with transaction():
        seed_calendar(at=NOON)

    calendar = calendar_of(MONDAY, MONDAY)

    years = {span.starts_on.year for span in calendar.spans}
    assert years == {2026, 2027, 2028}
    assert calendar.knows_school_days(SN, MONDAY)


def test_calendar_of_some_states_knows_those_alone(app):
    with transaction():
        seed_calendar(at=NOON)

    calendar = calendar_of(MONDAY, MONDAY, states=[SN, TH])

    assert {span.state for span in calendar.spans} == {SN, TH}


def test_calendar_has_local_holidays(app):
    with transaction():
        put_local_holiday("Crostwitz", date(2027, 5, 27), at=NOON)

    calendar = calendar_of(date(2027, 5, 24), date(2027, 5, 28))

    assert calendar.local_holidays == {("Crostwitz", date(2027, 5, 27))}


def test_calendar_takes_two_queries_however_long(app, queries):
    with transaction():
        seed_calendar(at=NOON)
    queries.clear()

    calendar_of(MONDAY, MONDAY)
    assert len(queries) == 2
    calendar_of(date(2026, 1, 1), date(2030, 12, 31))
    assert len(queries) == 4
