"""Plans and postings, before anybody asks for a place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.labour.rules import youngest_age
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.tables import DayPlan, Plan, Settings, Worker
from marketplace.region.places.enums import FederalState

ADULT = 18
SATURDAY = 5


def planned_days(
    first: date,
    last: date,
    *,
    basis: Basis,
    school_state: FederalState,
    work_state: FederalState,
    calendar: Calendar,
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days of a block, Monday to Friday, and the public holidays left out of it.

    A school event leaves out, too, what is a public holiday at home (U6).
    """
    weekdays = [
        first + timedelta(days=k)
        for k in range((last - first).days + 1)
        if (first + timedelta(days=k)).weekday() < SATURDAY
    ]
    states = {work_state} | ({school_state} if basis is Basis.SCHOOL else set())
    left_out = {
        day
        for day in weekdays
        if any(calendar.is_public_holiday(state, day) for state in states)
    }
    return tuple(d for d in weekdays if d not in left_out), tuple(sorted(left_out))


@dataclass(frozen=True)
class PostingVerdict:
    """What the hours and tasks of a posting admit, for one basis.

    `fits_from` is the youngest age that may come; None where none may, and `reason`
    says why, for the youngest.
    """

    fits_from: int | None
    reason: Reason | None


def check_posting(
    basis: Basis,
    days: Sequence[DayPlan],
    *,
    branch: Branch,
    dangers: frozenset[Danger],
    minimum_age: int | None = None,
    settings: Settings | None = None,
) -> PostingVerdict:
    """Judges a sample week of a posting for the youngest age it admits.

    `days` lie in a week without holidays; the calendar and the school are asked when
    somebody applies. Hours that fit older pupils alone are possible, from that age.
    """
    rules = settings or Settings()
    youngest = max(youngest_age(basis, rules), minimum_age or 0)
    plan = Plan(
        basis=basis,
        days=tuple(days),
        work_state=FederalState.SAXONY,
        branch=branch,
        dangers=dangers,
    )
    reasons = {age: _reason_at(plan, age, rules) for age in range(youngest, ADULT + 1)}
    fitting = [age for age, reason in reasons.items() if reason is None]
    return PostingVerdict(min(fitting, default=None), reasons[youngest])


def _reason_at(plan: Plan, age: int, settings: Settings) -> Reason | None:
    """The first reason of hours, weekdays or tasks for somebody of this age."""
    first = min(day.day for day in plan.days)
    worker = Worker(
        born_on=first.replace(year=first.year - age, day=1),
        school_state=FederalState.SAXONY,
        # From 15 the full time may be over, which only opens more.
        class_level=10 if age >= 15 else 8,
        class_level_on=first,
        is_confirmed=True,
        is_released=True,
    )
    asked = replace(plan, is_named_by_school=True)
    findings = judge(asked, worker, _EVERY_YEAR, settings).findings
    return next((f.reason for f in findings), None)


class _EveryYear(Calendar):
    """A calendar that knows every year and no holiday."""

    def knows_school_days(self, state: FederalState, day: date) -> bool:  # noqa: ARG002
        return True


_EVERY_YEAR = _EveryYear(())
