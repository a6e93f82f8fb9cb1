"""The boundary cases of the rules for minors, each with the answer it must get.

Unless said otherwise: place of work in the school's state, no exception of a branch,
08:00 to 16:00 with a break at noon, a school event is confirmed, no days used.
"""

from datetime import UTC, date, datetime

import pytest

from marketplace.region.labour.enums import Branch, Danger
from marketplace.region.labour.rules import (
    age_on,
    approval_needed,
    is_recent_certificate,
    may_consent,
)
from marketplace.region.labour.services.planning import drop_bad_days, planned_days
from tests.region.labour.plans import (
    CALENDAR,
    IN_2026,
    SN,
    ST,
    TH,
    M,
    S,
    V,
    day,
    days,
    example,
)

BAKERY, HOSPITAL = {"branch": Branch.BAKERY}, {"branch": Branch.HOSPITAL}
HOSPITALITY = {"branch": Branch.HOSPITALITY}
BUILDING_SITE = {"branch": Branch.BUILDING_SITE}
EASTER_MONDAY_OFF = {"left_out": (date(2027, 3, 29),)}
FOUR_LONG = ["8:30"] * 4


def on_13_july(says, hours, breaks=None, **options):
    plan = day("2027-07-13", hours, breaks)
    return example(says, V, ST, 10, "2010-11-11", plan, **options)


def early_or_late(says, born, level, on, hours, **options):
    return example(says, V, SN, level, born, day(on, hours), **options)


def breaks(says, pauses):
    return on_13_july(says, "08:00-16:00", pauses)


def in_dresden(says, on, basis=V, **options):
    return example(says, basis, SN, 10, "2010-10-05", on, **options)


def on_local_holiday(says, school, on, born="2011-11-30", **options):
    return example(says, S, school, 9, born, on, **options)


def on_eve(says, on, hours, **options):
    plan = day(on, hours, "12:00-12:30")
    return example(says, V, SN, 9, "2011-06-01", plan, **options)


def after_days(says, school, used, on):
    options = {"days_used": {2027: used}, "level_on": IN_2026}
    return example(says, V, school, 9, "2011-09-09", on, **options)


def at_school_time(says, school, level, on, *, is_released=False):
    return example(says, V, school, level, "2010-10-05", on, is_released=is_released)


def in_winter_holidays(says, school, on, *, is_named):
    options = {"is_named_by_school": is_named}
    return example(says, S, school, 9, "2012-01-15", on, **options)


def adult(says, plan):
    return example(says, V, ST, 12, "2008-11-24", plan)


