"""How long a minor may work: the day, its breaks, the week, the rest."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Branch, Reason
from marketplace.region.labour.rules import (
    earliest_start,
    gap_between,
    has_breaks,
    latest_end,
    monday_of,
    needed_break,
)
from marketplace.region.labour.services.cases import Case
from marketplace.region.labour.tables import DayPlan, Finding, Limit


def of_the_hours(case: Case, plan: DayPlan) -> Iterator[Finding]:
    """C4: not too early, not too late."""
    earliest, latest = _hours_of(case, plan.day)
    if not earliest <= plan.starts < plan.ends <= latest:
        yield Finding(Reason.OUTSIDE_HOURS, plan.day, (earliest, latest))


def of_the_breaks(case: Case, plan: DayPlan) -> Iterator[Finding]:
    """C2, C3: breaks, and the time from the start to the end."""
    if not has_breaks(plan, case.settings):
        needed = needed_break(plan.work)
        yield Finding(Reason.BREAK_MISSING, plan.day, (needed,))
    is_long = case.plan.branch in law.LONG_SHIFTS
    most = law.LONG_SHIFT_LIMIT if is_long else law.SHIFT_LIMIT
    if plan.ends - plan.starts > most:
        yield Finding(Reason.SHIFT_TOO_LONG, plan.day, (most,))


def of_the_weeks(case: Case) -> Iterator[Finding]:
    """C1, C5: the day within its week, the week, and at most five days of it."""
    for week in case.weeks():
        minor_days = [plan for plan in week if not case.is_adult(plan.day)]
        own = [plan for plan in minor_days if plan.day in case.dates]
        if own:
            yield from _too_long_days(case, minor_days)
            yield from _too_long_week(case, minor_days, own[-1].day)
            if len(minor_days) > law.WORKDAYS_A_WEEK:
                yield Finding(Reason.SIX_DAYS, own[-1].day, (law.WORKDAYS_A_WEEK,))


def of_the_rest(case: Case) -> Iterator[Finding]:
    """C3: twelve hours between two days; eleven for whoever is 18 by then (K8)."""
    for before, after in pairwise(case.all_days):
        is_adult = case.is_adult(after.day)
        if is_adult and case.plan.is_released_by_office:
            continue
        rest = law.ADULT_REST if is_adult else law.REST
        named = after.day if after.day in case.dates else before.day
        if gap_between(before, after) < rest and named in case.dates:
            short = Reason.ADULT_REST_TOO_SHORT if is_adult else Reason.REST_TOO_SHORT
            yield Finding(short, named, (rest,))


def _hours_of(case: Case, day: date) -> tuple[int, int]:
    """The hours of the day, with the exceptions of the branch (U5)."""
    if case.is_school_event and not case.settings.is_school_event_early_late_allowed:
        return law.EARLIEST, law.LATEST
    age, branch = case.age(day), case.plan.branch
    shifts = Branch.MULTI_SHIFT if case.plan.is_multi_shift else branch
    latest = max(latest_end(branch, age), latest_end(shifts, age))
    return earliest_start(branch, age), latest


def _limit_of(case: Case, day: date) -> Limit:
    """K2 to K7: the most that one may work on a day and in its week (U3, U4)."""
    settings = case.settings
    is_youth = case.age(day) >= law.YOUTH
    if not case.is_school_event and is_youth:
        return law.YOUTH_LIMIT
    may_be_raised = case.is_school_event and is_youth and case.is_full_time_over(day)
    if may_be_raised and case.worker.is_raised:
        return settings.school_event_raised_limit
    return settings.school_event_limit


def _longest_day(case: Case, plan: DayPlan, week: Sequence[DayPlan]) -> int:
    """8:30 are possible where another day of the week is short (§ 8 Abs. 2a)."""
    limit = _limit_of(case, plan.day).day
    if case.is_school_event or case.age(plan.day) < law.YOUTH:
        return limit
    is_balanced = any(other.work < limit for other in week)
    return law.BALANCED_DAY if is_balanced else limit


def _too_long_days(case: Case, week: Sequence[DayPlan]) -> Iterator[Finding]:
    for plan in week:
        most = _longest_day(case, plan, week)
        if plan.day in case.dates and plan.work > most:
            yield Finding(Reason.DAY_TOO_LONG, plan.day, (most,))


def _too_long_week(
    case: Case, week: Sequence[DayPlan], last: date
) -> Iterator[Finding]:
    limit = _limit_of(case, last)
    lost = _holiday_hours(case, last, limit)
    if sum(plan.work for plan in week) + lost > limit.week:
        yield Finding(Reason.WEEK_TOO_LONG, last, (limit.week,))


def _holiday_hours(case: Case, day: date, limit: Limit) -> int:
    """What public holidays inside the plan take of a week (U11)."""
    if not case.settings.are_holiday_hours_counted:
        return 0
    monday = monday_of(day)
    lost = [left_out for left_out in case.plan.left_out if _monday(left_out) == monday]
    return sum(one.work if isinstance(one, DayPlan) else limit.day for one in lost)


def _monday(left_out: date | DayPlan) -> date:
    return monday_of(left_out.day if isinstance(left_out, DayPlan) else left_out)
