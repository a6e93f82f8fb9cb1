from dataclasses import replace
from datetime import date

import pytest

from marketplace.region.labour.enums import Branch, Danger, Reason
from marketplace.region.labour.services.planning import (
    check_posting,
    drop_bad_days,
    planned_days,
)
from marketplace.region.labour.tables import Finding, Settings
from tests.region.labour.plans import CALENDAR, SN, S, V, day, days, example


def check(basis, plan, branch=Branch.NONE, dangers=(), **options):
    return check_posting(
        basis, plan, branch=branch, dangers=frozenset(dangers), **options
    )


def week(*hours):
    """A week far from any holiday, on as many days as there are hours."""
    return days("2027-03-01", *hours)


def one(hours, breaks=None):
    return [day("2027-03-01", hours, breaks)]


# Plans.


def test_a_holiday_of_one_municipality_is_left_out_there():
    block = (date(2027, 5, 24), date(2027, 5, 28))
    where = {"basis": V, "school_state": SN, "work_state": SN, "calendar": CALENDAR}

    _kept, in_leipzig = planned_days(*block, **where, work_place="Leipzig")
    kept, in_crostwitz = planned_days(*block, **where, work_place="Crostwitz")

    assert in_leipzig == ()
    assert in_crostwitz == (date(2027, 5, 27),)
    assert [on.day for on in kept] == [24, 25, 26, 28]


def test_a_voluntary_block_does_not_ask_for_holidays_at_home():
    planned, left_out = planned_days(
        date(2027, 1, 4),
        date(2027, 1, 8),
        basis=V,
        school_state=example(None, V, SN, 9, "2011-01-01", "2027-01-04").school,
        work_state=SN,
        calendar=CALENDAR,
    )

    assert (len(planned), left_out) == (5, ())


# Series.


def thursdays(**options):
    plan = [day(on) for on in ("2027-04-29", "2027-05-06", "2027-05-13")]
    return example(None, S, SN, 8, "2013-04-01", plan, **options).plan_and_worker()


def test_a_series_keeps_its_days_where_the_school_has_not_answered_yet():
    plan, worker = thursdays(is_confirmed=False)

    series = drop_bad_days(plan, worker, CALENDAR)

    assert [left.day.day for left in series.plan.days] == [29, 13]
    assert series.verdict.findings == (
        Finding(Reason.SCHOOL_UNCONFIRMED, date(2027, 4, 29)),
    )


def test_a_series_without_a_good_day_is_refused_whole():
    plan, worker = thursdays(dangers=frozenset({Danger.NOISE}))

    series = drop_bad_days(plan, worker, CALENDAR)

    assert (series.plan, series.dropped) == (plan, ())
    assert series.verdict.first == Finding(Reason.DANGEROUS, date(2027, 4, 29))


def test_a_series_that_is_good_stays_as_it_is():
    plan, worker = thursdays()
    plan = replace(plan, days=plan.days[::2])

    series = drop_bad_days(plan, worker, CALENDAR)

    assert (series.plan, series.dropped) == (plan, ())
    assert series.verdict.findings == ()


def test_a_series_drops_until_it_is_good():
    plan = days("2027-07-12", *["6:00"] * 7)
    plan, worker = example(None, V, SN, 10, "2010-10-05", plan).plan_and_worker(
        branch=Branch.SHOP
    )

    series = drop_bad_days(plan, worker, CALENDAR)

    assert [(found.reason, found.day.day) for found in series.dropped] == [
        ("six_days", 17),
        ("sunday", 18),
    ]
    assert len(series.plan.days) == 5


def test_a_series_without_days_has_none_to_drop():
    plan, worker = thursdays(days=(), school_state=None)

    series = drop_bad_days(plan, worker, CALENDAR)

    assert (series.plan, series.dropped) == (plan, ())
    assert series.verdict.findings == (Finding(Reason.OFFICE_DECIDES),)


# Postings.


@pytest.mark.parametrize(
    ("basis", "plan", "fits_from", "reason"),
    [
        (S, week(*["7:00"] * 5), 13, None),
        (V, week(*["8:00"] * 5), 15, None),
        (S, week(*["8:00"] * 5), 18, Reason.DAY_TOO_LONG),
        (V, week(*["9:00"] * 5), None, Reason.DAY_TOO_LONG),
        (S, one("08:00-12:00", ""), 13, None),
        (S, [day("2027-03-06")], 18, Reason.NOT_A_SCHOOL_DAY),
        (V, [day("2027-03-06")], 18, Reason.SATURDAY),
        (V, [day("2027-03-07")], None, Reason.SUNDAY),
        (V, one("08:00-16:00", ""), None, Reason.BREAK_MISSING),
    ],
)
def test_a_posting_is_judged_for_the_youngest(basis, plan, fits_from, reason):
    verdict = check(basis, plan)

    assert (verdict.fits_from, verdict.reason) == (fits_from, reason)


@pytest.mark.parametrize(
    ("branch", "hours", "fits_from"),
    [
        (Branch.HOSPITALITY, "14:00-22:00", 16),
        (Branch.BAKERY, "05:00-12:00", 16),
        (Branch.BAKERY, "04:00-11:00", 17),
        (Branch.CONFECTIONER, "04:00-11:00", 18),
        (Branch.FARMING, "13:00-21:00", 16),
        (Branch.NONE, "08:00-16:00", 15),
    ],
)
def test_hours_may_fit_older_pupils_alone(branch, hours, fits_from):
    verdict = check(V, one(hours), branch)

    assert verdict.fits_from == fits_from
    assert verdict.is_for_older_ones is (fits_from > 15)


def test_a_second_shift_opens_the_evening_in_any_branch():
    late = one("15:00-23:00")

    assert check(V, late, Branch.HOSPITALITY).fits_from == 18
    assert check(V, late, Branch.HOSPITALITY, is_multi_shift=True).fits_from == 16


def test_a_posting_for_older_ones_is_not_judged_for_younger():
    verdict = check(V, one("14:00-22:00"), Branch.HOSPITALITY, minimum_age=16)

    assert (verdict.fits_from, verdict.reason) == (16, None)
    assert check(V, one("08:00-16:00"), minimum_age=21).fits_from == 21


def test_dangers_leave_a_posting_to_adults():
    verdict = check(V, week("8:00"), dangers=[Danger.UNDERGROUND, Danger.NOISE])

    assert verdict.fits_from == 18
    assert verdict.finding == Finding(Reason.UNDERGROUND)


def test_a_posting_tells_what_would_be_allowed():
    assert check(S, week("8:00")).finding == Finding(
        Reason.DAY_TOO_LONG, allowed=(420,)
    )


def test_u4_admits_younger_ones_to_light_work():
    settings = Settings(is_voluntary_under_15_allowed=True)

    assert check(V, week("7:00"), settings=settings).fits_from == 13
    assert check(V, week("8:00"), settings=settings).fits_from == 15