CASES = {
    "01a": example("under_13", S, TH, 7, "2014-03-03", "2027-03-02"),
    "01b": example(None, S, TH, 7, "2014-03-03", "2027-03-03"),
    "01c": example(None, S, TH, 7, "2014-03-03", "2027-03-04"),
    "02a": example("voluntary_under_15", V, SN, 9, "2012-02-10", "2027-02-09"),
    "02b": example(None, V, SN, 9, "2012-02-10", "2027-02-10"),
    "02c": example(None, V, SN, 9, "2012-02-10", "2027-02-11"),
    "02d": example(
        *("voluntary_under_15", V, SN, 9, "2012-02-10"),
        days("2027-02-08", *["7:00"] * 5),
    ),
    "02e": example(*(None, V, SN, 9, "2012-02-10"), days("2027-02-10", *["7:00"] * 3)),
    "03a": example(
        *("school_unconfirmed", S, SN, 8, "2013-05-04", "2027-03-09"),
        is_confirmed=False,
    ),
    "03b": example(None, S, SN, 8, "2013-05-04", "2027-03-09"),
    "03c": example("voluntary_under_15", V, SN, 8, "2013-05-04", "2027-02-09"),
    "03d": example("voluntary_under_15", V, SN, 10, "2012-12-01", "2027-07-13"),
    "04a": example(None, S, ST, 9, "2012-01-20", days("2027-03-08", *["7:00"] * 5)),
    "04b": example(
        *("day_too_long", S, ST, 9, "2012-01-20"),
        days("2027-03-08", *["7:00"] * 4, "7:01"),
    ),
    "04c": example(
        *("day_too_long", S, ST, 9, "2012-01-20"),
        days("2027-03-08", "7:30", "6:30", *["7:00"] * 3),
    ),
    "05a": in_dresden("day_too_long", day("2027-03-08", "7:30"), S),
    "05b": in_dresden(None, day("2027-03-08", "8:00"), S, is_raised=True),
    "05c": in_dresden("day_too_long", day("2027-03-08", "8:01"), S, is_raised=True),
    "05d": example(None, S, TH, 10, "2010-10-05", day("2027-03-08", "7:00")),
    "05e": example(
        *("day_too_long", S, TH, 10, "2010-10-05", day("2027-03-08", "7:30")),
        is_raised=True,
    ),
    "06a": example(None, V, ST, 10, "2010-11-11", days("2027-07-12", *["8:00"] * 5)),
    "06b": example(
        *("day_too_long", V, ST, 10, "2010-11-11"),
        days("2027-07-12", "8:01", *["8:00"] * 4),
    ),
    "06c": example(
        None, V, ST, 10, "2010-11-11", days("2027-07-12", *FOUR_LONG, "6:00")
    ),
    "06d": example(
        *("week_too_long", V, ST, 10, "2010-11-11"),
        days("2027-07-12", *FOUR_LONG, "6:01"),
    ),
    "07a": example(
        *(None, V, SN, 9, "2011-12-01", days("2027-03-30", *["8:00"] * 4)),
        **EASTER_MONDAY_OFF,
    ),
    "07b": example(
        *(None, V, SN, 9, "2011-12-01", days("2027-03-30", *FOUR_LONG[1:], "6:30")),
        **EASTER_MONDAY_OFF,
    ),
    "07c": example(
        *("week_too_long", V, SN, 9, "2011-12-01"),
        days("2027-03-30", *FOUR_LONG[1:], "6:31"),
        **EASTER_MONDAY_OFF,
    ),
    "08a": early_or_late("outside_hours", "2012-01-15", 9, "2027-07-13", "05:59-13:00"),
    "08b": early_or_late(None, "2012-01-15", 9, "2027-07-13", "06:00-13:00"),
    "08c": early_or_late(None, "2012-01-15", 9, "2027-07-13", "13:00-20:00"),
    "08d": early_or_late("outside_hours", "2012-01-15", 9, "2027-07-13", "13:00-20:01"),
    "09a": early_or_late(
        "outside_hours", "2011-07-14", 9, "2027-07-13", "05:00-12:00", **BAKERY
    ),
    "09b": early_or_late(None, "2011-07-14", 9, "2027-07-14", "05:00-12:00", **BAKERY),
    "09c": early_or_late(
        "outside_hours", "2011-07-14", 9, "2027-07-14", "04:59-12:00", **BAKERY
    ),
    "09d": early_or_late(
        "outside_hours", "2010-07-14", 10, "2027-07-13", "04:00-11:00", **BAKERY
    ),
    "09e": early_or_late(None, "2010-07-14", 10, "2027-07-14", "04:00-11:00", **BAKERY),
    "09f": early_or_late(
        *("outside_hours", "2010-07-14", 10, "2027-07-14", "04:00-11:00"),
        branch=Branch.CONFECTIONER,
    ),
    "10a": early_or_late(
        "outside_hours", "2011-07-14", 9, "2027-07-13", "13:00-20:01", **HOSPITALITY
    ),
    "10b": early_or_late(
        None, "2011-07-14", 9, "2027-07-14", "14:00-22:00", **HOSPITALITY
    ),
    "10c": early_or_late(
        "outside_hours", "2011-07-14", 9, "2027-07-14", "14:00-22:01", **HOSPITALITY
    ),
    "10d": early_or_late(
        *(None, "2011-07-14", 9, "2027-07-14", "15:00-23:00"),
        **HOSPITALITY,
        is_multi_shift=True,
    ),
    "10e": in_dresden(None, day("2027-03-08", "13:00-20:00"), S, **HOSPITALITY),
    "10f": in_dresden(
        "outside_hours", day("2027-03-08", "13:00-20:30"), S, **HOSPITALITY
    ),
    "11a": on_13_july(None, "08:00-12:30", ""),
    "11b": on_13_july("break_missing", "08:00-12:31", ""),
    "11c": on_13_july("break_missing", "08:00-13:29", "11:00-11:29"),
    "11d": on_13_july(None, "08:00-13:30", "11:00-11:30"),
    "11e": on_13_july(None, "08:00-14:30", "11:00-11:30"),
    "11f": on_13_july("break_missing", "08:00-14:31", "11:00-11:30"),
    "11g": on_13_july("break_missing", "08:00-15:59", "11:00-11:59"),
    "11h": on_13_july(None, "08:00-16:00", "11:00-12:00"),
    "12a": breaks(None, "10:00-10:15 11:30-11:45 13:00-13:15 14:30-14:45"),
    "12b": breaks("break_missing", "10:00-10:30 12:00-12:20 14:00-14:10"),
    "12c": breaks(None, "12:30-13:30"),
    "12d": breaks("break_missing", "12:31-13:31"),
    "12e": breaks(None, "09:00-09:30 13:00-13:30"),
    "12f": breaks("break_missing", "08:59-09:29 13:00-13:30"),
    "12g": breaks("break_missing", "12:00-12:30 15:01-15:31"),
    "13a": on_13_july(None, "08:00-18:00", "11:00-12:30 14:30-16:00"),
    "13b": on_13_july("shift_too_long", "08:00-18:01", "11:00-12:31 14:30-16:00"),
    "13c": on_13_july(None, "08:00-19:00", "11:00-13:00 15:00-17:00", **BUILDING_SITE),
    "13d": on_13_july(
        "shift_too_long", "08:00-19:01", "11:00-13:01 15:00-17:00", **BUILDING_SITE
    ),
    "13e": example(
        *(None, V, ST, 10, "2010-11-11"),
        days("2027-07-12", "12:00-20:00", "08:00-16:00"),
    ),
    "13f": example(
        *("rest_too_short", V, ST, 10, "2010-11-11"),
        days("2027-07-12", "12:00-20:00", "07:59-16:00"),
    ),
    "14a": in_dresden("saturday", "2027-07-17"),
    "14b": in_dresden(None, days("2027-07-13", *["6:00"] * 5), **BAKERY),
    "14c": in_dresden("six_days", days("2027-07-12", *["6:00"] * 6), **BAKERY),
    "14d": in_dresden("not_a_school_day", "2027-03-13", S, branch=Branch.SHOP),
    "14e": in_dresden("sunday", "2027-07-25"),
    "14f": in_dresden(None, "2027-07-25", elsewhere=(day("2027-07-11"),), **HOSPITAL),
    "14g": in_dresden(
        *("sunday", "2027-07-25"),
        elsewhere=(day("2027-07-11"), day("2027-07-18")),
        **HOSPITAL,
    ),
    "15a": on_local_holiday(None, ST, "2026-11-18"),
    "15b": on_local_holiday("public_holiday", ST, "2026-11-18", at=SN),
    "15c": on_local_holiday("not_a_school_day", SN, "2026-11-18", at=ST),
    "15d": on_local_holiday("public_holiday", ST, "2027-01-06"),
    "15e": on_local_holiday(None, SN, "2027-01-06"),
    "15f": on_local_holiday(None, TH, "2027-01-06"),
    "15g": on_local_holiday(None, SN, "2027-05-27", work_place="Leipzig"),
    "15h": on_local_holiday("public_holiday", SN, "2027-05-27", work_place="Crostwitz"),
    "16a": on_local_holiday("public_holiday", TH, "2027-09-20", "2012-11-30"),
    "16b": on_local_holiday(None, SN, "2027-09-20", "2012-11-30"),
    "16c": on_local_holiday(None, ST, "2027-09-20", "2012-11-30"),
    "16d": on_local_holiday("not_a_school_day", TH, "2027-09-20", "2012-11-30", at=SN),
    "17a": example(
        *("public_holiday", V, SN, 10, "2010-12-01", "2026-10-31"), **BAKERY
    ),
    "17b": example(
        *("public_holiday", V, SN, 10, "2010-12-01", "2028-10-31"), level_on=IN_2026
    ),
    "17c": example(
        *(None, V, SN, 10, "2010-12-01", "2028-10-31"), level_on=IN_2026, **HOSPITAL
    ),
    "17d": example(
        *(None, V, SN, 10, "2010-12-01", "2027-03-29"), level_on=IN_2026, **HOSPITAL
    ),
    "17e": example(
        *("public_holiday", V, SN, 10, "2010-12-01", "2028-05-01"),
        level_on=IN_2026,
        **HOSPITAL,
    ),
    "18a": on_eve(None, "2026-12-24", "08:00-14:00"),
    "18b": on_eve("eve_after_14", "2026-12-24", "08:00-14:01"),
    "18c": on_eve("eve_after_14", "2026-12-24", "08:00-14:01", **HOSPITAL),
    "18d": on_eve("eve_after_14", "2026-12-31", "08:00-14:01"),
    "18e": example("public_holiday", V, SN, 9, "2011-06-01", "2026-12-25", **HOSPITAL),
    "18f": example(None, V, SN, 9, "2011-06-01", "2026-12-26", **HOSPITAL),
    "19a": example(None, V, TH, 9, "2012-01-15", "2027-03-22", at=SN),
    "19b": example("not_school_holidays", V, SN, 9, "2012-01-15", "2027-03-22", at=TH),
    "19c": example(None, V, SN, 9, "2012-01-15", "2027-03-30", at=TH),
    "20a": after_days(None, SN, 19, "2027-07-13"),
    "20b": after_days("holiday_days_used_up", SN, 20, "2027-07-13"),
    "20c": after_days("holiday_days_used_up", SN, 20, "2027-07-30"),
    "20d": after_days(None, SN, 20, "2027-08-02"),
    "20e": after_days("holiday_days_used_up", TH, 20, "2027-08-02"),
    "20f": after_days(None, TH, 20, "2028-02-07"),
    "21a": at_school_time("not_school_holidays", SN, 9, "2027-03-08", is_released=True),
    "21b": at_school_time("school_not_released", SN, 10, "2027-03-08"),
    "21c": at_school_time(None, SN, 10, "2027-03-08", is_released=True),
    "21d": at_school_time(
        "not_school_holidays", TH, 10, "2027-03-08", is_released=True
    ),
    "21e": at_school_time("not_school_holidays", SN, 9, "2027-05-07"),
    "21f": at_school_time(None, SN, 10, "2027-05-07"),
    "22a": in_winter_holidays("not_a_school_day", TH, "2027-02-02", is_named=True),
    "22b": in_winter_holidays("not_a_school_day", SN, "2027-02-09", is_named=False),
    "22c": in_winter_holidays(None, SN, "2027-02-09", is_named=True),
    "23a": example(None, S, TH, 8, "2013-04-01", "2027-04-29"),
    "23b": example("public_holiday", S, TH, 8, "2013-04-01", "2027-05-06"),
    "23c": example(None, S, TH, 8, "2013-04-01", "2027-05-13"),
    "24a": example(
        *("underground", V, ST, 11, "2010-02-01", "2027-07-13"),
        dangers=frozenset({Danger.UNDERGROUND}),
    ),
    "24b": example(
        *("dangerous", V, ST, 11, "2010-02-01", "2027-07-13"),
        dangers=frozenset({Danger.HAZARDOUS}),
    ),
    "24c": example(
        *(None, M, ST, 11, "2010-02-01", "2027-07-13"),
        dangers=frozenset({Danger.UNDERGROUND}),
    ),
    "24d": example(
        *(None, M, ST, 11, "2014-09-01", "2027-07-13"),
        dangers=frozenset({Danger.UNDERGROUND}),
    ),
    "24e": example(
        *("outside_hours", S, ST, 12, "2008-11-24"), day("2026-11-23", "13:00-20:30")
    ),
    "24f": example(None, S, ST, 12, "2008-11-24", day("2026-11-24", "13:00-20:30")),
    "25a": adult(None, day("2027-07-13", "8:00")),
    "25b": adult("adult_day_too_long", day("2027-07-13", "8:01")),
    "25c": adult("adult_rest_day", "2027-07-18"),
    "25d": adult("adult_break_missing", day("2027-07-13", "08:00-14:01", "")),
}


