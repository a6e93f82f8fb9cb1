"""What a plan and a person mean together, before any rule is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.rules import (
    age_on,
    is_full_time_over,
    monday_of,
    month_of,
)
from marketplace.region.labour.tables import DayPlan, Plan, Settings, Worker


@dataclass(frozen=True)
class Case:
    """One plan, one person. Its `days` are those of the plan, the first one first."""

    plan: Plan
    worker: Worker
    calendar: Calendar
    settings: Settings

    @cached_property
    def days(self) -> tuple[DayPlan, ...]:
        """The days of the plan, in order."""
        return tuple(sorted(self.plan.days, key=lambda plan: plan.day))

    @cached_property
    def all_days(self) -> tuple[DayPlan, ...]:
        """The days at every company, in order; two of one date are joined."""
        days: dict[date, DayPlan] = {}
        for plan in (*self.days, *self.worker.elsewhere):
            known = days.get(plan.day)
            days[plan.day] = known.joined_with(plan) if known else plan
        return tuple(days[day] for day in sorted(days))

    @cached_property
    def dates(self) -> frozenset[date]:
        """The dates of the plan; findings are about these alone."""
        return frozenset(plan.day for plan in self.days)

    @property
    def is_school_event(self) -> bool:
        """Says whether the school sends the person."""
        return self.plan.basis is Basis.SCHOOL

    def age(self, day: date) -> int:
        """How old the person is on a day."""
        return age_on(self.worker.born_on, day)

    def is_adult(self, day: date) -> bool:
        """Says whether the law for minors has ended (K8)."""
        return self.age(day) >= law.ADULT

    def is_full_time_over(self, day: date) -> bool:
        """Says whether Vollzeitschulpflicht has ended."""
        return is_full_time_over(self.worker, day, self.settings)

    def is_public_holiday(self, day: date) -> bool:
        """Says whether a day is a public holiday where the work is."""
        plan = self.plan
        return self.calendar.is_public_holiday(plan.work_state, day, plan.work_place)

    def weeks(self) -> Iterator[tuple[DayPlan, ...]]:
        """The days at every company, for each week in which the plan has one."""
        for monday in sorted({monday_of(day) for day in self.dates}):
            yield self.days_in_week(monday)

    def days_in_week(self, monday: date) -> tuple[DayPlan, ...]:
        """The days at every company in one week."""
        return tuple(plan for plan in self.all_days if monday_of(plan.day) == monday)

    def worked_like(self, day: date) -> int:
        """How often the weekday of a day is worked in its month, it included.

        Of the plan's own days those up to this one count, so that the first ones
        that are too many are named.
        """
        return sum(
            plan.day.weekday() == day.weekday()
            and month_of(plan.day) == month_of(day)
            and (plan.day <= day or plan.day not in self.dates)
            for plan in self.all_days
        )
