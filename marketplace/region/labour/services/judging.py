"""Judges plans for people. Every function is pure; minutes everywhere."""

from collections.abc import Iterator
from datetime import date

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Reason
from marketplace.region.labour.rules import weekdays_in_month
from marketplace.region.labour.services.adults import of_adult_weeks, of_an_adult_day
from marketplace.region.labour.services.cases import Case
from marketplace.region.labour.services.dates import (
    of_the_age,
    of_the_holiday_days,
    of_the_holidays,
    of_the_school,
    of_the_tasks,
    of_the_weekend,
)
from marketplace.region.labour.services.hours import (
    of_the_breaks,
    of_the_hours,
    of_the_rest,
    of_the_weeks,
)
from marketplace.region.labour.tables import (
    DayPlan,
    Finding,
    Plan,
    Settings,
    Verdict,
    Worker,
)

ORDER = {reason: place for place, reason in enumerate(Reason)}


def judge(
    plan: Plan, worker: Worker, calendar: Calendar, settings: Settings | None = None
) -> Verdict:
    """Judges a plan for a person, day by day (JArbSchG, KindArbSchV, ArbZG).

    Everything that speaks against it is found, in the order of `Reason` and of the
    days. What is no work is not judged (K9).
    """
    if plan.basis is None:
        return Verdict(())
    case = Case(plan, worker, calendar, settings or Settings())
    findings = sorted(set(_findings(case)), key=_place)
    return Verdict(tuple(findings), tuple(_tight_saturdays(case)))


def _place(finding: Finding) -> tuple[int, date]:
    return ORDER[finding.reason], finding.day or date.min


def _findings(case: Case) -> Iterator[Finding]:
    yield from _of_the_papers(case)
    joined = {plan.day: plan for plan in case.all_days}
    for plan in case.days:
        if case.is_adult(plan.day):
            yield from _unless_released(case, of_an_adult_day(case, joined[plan.day]))
        else:
            yield from _of_a_minor(case, plan, joined[plan.day])
    yield from of_the_holiday_days(case)
    yield from of_the_weeks(case)
    yield from _unless_released(case, of_adult_weeks(case))
    yield from of_the_rest(case)


def _of_the_papers(case: Case) -> Iterator[Finding]:
    """What is asked once for all days: the school's word, and where the school is."""
    first = case.days[0].day if case.days else None
    if case.is_school_event and not case.worker.is_confirmed:
        yield Finding(Reason.SCHOOL_UNCONFIRMED, first)
    is_minor = first is None or not case.is_adult(first)
    if is_minor and case.worker.school_state is None:
        yield Finding(Reason.OFFICE_DECIDES, first)


def _of_a_minor(case: Case, own: DayPlan, joined: DayPlan) -> Iterator[Finding]:
    """One day of the plan, with what is worked elsewhere on it."""
    yield from of_the_age(case, own.day)
    yield from of_the_tasks(case, own.day)
    yield from of_the_holidays(case, own)
    yield from of_the_weekend(case, own.day)
    yield from of_the_school(case, own.day)
    yield from of_the_hours(case, own)
    yield from of_the_breaks(case, joined)


def _unless_released(case: Case, findings: Iterator[Finding]) -> Iterator[Finding]:
    """U14: for adults the office may decide."""
    return iter(()) if case.plan.is_released_by_office else findings


def _tight_saturdays(case: Case) -> Iterator[date]:
    for day in sorted(case.dates):
        is_saturday = day.weekday() == law.SATURDAY and not case.is_adult(day)
        free = weekdays_in_month(day) - case.worked_like(day)
        if is_saturday and free < law.FREE_SATURDAYS:
            yield day