@pytest.mark.parametrize("case", CASES)
def test_boundary_case_gets_its_answer(case):
    assert CASES[case].reason() == CASES[case].says


def test_case_02d_names_the_first_bad_day():
    assert CASES["02d"].verdict().first.day == date(2027, 2, 8)


def test_case_23b_drops_out_and_the_series_stays():
    thursdays = [case.days[0] for case in map(CASES.get, ("23a", "23b", "23c"))]
    plan, worker = example(None, S, TH, 8, "2013-04-01", thursdays).plan_and_worker()

    series = drop_bad_days(plan, worker, CALENDAR)

    assert [left.day for left in series.plan.days] == [
        date(2027, 4, 29),
        date(2027, 5, 13),
    ]
    assert [(d.reason, d.day) for d in series.dropped] == [
        ("public_holiday", date(2027, 5, 6))
    ]
    assert series.verdict.findings == ()


AGES = {
    "26a": (date(2027, 2, 28), 14),
    "26b": (date(2027, 3, 1), 15),
    "26c": (date(2028, 2, 28), 15),
    "26d": (date(2028, 2, 29), 16),
}


@pytest.mark.parametrize("case", AGES)
def test_who_was_born_on_29_february_turns_older_in_time(case):
    on, age = AGES[case]

    assert age_on(date(2012, 2, 29), on) == age


