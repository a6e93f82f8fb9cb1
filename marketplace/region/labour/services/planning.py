"""Plans and postings, before anybody asks for a place, and series of single days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.labour.rules import youngest_age
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.tables import (
    DayPlan,
    Finding,
    Plan,
    Settings,
    Verdict,
    Worker,
)
from marketplace.region.places.enums import FederalState

# What speaks against a person or a date, and not against hours and tasks.
NOT_OF_A_POSTING = frozenset(
    {
        Reason.SCHOOL_UNCONFIRMED,
        Reason.PUBLIC_HOLIDAY,
        Reason.NOT_SCHOOL_HOLIDAYS,
        Reason.HOLIDAY_DAYS_USED_UP,
        Reason.SCHOOL_NOT_RELEASED,
        Reason.CALENDAR_MISSING,
    }
)


def planned_days(
    first: date,
    last: date,
    *,
    basis: Basis,
    school_state: FederalState,
    work_state: FederalState,
    calendar: Calendar,
    work_place: str = "",
    settings: Settings | None = None,
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days of a block, Monday to Friday, and the public holidays left out of it.

    A school event leaves out, too, what is a public holiday at home (U6).
    """
    rules = settings or Settings()
    is_home_asked = not rules.is_school_event_on_home_holiday_allowed
    left_out = {
        day
        for day in _weekdays(first, last)
        if calendar.is_public_holiday(work_state, day, work_place)
        or (
            basis is Basis.SCHOOL
            and is_home_asked
            and calendar.is_public_holiday(school_state, day)
        )
    }
    kept = [day for day in _weekdays(first, last) if day not in left_out]
    return tuple(kept), tuple(sorted(left_out))


@dataclass(frozen=True)
class Series:
    """What is left of a series of days: the good ones, and why others dropped out.

    `dropped` holds the first reason of each day. Where no day is good all stay, and
    the verdict says why it is refused whole.
    """

    plan: Plan
    dropped: tuple[Finding, ...]
    verdict: Verdict


def drop_bad_days(
    plan: Plan, worker: Worker, calendar: Calendar, settings: Settings | None = None
) -> Series:
    """Lets the days drop out of a series on which it is not possible.

    What the school still has to do lets no day drop out.
    """
    left = plan
    dropped: dict[date, Finding] = {}
    verdict = whole = judge(plan, worker, calendar, settings)
    while bad := _first_by_day(verdict):
        dropped |= bad
        days = tuple(day for day in left.days if day.day not in bad)
        if not days:
            return Series(plan, (), whole)
        left = replace(left, days=days)
        verdict = judge(left, worker, calendar, settings)
    return Series(left, tuple(dropped[day] for day in sorted(dropped)), verdict)


@dataclass(frozen=True)
class PostingVerdict:
    """What the hours and tasks of a posting admit, for one basis.

    `fits_from` is the youngest age that may come, None where none may. `finding` says
    what is not possible for the youngest who might ask.
    """

    fits_from: int | None
    finding: Finding | None

    @property
    def reason(self) -> Reason | None:
        """The key of the finding."""
        return self.finding.reason if self.finding else None

    @property
    def is_for_older_ones(self) -> bool:
        """Says whether the page has to tell from which age the hours fit."""
        return self.finding is not None and self.fits_from is not None


def check_posting(
    basis: Basis,
    days: Sequence[DayPlan],
    *,
    branch: Branch,
    dangers: frozenset[Danger],
    is_multi_shift: bool = False,
    minimum_age: int | None = None,
    settings: Settings | None = None,
) -> PostingVerdict:
    """Judges a sample week of a posting for the youngest age it admits.

    The calendar and the school are asked when somebody applies. Hours that fit older
    pupils alone are possible, from that age.
    """
    rules = settings or Settings()
    youngest = max(youngest_age(basis, rules), minimum_age or 0)
    plan = Plan(
        basis=basis,
        days=tuple(days),
        work_state=FederalState.SAXONY,
        branch=branch,
        is_multi_shift=is_multi_shift,
        dangers=dangers,
    )
    ages = range(youngest, max(youngest, law.ADULT) + 1)
    found = {age: _finding_at(plan, age, rules) for age in ages}
    fitting = [age for age, finding in found.items() if finding is None]
    return PostingVerdict(min(fitting, default=None), found[youngest])


def _finding_at(plan: Plan, age: int, settings: Settings) -> Finding | None:
    """The first thing about hours, weekdays or tasks for somebody of this age."""
    first = min(plan.days, key=lambda day: day.day).day
    worker = Worker(
        born_on=first.replace(year=first.year - age, day=1),
        school_state=FederalState.SAXONY,
        class_level=None,
        class_level_on=first,
        full_time_ends_on=date.min,
    )
    findings = judge(plan, worker, Calendar(()), settings).findings
    return next(
        (replace(f, day=None) for f in findings if f.reason not in NOT_OF_A_POSTING),
        None,
    )


def _first_by_day(verdict: Verdict) -> dict[date, Finding]:
    """The first refusal of each day."""
    first: dict[date, Finding] = {}
    for finding in verdict.refusals:
        if finding.day:
            first.setdefault(finding.day, finding)
    return first


def _weekdays(first: date, last: date) -> Iterable[date]:
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return (day for day in days if day.weekday() < law.SATURDAY)
