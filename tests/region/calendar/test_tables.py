from datetime import date
from itertools import pairwise

import pytest

from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.rules import may_be_local_holiday, replaces
from marketplace.region.calendar.tables import (
    Calendar,
    Span,
    kind_of_name,
    school_year_of,
    shipped_holidays,
)
from marketplace.region.places.enums import FederalState

SN, ST, TH = FederalState
HOLIDAY, FREE, PUBLIC = (
    DayKind.SCHOOL_HOLIDAY,
    DayKind.FREE_DAY,
    DayKind.PUBLIC_HOLIDAY,
)


def span(first, last=None, *, state=SN, kind=HOLIDAY, name="Winterferien"):
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return Span(state, kind, name, start, end)


WINTER = span("2027-02-08", "2027-02-19")
SUMMER = span("2027-07-10", "2027-08-20", name="Sommerferien")


@pytest.mark.parametrize(
    ("on", "is_holiday"),
    [("02-07", False), ("02-08", True), ("02-19", True), ("02-20", False)],
)
def test_both_ends_of_holidays_belong_to_them(on, is_holiday):
    calendar = Calendar((WINTER,))

    day = date.fromisoformat(f"2027-{on}")

    assert calendar.is_school_holiday(SN, day) is is_holiday
    assert calendar.is_school_holiday(ST, day) is False


def test_a_free_day_is_no_holiday():
    day = date(2027, 5, 7)
    calendar = Calendar((span("2027-05-07", kind=FREE, name="Schulfreier Tag"),))

    assert calendar.is_free_day(SN, day)
    assert not calendar.is_school_holiday(SN, day)
    assert calendar.names_of(SN, day, FREE) == ["Schulfreier Tag"]


def test_a_local_holiday_is_one_in_its_municipality_alone():
    day = date(2027, 5, 27)
    calendar = Calendar((), frozenset({("Crostwitz", day)}))

    assert calendar.is_public_holiday(SN, day, "Crostwitz")
    assert not calendar.is_public_holiday(SN, day, "Leipzig")
    assert not calendar.is_public_holiday(SN, day)


@pytest.mark.parametrize(
    ("on", "is_known"),
    [
        ("2026-07-31", False),
        ("2026-08-01", True),
        ("2027-07-31", True),
        # The last summer reaches into a school year without rows.
        ("2027-08-20", True),
        ("2027-08-21", False),
        ("2027-12-24", False),
    ],
)
def test_a_school_year_is_known_by_its_rows(on, is_known):
    calendar = Calendar((WINTER, SUMMER))

    assert calendar.knows_school_days(SN, date.fromisoformat(on)) is is_known
    assert calendar.knows_school_days(ST, date.fromisoformat(on)) is False


def test_free_days_alone_do_not_make_a_year_known():
    calendar = Calendar((span("2027-05-07", kind=FREE),))

    assert not calendar.knows_school_days(SN, date(2027, 5, 7))


@pytest.mark.parametrize(("year", "is_known"), [(2026, False), (2027, True)])
def test_public_holidays_are_known_by_calendar_year(year, is_known):
    calendar = Calendar((span("2027-01-01", kind=PUBLIC),))

    assert calendar.knows_public_holidays(SN, date(year, 12, 31)) is is_known


@pytest.mark.parametrize(
    ("on", "year"), [("2027-07-31", 2026), ("2027-08-01", 2027), ("2027-01-01", 2026)]
)
def test_school_year_begins_in_august(on, year):
    assert school_year_of(date.fromisoformat(on)) == year


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sommerferien", HOLIDAY),
        (" Osterferien ", HOLIDAY),
        ("Unterrichtsfreier Tag", FREE),
        ("Ferientag", FREE),
        ("Schulfreier Tag", FREE),
    ],
)
def test_names_tell_holidays_from_free_days(name, kind):
    assert kind_of_name(name) is kind


# What comes with the product.


@pytest.mark.parametrize("state", FederalState)
@pytest.mark.parametrize("year", range(2026, 2030))
def test_each_shipped_school_year_has_its_holidays(state, year):
    names = {
        found.name
        for found, _source, _as_of in shipped_holidays()
        if found.state is state and school_year_of(found.starts_on) == year
    }

    assert names >= {
        *("Herbstferien", "Weihnachtsferien", "Winterferien"),
        *("Osterferien", "Sommerferien"),
    }


def test_shipped_rows_reach_from_2026_to_the_summer_of_2030():
    shipped = [found for found, _source, _as_of in shipped_holidays()]

    assert len(shipped) == len(set(shipped)) == 93
    for state in FederalState:
        of_state = [found for found in shipped if found.state is state]
        assert min(found.ends_on for found in of_state).year == 2026
        assert max(found.ends_on for found in of_state) == date(2030, 8, 23)
        assert all(found.starts_on <= found.ends_on for found in of_state)


def test_shipped_rows_of_a_state_do_not_overlap():
    for state in FederalState:
        spans = [s for s, _source, _as_of in shipped_holidays() if s.state is state]
        ordered = sorted(spans, key=lambda s: s.starts_on)
        assert all(one.ends_on < other.starts_on for one, other in pairwise(ordered))


def test_shipped_rows_name_their_source_and_its_day():
    assert {(source, as_of) for _span, source, as_of in shipped_holidays()} == {
        ("Kultusministerkonferenz, Ferienregelung", date(2026, 11, 24))
    }


# What an authority overrides.


@pytest.mark.parametrize(
    ("theirs", "is_replaced"),
    [
        (span("2027-02-08", "2027-02-20"), True),
        (span("2027-02-19", "2027-02-28", name="Ferien"), True),
        (span("2027-02-10", kind=FREE, name="Frei"), True),
        # Moved within the year.
        (span("2027-03-01", "2027-03-06"), True),
        (span("2028-02-14", "2028-02-26"), False),
        (span("2027-03-01", "2027-03-06", name="Frühlingsferien"), False),
        (span("2027-02-08", "2027-02-19", state=TH), False),
        (span("2027-02-10", kind=PUBLIC), False),
    ],
)
def test_an_authority_replaces_what_it_says_otherwise(theirs, is_replaced):
    assert replaces(theirs, WINTER) is is_replaced


@pytest.mark.parametrize(
    ("district", "on", "may_be"),
    [
        ("14625", "2027-05-27", True),
        ("16061", "2028-06-15", True),
        ("14625", "2027-05-28", False),
        ("14713", "2027-05-27", False),
    ],
)
def test_corpus_christi_is_asked_for_where_it_is_local(district, on, may_be):
    assert may_be_local_holiday(district, date.fromisoformat(on)) is may_be