BLOCKS = {
    "27a": (SN, SN, 9),
    "27b": (ST, ST, 10),
    "27c": (ST, SN, 9),
    "27d": (SN, ST, 9),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_block_leaves_out_public_holidays(case):
    school_state, work_state, count = BLOCKS[case]

    planned, _left_out = planned_days(
        date(2026, 11, 16),
        date(2026, 11, 27),
        basis=S,
        school_state=school_state,
        work_state=work_state,
        calendar=CALENDAR,
    )

    assert len(planned) == count


APPROVALS = {
    "28a": ("2008-11-24", datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), True),
    "28b": ("2008-11-24", datetime(2026, 11, 23, 23, tzinfo=UTC), False),
    "28e": ("2010-11-24", datetime(2026, 11, 24, 12, tzinfo=UTC), True),
}


@pytest.mark.parametrize("case", APPROVALS)
def test_approval_is_needed_until_midnight_of_the_18th_birthday(case):
    born, at, is_needed = APPROVALS[case]

    assert approval_needed(date.fromisoformat(born), at) is is_needed


CONSENTS = {
    "28c": (datetime(2026, 11, 23, 12, tzinfo=UTC), False),
    "28d": (datetime(2026, 11, 24, 12, tzinfo=UTC), True),
}


@pytest.mark.parametrize("case", CONSENTS)
def test_optional_consent_is_ones_own_from_16(case):
    at, is_own = CONSENTS[case]

    assert may_consent(date(2010, 11, 24), at) is is_own


SEEN = {"30f": (date(2026, 11, 23), True), "30g": (date(2026, 11, 24), False)}


@pytest.mark.parametrize("case", SEEN)
def test_a_certificate_is_good_for_three_months(case):
    seen_on, is_good = SEEN[case]

    assert is_recent_certificate(date(2026, 8, 23), seen_on) is is_good
