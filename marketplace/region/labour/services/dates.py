"""Whether a minor may work on a day: age, tasks, holidays, school."""

from collections.abc import Iterator
from datetime import date, timedelta

from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Danger, Reason
from marketplace.region.labour.rules import (
    is_eve,
    is_never_worked,
    monday_of,
    weekdays_in_month,
)
from marketplace.region.labour.services.cases import Case
from marketplace.region.labour.tables import DayPlan, Finding
from marketplace.region.places.enums import FederalState

WEEK = timedelta(weeks=1)


def of_the_age(case: Case, day: date) -> Iterator[Finding]:
    """K1, K5: nobody under 13, nobody under 15 of her own will."""
    age = case.age(day)
    minimum = case.settings.school_event_min_age
    youngest = minimum if case.is_school_event else law.CHILD
    if age < youngest:
        yield Finding(Reason.UNDER_13, day, (youngest,))
    elif not case.is_school_event and age < law.YOUTH and not _may_be_young(case, day):
        yield Finding(Reason.VOLUNTARY_UNDER_15, day)


def of_the_tasks(case: Case, day: date) -> Iterator[Finding]:
    """C9: one "yes" refuses, unless the office has decided."""
    dangers = case.plan.dangers
    if case.plan.is_released_by_office:
        return
    if Danger.UNDERGROUND in dangers:
        yield Finding(Reason.UNDERGROUND, day)
    if dangers - {Danger.UNDERGROUND}:
        yield Finding(Reason.DANGEROUS, day)


def of_the_holidays(case: Case, plan: DayPlan) -> Iterator[Finding]:
    """C8: public holidays of the place of work, and the two eves."""
    day = plan.day
    if not case.calendar.knows_public_holidays(case.plan.work_state, day):
        yield Finding(Reason.CALENDAR_MISSING, day)
    if is_never_worked(day) or (
        case.is_public_holiday(day) and not _may_work_on_holiday(case, day)
    ):
        yield Finding(Reason.PUBLIC_HOLIDAY, day)
    if is_eve(day) and plan.ends > law.EVE_END:
        yield Finding(Reason.EVE_AFTER_14, day, (law.EVE_END,))


def of_the_weekend(case: Case, day: date) -> Iterator[Finding]:
    """C6, C7: Saturdays and Sundays belong to a few branches.

    A school event has no weekends at all (C5), which is said as such (U5).
    """
    if day.weekday() < law.SATURDAY:
        return
    if not _has_exceptions(case):
        yield Finding(Reason.NOT_A_SCHOOL_DAY, day)
    elif day.weekday() == law.SUNDAY and not _may_work_on_sunday(case, day):
        yield Finding(Reason.SUNDAY, day)
    elif day.weekday() == law.SATURDAY and case.plan.branch not in law.SATURDAYS:
        yield Finding(Reason.SATURDAY, day)


def of_the_school(case: Case, day: date) -> Iterator[Finding]:
    """K2 to K7, as far as the calendar of the school decides.

    Where the calendar has no rows nothing is said of holidays.
    """
    state = case.worker.school_state
    if state is None:
        return
    if not case.calendar.knows_school_days(state, day):
        yield Finding(Reason.CALENDAR_MISSING, day)
    elif case.is_school_event:
        if not _is_school_day(case, state, day):
            yield Finding(Reason.NOT_A_SCHOOL_DAY, day)
    elif case.is_full_time_over(day):
        if _lacks_release(case, state, day):
            yield Finding(Reason.SCHOOL_NOT_RELEASED, day)
    elif not _is_in_holidays(case, state, day):
        yield Finding(Reason.NOT_SCHOOL_HOLIDAYS, day)


def of_the_holiday_days(case: Case) -> Iterator[Finding]:
    """K6: 20 days a calendar year while full time runs, over all companies (U12)."""
    if case.is_school_event:
        return
    used = dict(case.worker.days_used)
    most = case.settings.voluntary_holiday_days
    for day in sorted(case.dates):
        if case.is_adult(day) or case.is_full_time_over(day):
            continue
        used[day.year] = used.get(day.year, 0) + 1
        if used[day.year] > most:
            yield Finding(Reason.HOLIDAY_DAYS_USED_UP, day, (most,))


def _may_be_young(case: Case, day: date) -> bool:
    """U4: light work from 13 on, once full time is over."""
    is_allowed = case.settings.is_voluntary_under_15_allowed
    return is_allowed and case.is_full_time_over(day)


def _has_exceptions(case: Case) -> bool:
    """Says whether the branch counts on weekends and holidays (U5)."""
    return not case.is_school_event or case.settings.is_school_event_weekend_allowed


def _may_work_on_holiday(case: Case, day: date) -> bool:
    """Says whether the branch may, and a day of this or the next week is off for it."""
    week = monday_of(day)
    is_made_up = any(
        len(case.days_in_week(monday)) < law.WORKDAYS_A_WEEK
        for monday in (week, week + WEEK)
    )
    return _has_exceptions(case) and case.plan.branch in law.SUNDAYS and is_made_up


def _may_work_on_sunday(case: Case, day: date) -> bool:
    """Says whether the branch may, and two Sundays of the month stay free."""
    free = weekdays_in_month(day) - case.worked_like(day)
    return case.plan.branch in law.SUNDAYS and free >= law.FREE_SUNDAYS


def _is_in_holidays(case: Case, state: FederalState, day: date) -> bool:
    """Says whether a day lies in the school holidays, as the law means them (U9)."""
    is_free_one = case.settings.is_free_day_holiday and _is_free_day(case, state, day)
    return is_free_one or case.calendar.is_school_holiday(state, day)


def _is_free_day(case: Case, state: FederalState, day: date) -> bool:
    """Says whether the state or the school itself has set a single free day."""
    is_movable = day in case.worker.movable_days
    return is_movable or case.calendar.is_free_day(state, day)


def _is_home_holiday(case: Case, state: FederalState, day: date) -> bool:
    """Says whether a day is a public holiday where the school is (U6)."""
    return case.calendar.is_public_holiday(state, day, case.worker.school_place)


def _is_school_day(case: Case, state: FederalState, day: date) -> bool:
    """Says whether the school may send somebody on a day (U6, U10)."""
    settings = case.settings
    may_be_off_at_home = settings.is_school_event_on_home_holiday_allowed
    if _is_home_holiday(case, state, day) and not may_be_off_at_home:
        return False
    is_named = case.plan.is_named_by_school
    if is_named and state in settings.school_event_in_holidays:
        return True
    return not _is_in_holidays(case, state, day) and not _is_free_day(case, state, day)


def _lacks_release(case: Case, state: FederalState, day: date) -> bool:
    """K7: a school day needs the release of the school (U8)."""
    is_needed = case.settings.is_release_needed_on_school_days
    return (
        is_needed
        and not case.worker.is_released
        and day.weekday() < law.SATURDAY
        and not _is_in_holidays(case, state, day)
        and not _is_free_day(case, state, day)
        and not _is_home_holiday(case, state, day)
    )
