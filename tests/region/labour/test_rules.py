from datetime import date

import pytest

from marketplace.region.labour.enums import Basis, Branch, Reason
from marketplace.region.labour.rules import (
    class_level_on,
    earliest_start,
    latest_end,
    needed_adult_break,
    needed_break,
    weekdays_in_month,
    youngest_age,
)
from marketplace.region.labour.tables import (
    LONG_SHIFTS,
    SATURDAYS,
    SUNDAYS,
    DayPlan,
    Settings,
    Worker,
)

# What each branch may do beside the rule: C3, C4 (from, to, at 16), C6, C7 and C8.
BRANCHES = """
none - 6 20 - -
hospitality long 6 22 saturday sunday
fairground - 6 22 saturday sunday
multi_shift - 6 23 - -
bakery - 5 20 saturday -
confectioner - 5 20 saturday -
farming long 5 21 saturday sunday
animals long 6 20 saturday sunday
building_site long 6 20 - -
hospital - 6 20 saturday sunday
care_home - 6 20 saturday sunday
shop - 6 20 saturday -
market - 6 20 saturday -
hairdresser - 6 20 saturday -
transport - 6 20 saturday -
household - 6 20 saturday -
performance - 6 20 saturday sunday
external_training - 6 20 saturday -
sport - 6 20 saturday sunday
emergency_doctor - 6 20 saturday sunday
car_repair - 6 20 saturday -
"""


def told_of(branch):
    hours = (earliest_start(branch, 16) // 60, latest_end(branch, 16) // 60)
    words = [
        "long" if branch in LONG_SHIFTS else "-",
        *map(str, hours),
        "saturday" if branch in SATURDAYS else "-",
        "sunday" if branch in SUNDAYS else "-",
    ]
    return f"{branch} {' '.join(words)}"


def test_each_branch_has_its_exceptions():
    assert [told_of(branch) for branch in Branch] == BRANCHES.strip().split("\n")


def test_no_branch_has_other_hours_below_16():
    hours = {(earliest_start(b, 15), latest_end(b, 15)) for b in Branch}

    assert hours == {(360, 1200)}


def test_the_bakery_alone_begins_at_four_from_17_on():
    assert [b for b in Branch if earliest_start(b, 17) < 300] == [Branch.BAKERY]


def test_reasons_stand_in_the_order_of_telling():
    assert " ".join(Reason) == (
        "school_unconfirmed under_13 voluntary_under_15 underground dangerous "
        "public_holiday eve_after_14 sunday saturday not_a_school_day "
        "not_school_holidays holiday_days_used_up school_not_released outside_hours "
        "day_too_long week_too_long break_missing shift_too_long rest_too_short "
        "six_days adult_rest_day adult_day_too_long adult_break_missing "
        "adult_rest_too_short calendar_missing office_decides"
    )


@pytest.mark.parametrize(
    ("work", "needed"), [(270, 0), (271, 30), (360, 30), (361, 60), (480, 60)]
)
def test_break_of_a_minor(work, needed):
    assert needed_break(work) == needed


@pytest.mark.parametrize(
    ("work", "needed"), [(360, 0), (361, 30), (540, 30), (541, 45)]
)
def test_break_of_an_adult(work, needed):
    assert needed_adult_break(work) == needed


@pytest.mark.parametrize(
    ("on", "level"),
    [("2026-08-01", 9), ("2027-07-31", 9), ("2027-08-01", 10), ("2025-07-31", 7)],
)
def test_class_level_rises_in_august(on, level):
    worker = Worker(
        born_on=date(2012, 1, 1),
        school_state=None,
        class_level=9,
        class_level_on=date(2026, 11, 23),
    )

    assert class_level_on(worker, date.fromisoformat(on)) == level


def test_youngest_age():
    young = Settings(is_voluntary_under_15_allowed=True, school_event_min_age=14)

    assert youngest_age(Basis.SCHOOL, Settings()) == 13
    assert youngest_age(Basis.VOLUNTARY, Settings()) == 15
    assert youngest_age(Basis.SCHOOL, young) == 14
    assert youngest_age(Basis.VOLUNTARY, young) == 13


@pytest.mark.parametrize(
    ("on", "count"), [("2027-07-04", 4), ("2027-08-29", 5), ("2027-02-01", 4)]
)
def test_weekdays_in_a_month(on, count):
    assert weekdays_in_month(date.fromisoformat(on)) == count


@pytest.mark.parametrize(
    ("breaks", "work", "pieces"),
    [
        ([], 480, [480]),
        ([(600, 614)], 480, [480]),
        ([(600, 615)], 465, [120, 345]),
        ([(720, 780), (600, 630)], 390, [120, 90, 180]),
        # Two that overlap or touch are one.
        ([(600, 660), (630, 690)], 390, [120, 270]),
        ([(600, 610), (610, 620)], 460, [120, 340]),
        ([(600, 700), (630, 640)], 380, [120, 260]),
        # What lies outside the day is no break of it.
        ([(420, 500)], 460, [0, 460]),
        ([(420, 470), (950, 1000), (1000, 1100)], 480, [480]),
    ],
)
def test_work_of_a_day_from_eight_to_four(breaks, work, pieces):
    plan = DayPlan(date(2027, 7, 13), 480, 960, tuple(breaks))

    assert (plan.work, plan.pieces) == (work, pieces)


def test_two_days_of_one_date_are_joined_with_the_way_as_a_break():
    morning = DayPlan(date(2027, 7, 13), 480, 700, ((560, 580),))
    evening = DayPlan(date(2027, 7, 13), 760, 900)
    joined = DayPlan(date(2027, 7, 13), 480, 900, ((560, 580), (700, 760)))

    assert morning.joined_with(evening) == joined
    assert evening.joined_with(morning) == joined
