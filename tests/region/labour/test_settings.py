"""What the law leaves open: each setting, changed once, changes what it should."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.services.planning import planned_days
from marketplace.region.labour.tables import HOUR, Limit, Settings
from tests.region.labour.plans import CALENDAR, SN, ST, TH, S, V, day, days, example
from tests.region.labour.test_cases import CASES

YOUNG_WEEK = example(None, V, SN, 10, "2012-12-01", days("2027-07-12", *["7:00"] * 5))
YOUNG_LONG = replace(YOUNG_WEEK, plan=days("2027-07-12", "7:01"))
LATE_BREAK = replace(
    CASES["12g"], plan=day("2027-07-13", "08:00-16:00", "10:00-10:30 14:45-15:15")
)
YOUNG = {"is_voluntary_under_15_allowed": True}
SATURDAY_IN_AN_OFFICE = replace(CASES["14d"], options={})

CHANGES = {
    "U1 ends full time a year earlier": (
        *(CASES["20b"], {"full_time_years": {SN: 8, ST: 8, TH: 9}}),
        *("holiday_days_used_up", None),
    ),
    "U2 lets a school event begin earlier": (
        *(CASES["01a"], {"school_event_min_age": 12}),
        *("under_13", None),
    ),
    "U2 lets a school event begin later": (
        *(CASES["03b"], {"school_event_min_age": 14}),
        *(None, "under_13"),
    ),
    "U3 allows longer days": (
        *(CASES["04b"], {"school_event_limit": Limit(8 * HOUR, 40 * HOUR)}),
        *("day_too_long", None),
    ),
    "U3 allows less in a week": (
        *(CASES["04a"], {"school_event_limit": Limit(7 * HOUR, 34 * HOUR)}),
        *(None, "week_too_long"),
    ),
    "U3 raises to less": (
        *(CASES["05b"], {"school_event_raised_limit": Limit(7 * HOUR, 35 * HOUR)}),
        *(None, "day_too_long"),
    ),
    "U4 allows light work": (YOUNG_WEEK, YOUNG, "voluntary_under_15", None),
    "U4 allows no more than light work": (
        *(YOUNG_LONG, YOUNG),
        *("voluntary_under_15", "day_too_long"),
    ),
    "U4 waits for the end of full time": (
        *(CASES["03c"], YOUNG),
        *("voluntary_under_15", "voluntary_under_15"),
    ),
    "U5 gives school events the hours of the branch": (
        *(CASES["10f"], {"is_school_event_early_late_allowed": True}),
        *("outside_hours", None),
    ),
    "U5 gives school events the weekends of the branch": (
        *(CASES["14d"], {"is_school_event_weekend_allowed": True}),
        *("not_a_school_day", None),
    ),
    "U5 gives no weekend to a branch without": (
        *(SATURDAY_IN_AN_OFFICE, {"is_school_event_weekend_allowed": True}),
        *("not_a_school_day", "saturday"),
    ),
    "U6 lets a school event be on a holiday at home": (
        *(CASES["15c"], {"is_school_event_on_home_holiday_allowed": True}),
        *("not_a_school_day", None),
    ),
    "U8 asks for no release": (
        *(CASES["21b"], {"is_release_needed_on_school_days": False}),
        *("school_not_released", None),
    ),
    "U9 makes a free day a holiday": (
        *(CASES["21e"], {"is_free_day_holiday": True}),
        *("not_school_holidays", None),
    ),
    "U10 opens the holidays of Thuringia": (
        *(CASES["22a"], {"school_event_in_holidays": frozenset({TH})}),
        *("not_a_school_day", None),
    ),
    "U10 closes the holidays of Saxony": (
        *(CASES["22c"], {"school_event_in_holidays": frozenset({TH})}),
        *(None, "not_a_school_day"),
    ),
    "U11 does not count the hours of a holiday": (
        *(CASES["07c"], {"are_holiday_hours_counted": False}),
        *("week_too_long", None),
    ),
    "U12 gives a day more": (
        *(CASES["20b"], {"voluntary_holiday_days": 21}),
        *("holiday_days_used_up", None),
    ),
    "U13 lets a break end late": (
        *(LATE_BREAK, {"must_break_be_over_before_end": False}),
        *("break_missing", None),
    ),
    "U14 allows adults longer days": (
        *(CASES["25b"], {"adult_limit": Limit(10 * HOUR, 48 * HOUR)}),
        *("adult_day_too_long", None),
    ),
    "U14 allows adults Sundays": (
        *(CASES["25c"], {"are_adult_rest_days_kept": False}),
        *("adult_rest_day", None),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_setting_changes_the_answer(name):
    case, change, before, after = CHANGES[name]

    assert case.reason() == before
    assert case.reason(settings=Settings(**change)) == after


def test_u6_leaves_holidays_at_home_in_a_block():
    planned, left_out = planned_days(
        date(2026, 11, 16),
        date(2026, 11, 27),
        basis=S,
        school_state=SN,
        work_state=ST,
        calendar=CALENDAR,
        settings=Settings(is_school_event_on_home_holiday_allowed=True),
    )

    assert (len(planned), left_out) == (10, ())


def test_u7_makes_a_day_a_holiday_of_one_municipality():
    without = Calendar(CALENDAR.spans)

    assert CASES["15h"].verdict(calendar=without).reason is None
    assert CASES["15h"].verdict(calendar=CALENDAR).reason == "public_holiday"


def test_u11_counts_the_planned_hours_of_a_holiday_where_they_are_known():
    eight, six = (day("2027-03-29", hours) for hours in ("8:00", "6:00"))

    assert CASES["07c"].reason(left_out=(eight,)) == "week_too_long"
    assert CASES["07c"].reason(left_out=(six,)) is None


def test_u11_counts_no_holiday_of_another_week():
    assert CASES["07c"].reason(left_out=(date(2027, 3, 26),)) is None


def test_u14_ends_a_week_of_longer_days_at_48_hours():
    longer = Settings(adult_limit=Limit(10 * HOUR, 48 * HOUR))

    def reason(*hours):
        plan = days("2027-07-12", *hours)
        return example(None, V, ST, 12, "2008-11-24", plan).reason(settings=longer)

    assert reason("10:00", *["8:00"] * 4, "6:00") is None
    assert reason("10:00", *["8:00"] * 4, "6:01") == "adult_day_too_long"


def test_u15_has_its_default():
    assert Settings().guardians_required == 1


def test_a_school_may_set_the_end_of_full_time_itself():
    assert CASES["20c"].reason(full_time_ends_on=date(2027, 7, 29)) is None
    assert CASES["20c"].reason(full_time_ends_on=date(2027, 7, 30)) == CASES["20c"].says


def test_full_time_still_runs_where_the_class_is_unknown():
    assert replace(CASES["21c"], level=None).reason() == "not_school_holidays"
