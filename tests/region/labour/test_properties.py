"""What holds for every plan, not only for those somebody thought of."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.labour.rules import age_on
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.services.planning import drop_bad_days
from marketplace.region.labour.tables import DayPlan, Plan, Worker
from marketplace.region.places.enums import FederalState
from tests.region.labour.plans import CALENDAR

ORDER = list(Reason)
BORN = st.dates(date(2007, 1, 1), date(2015, 12, 31))
SCHOOL_YEAR = st.dates(date(2026, 10, 1), date(2027, 8, 31))
SUMMER_WEEK = st.dates(date(2027, 7, 12), date(2027, 7, 18))
STATES = st.sampled_from(FederalState)


@st.composite
def day_plans(draw, days=SCHOOL_YEAR):
    starts = draw(st.integers(4 * 60, 13 * 60))
    work = draw(st.integers(60, 10 * 60))
    pause = draw(st.sampled_from([0, 30, 60]))
    middle = starts + work // 2
    return DayPlan(
        draw(days), starts, starts + work + pause, ((middle, middle + pause),)
    )


def by_date(plans):
    return tuple({plan.day: plan for plan in plans}.values())


PLANS = st.builds(
    Plan,
    basis=st.sampled_from(Basis),
    days=st.lists(day_plans(), min_size=1, max_size=6).map(by_date),
    work_state=STATES,
    branch=st.sampled_from(Branch),
    dangers=st.frozensets(st.sampled_from(Danger), max_size=1),
    is_named_by_school=st.booleans(),
)
WORKERS = st.builds(
    Worker,
    born_on=BORN,
    school_state=st.one_of(st.none(), STATES),
    class_level=st.one_of(st.none(), st.integers(7, 12)),
    class_level_on=st.just(date(2026, 11, 1)),
    is_confirmed=st.booleans(),
    is_released=st.booleans(),
    elsewhere=st.lists(day_plans(), max_size=3).map(by_date),
)


@settings(deadline=None)
@given(BORN, st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 800))
def test_nobody_grows_younger(born, day, later):
    ages = age_on(born, day), age_on(born, day + timedelta(days=later))

    assert ages[0] <= ages[1] <= ages[0] + later // 365 + 1


@settings(deadline=None)
@given(BORN, st.integers(1, 30))
def test_one_grows_older_on_the_birthday_alone(born, age):
    assume((born.month, born.day) != (2, 29))
    birthday = born.replace(year=born.year + age)

    assert age_on(born, birthday) == age
    assert age_on(born, birthday - timedelta(days=1)) == age - 1


@settings(deadline=None)
@given(PLANS, WORKERS)
def test_the_first_reason_is_the_first_of_the_order(plan, worker):
    findings = judge(plan, worker, CALENDAR).findings
    places = [ORDER.index(finding.reason) for finding in findings]

    assert places == sorted(places)
    assert len(findings) == len(set(findings))


@settings(deadline=None)
@given(PLANS, WORKERS)
def test_findings_are_about_days_of_the_plan(plan, worker):
    days = {one.day for one in plan.days}

    assert {found.day for found in judge(plan, worker, CALENDAR).findings} <= days


@settings(deadline=None)
@given(PLANS, WORKERS, st.integers(1, 240))
def test_more_hours_never_make_a_day_short_enough(plan, worker, more):
    before = too_long(judge(plan, worker, CALENDAR))
    longer = tuple(replace(one, ends=one.ends + more) for one in plan.days)
    after = too_long(judge(replace(plan, days=longer), worker, CALENDAR))

    assert before <= after


def too_long(verdict):
    return {f.day for f in verdict.findings if f.reason is Reason.DAY_TOO_LONG}


@settings(deadline=None)
@given(
    st.lists(day_plans(SUMMER_WEEK), min_size=1, max_size=5).map(by_date),
    st.sampled_from(Branch),
)
def test_a_voluntary_plan_stays_possible_as_one_grows_older(days, branch):
    plan = Plan(
        basis=Basis.VOLUNTARY,
        days=days,
        work_state=FederalState.SAXONY,
        branch=branch,
    )

    def is_possible(age):
        worker = Worker(
            born_on=date(2027 - age, 1, 1),
            school_state=FederalState.SAXONY,
            class_level=9,
            class_level_on=date(2026, 11, 1),
        )
        return judge(plan, worker, CALENDAR).findings == ()

    possible = [is_possible(age) for age in (14, 15, 16, 17)]

    assert possible == sorted(possible)


@settings(deadline=None)
@given(PLANS, WORKERS)
def test_what_is_left_of_a_series_is_possible(plan, worker):
    series = drop_bad_days(plan, worker, CALENDAR)
    kept = {one.day for one in series.plan.days}
    gone = [found.day for found in series.dropped]

    assert sorted([*kept, *gone]) == sorted(one.day for one in plan.days)
    assert (series.verdict.refusals == ()) or (series.plan, gone) == (plan, [])


@settings(deadline=None)
@given(PLANS, WORKERS)
def test_nobody_works_without_a_calendar(plan, worker):
    findings = judge(plan, worker, Calendar(())).findings
    unknown = {f.day for f in findings if f.reason is Reason.CALENDAR_MISSING}

    assert unknown == {one.day for one in plan.days}
