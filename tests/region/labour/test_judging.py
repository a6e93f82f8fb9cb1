"""What the boundary cases leave open: several companies, gaps, the office."""

from datetime import date

import pytest

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Branch, Danger, Reason
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.tables import Finding
from tests.region.labour.plans import (
    CALENDAR,
    IN_2026,
    SN,
    ST,
    TH,
    S,
    V,
    day,
    days,
    example,
)

HOSPITAL = {"branch": Branch.HOSPITAL}


def in_summer(*plan, **options):
    return example(None, V, SN, 10, "2010-10-05", list(plan), **options)


def reasons(case, **changes):
    return [(f.reason, f.day) for f in case.verdict(**changes).findings]


def test_all_reasons_are_told_the_first_of_the_order_first():
    case = in_summer(
        day("2027-07-17", "05:00-14:00", ""), dangers=frozenset({Danger.NOISE})
    )
    on = date(2027, 7, 17)

    assert reasons(case) == [
        ("dangerous", on),
        ("saturday", on),
        ("outside_hours", on),
        ("day_too_long", on),
        ("break_missing", on),
    ]


def test_a_finding_tells_what_would_be_allowed():
    case = in_summer(day("2027-07-13", "05:00-16:00", "09:00-10:00"))

    assert [(f.reason, f.allowed) for f in case.verdict().findings] == [
        ("outside_hours", (360, 1200)),
        ("day_too_long", (480,)),
        ("break_missing", (60,)),
        ("shift_too_long", (600,)),
    ]


def test_what_the_school_still_has_to_do_is_missing_and_refuses_nothing():
    verdict = example(
        *(None, S, SN, 8, "2013-05-04", day("2027-03-09", "7:30")), is_confirmed=False
    ).verdict()

    assert [f.reason for f in verdict.missing] == ["school_unconfirmed"]
    assert [f.reason for f in verdict.refusals] == ["day_too_long"]


# Several companies.


def test_hours_of_a_day_add_up_over_companies():
    here = in_summer(day("2027-07-13", "13:00-17:00", ""))
    there = day("2027-07-13", "08:00-12:00", "")

    assert here.reason(elsewhere=(there,)) is None
    longer = day("2027-07-13", "07:59-12:00", "")
    assert here.reason(elsewhere=(longer,)) == "day_too_long"


def test_hours_of_a_week_add_up_over_companies():
    here = in_summer(day("2027-07-16", "8:00"))
    there = tuple(days("2027-07-12", *["8:00"] * 4))

    assert here.reason(elsewhere=there) is None
    longer = tuple(days("2027-07-12", *["8:00"] * 3, "8:01"))
    assert reasons(here, elsewhere=longer) == [("week_too_long", date(2027, 7, 16))]


def test_the_sixth_day_of_a_week_may_be_elsewhere():
    here = in_summer(day("2027-07-12", "4:00"))
    there = tuple(days("2027-07-13", *["4:00"] * 5))

    assert reasons(here, elsewhere=there) == [("six_days", date(2027, 7, 12))]


def test_rest_is_needed_after_a_day_elsewhere():
    here = in_summer(day("2027-07-13", "07:59-12:00", ""))

    assert here.reason(elsewhere=(day("2027-07-12", "12:00-20:00"),)) == (
        "rest_too_short"
    )


def test_rest_is_needed_before_a_day_elsewhere():
    here = in_summer(day("2027-07-12", "12:00-20:00"))
    there = day("2027-07-13", "07:59-12:00", "")

    assert reasons(here, elsewhere=(there,)) == [("rest_too_short", date(2027, 7, 12))]


def test_days_elsewhere_are_not_judged_themselves():
    wrong = days("2027-07-19", "12:00-23:00", "04:00-20:00")

    assert in_summer(day("2027-07-13")).reason(elsewhere=tuple(wrong)) is None


def test_days_of_one_plan_count_towards_the_holiday_days():
    case = example(
        *(None, V, SN, 9, "2011-09-09", days("2027-07-12", *["8:00"] * 3)),
        days_used={2027: 18},
    )

    assert reasons(case) == [("holiday_days_used_up", date(2027, 7, 14))]


# Days.


def test_easter_sunday_is_never_worked():
    case = example(
        None, V, SN, 10, "2010-10-05", "2027-03-28", is_released=True, **HOSPITAL
    )

    assert case.reason() == "public_holiday"


def test_a_holiday_at_work_is_made_up_by_a_day_off_in_this_week_or_the_next():
    this_week = days("2028-10-30", *["8:00"] * 5)
    next_week = days("2028-11-06", *["8:00"] * 5)
    options = {"level_on": IN_2026, "is_released": True, **HOSPITAL}

    def reason(plan):
        return example(None, V, SN, 10, "2010-12-01", plan, **options).reason()

    assert reason(this_week + next_week) == "public_holiday"
    assert reason(this_week + next_week[1:]) is None
    assert reason(this_week[1:] + next_week) is None


def test_two_sundays_of_a_month_stay_free_within_one_plan():
    sundays = [day(on) for on in ("2027-07-11", "2027-07-18", "2027-07-25")]

    assert reasons(in_summer(*sundays, **HOSPITAL)) == [("sunday", date(2027, 7, 25))]


