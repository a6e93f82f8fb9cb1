"""K8: from 18 on the law for minors has ended, and that for adults holds (U14)."""

from collections.abc import Iterator

from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Reason
from marketplace.region.labour.rules import has_adult_breaks, needed_adult_break
from marketplace.region.labour.services.cases import Case
from marketplace.region.labour.tables import DayPlan, Finding


def of_an_adult_day(case: Case, plan: DayPlan) -> Iterator[Finding]:
    """ArbZG §§ 3, 4, 9: the day, its breaks, no Sundays or public holidays."""
    day, most = plan.day, case.settings.adult_limit.day
    if not case.calendar.knows_public_holidays(case.plan.work_state, day):
        yield Finding(Reason.CALENDAR_MISSING, day)
    is_rest_day = day.weekday() == law.SUNDAY or case.is_public_holiday(day)
    if is_rest_day and case.settings.are_adult_rest_days_kept:
        yield Finding(Reason.ADULT_REST_DAY, day)
    if plan.work > most:
        yield Finding(Reason.ADULT_DAY_TOO_LONG, day, (most,))
    if not has_adult_breaks(plan):
        needed = needed_adult_break(plan.work)
        yield Finding(Reason.ADULT_BREAK_MISSING, day, (needed,))


def of_adult_weeks(case: Case) -> Iterator[Finding]:
    """ArbZG § 3: 48 hours a week; the day on which they are passed is too long."""
    limit = case.settings.adult_limit
    for week in case.weeks():
        own = [plan for plan in week if plan.day in case.dates]
        last = own[-1].day
        if case.is_adult(last) and sum(plan.work for plan in week) > limit.week:
            yield Finding(Reason.ADULT_DAY_TOO_LONG, last, (limit.day,))