@pytest.mark.parametrize("on", ["2027-03-13", "2027-03-14"])
def test_a_weekend_is_no_school_day_in_any_branch(on):
    case = example(None, S, SN, 10, "2010-10-05", on, **HOSPITAL)

    assert reasons(case) == [("not_a_school_day", date.fromisoformat(on))]


def test_third_saturday_warns_and_refuses_nothing():
    saturdays = [day(on) for on in ("2027-07-17", "2027-07-24", "2027-07-31")]
    verdict = in_summer(
        *saturdays, branch=Branch.SHOP, elsewhere=(day("2027-07-10"),)
    ).verdict()

    assert verdict.findings == ()
    assert verdict.tight_saturdays == (date(2027, 7, 31),)


def test_a_movable_day_of_the_school_is_no_school_day():
    on = date(2027, 3, 8)

    assert reasons(
        example(None, S, SN, 8, "2013-05-04", str(on)), movable_days={on}
    ) == [("not_a_school_day", on)]


def test_a_movable_day_needs_no_release_and_is_no_holiday():
    on = "2027-03-08"
    free = {"movable_days": {date.fromisoformat(on)}}

    assert example(None, V, SN, 10, "2010-10-05", on).reason(**free) is None
    assert example(None, V, SN, 9, "2011-10-05", on).reason(**free) == (
        "not_school_holidays"
    )


def test_a_holiday_of_the_town_of_the_school_is_one_at_home():
    case = example(None, S, SN, 8, "2013-05-04", "2027-05-27")

    assert case.reason(school_place="Crostwitz") == "not_a_school_day"


def test_work_that_ends_before_it_begins_is_outside_the_hours():
    case = in_summer(day("2027-07-13", "16:00-08:00", ""))

    assert case.reason() == "outside_hours"


# The calendar.


@pytest.mark.parametrize(("basis", "level"), [(S, 9), (V, 9), (V, 10)])
def test_a_year_without_rows_is_unknown_and_not_without_holidays(basis, level):
    case = example(None, basis, SN, level, "2015-01-15", "2031-03-04")

    assert reasons(case) == [("calendar_missing", date(2031, 3, 4))]


def test_public_holidays_are_asked_where_the_work_is():
    known = tuple(s for s in CALENDAR.spans if s.state is SN or s.name != "Feiertag")
    case = example(None, S, SN, 9, "2012-01-15", "2027-03-09", at=TH)

    assert case.verdict(calendar=Calendar(known)).reason == "calendar_missing"


def test_an_adult_needs_public_holidays_alone():
    case = example(None, V, ST, 12, "2008-11-24", "2027-07-13")
    public = Calendar(tuple(s for s in CALENDAR.spans if s.name == "Feiertag"))

    assert case.verdict(calendar=public).reason is None
    assert case.verdict(calendar=Calendar(())).reason == "calendar_missing"


# The office.


def test_a_school_outside_the_region_goes_to_the_office():
    case = example(None, S, None, 9, "2012-01-15", "2027-03-09", at=SN)

    assert reasons(case) == [("office_decides", date(2027, 3, 9))]


def test_the_office_may_release_what_is_dangerous():
    case = in_summer(day("2027-07-13"), dangers=frozenset(Danger))

    assert reasons(case) == [
        ("underground", date(2027, 7, 13)),
        ("dangerous", date(2027, 7, 13)),
    ]
    assert case.reason(is_released_by_office=True) is None


def test_the_office_may_release_an_adult():
    plan = days("2027-07-17", "08:00-20:00", "04:00-16:00")
    case = example(None, V, ST, 12, "2008-11-24", plan)

    assert [reason for reason, _day in reasons(case)] == [
        *("adult_rest_day", "adult_day_too_long", "adult_day_too_long"),
        *("adult_break_missing", "adult_break_missing", "adult_rest_too_short"),
    ]
    assert case.reason(is_released_by_office=True) is None


# Adults.


def test_an_adult_has_no_more_than_six_hours_in_one_go():
    case = example(
        *(None, V, ST, 12, "2008-11-24"),
        day("2027-07-13", "08:00-16:00", "14:01-15:01"),
    )

    assert case.reason() == "adult_break_missing"


def test_an_adult_needs_45_minutes_above_nine_hours():
    case = example(
        *(None, V, ST, 12, "2008-11-24"),
        day("2027-07-13", "08:00-17:31", "12:00-12:30"),
    )

    assert [(f.reason, f.allowed) for f in case.verdict().findings] == [
        ("adult_day_too_long", (480,)),
        ("adult_break_missing", (45,)),
    ]


def test_the_law_for_minors_ends_within_a_plan():
    case = example(
        *(None, S, ST, 12, "2008-11-24"), days("2026-11-23", "7:30", "7:30", "7:30")
    )

    assert reasons(case) == [("day_too_long", date(2026, 11, 23))]


def test_a_plan_without_days_still_needs_the_school():
    plan, worker = example(
        None, S, SN, 8, "2013-05-04", "2027-03-09", is_confirmed=False
    ).plan_and_worker(days=())

    assert judge(plan, worker, CALENDAR).findings == (
        Finding(Reason.SCHOOL_UNCONFIRMED),
    )
