"""Judges plans. Every function is pure; minutes everywhere."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Basis, Danger, Reason
from marketplace.region.labour.rules import (
    adult_break,
    age_on,
    is_eve,
    is_full_time_over,
    is_never_worked,
    minor_break,
    monday_of,
    sundays_of,
)
from marketplace.region.labour.tables import (
    DayPlan,
    Finding,
    Plan,
    Settings,
    Verdict,
    Worker,
)

ADULT = 18
SATURDAY, SUNDAY = 5, 6


def judge(
    plan: Plan, worker: Worker, calendar: Calendar, settings: Settings | None = None
) -> Verdict:
    """Judges a plan for a person, day by day (youth protection, tables 1.1 and 1.2)."""
    case = _Case(plan, worker, calendar, settings or Settings())
    order = list(Reason)
    return Verdict(
        tuple(
            sorted(
                set(case.findings()),
                key=lambda f: (order.index(f.reason), f.day or date.min),
            )
        )
    )


class _Case:
    """One plan, one person; every method yields what speaks against it."""

    def __init__(
        self, plan: Plan, worker: Worker, calendar: Calendar, settings: Settings
    ) -> None:
        self.plan, self.worker = plan, worker
        self.calendar, self.settings = calendar, settings
        self.is_school_event = plan.basis is Basis.SCHOOL
        self.days = tuple(sorted(plan.days, key=lambda d: d.day))

    def findings(self) -> Iterator[Finding]:
        """Everything that speaks against the plan."""
        yield from self._of_the_school()
        used: dict[int, int] = dict(self.worker.days_used)
        for day in self.days:
            if self._age(day) >= ADULT:
                yield from self._of_an_adult(day)
            else:
                yield from self._of_a_minor(day, used)
        for week in _weeks(self.days):
            yield from self._of_the_week(week)
        for before, after in pairwise(self.days):
            yield from self._of_the_rest(before, after)

    def _age(self, day: DayPlan) -> int:
        return age_on(self.worker.born_on, day.day)

    def _is_full_time_over(self, day: DayPlan) -> bool:
        return is_full_time_over(self.worker, day.day, self.settings)

    def _of_the_school(self) -> Iterator[Finding]:
        if self.is_school_event and not self.worker.is_confirmed:
            yield Finding(Reason.SCHOOL_UNCONFIRMED)
        is_minor = any(self._age(day) < ADULT for day in self.days)
        if is_minor and self.worker.school_state is None:
            yield Finding(Reason.OFFICE_DECIDES)

    def _of_a_minor(self, day: DayPlan, used: dict[int, int]) -> Iterator[Finding]:
        yield from self._of_the_age(day)
        yield from self._of_the_tasks(day)
        yield from self._of_the_date(day)
        if self.is_school_event:
            yield from self._of_a_school_day(day)
        else:
            yield from self._of_a_voluntary_day(day, used)
        yield from self._of_the_hours(day)

    def _of_the_age(self, day: DayPlan) -> Iterator[Finding]:
        age = self._age(day)
        if age < self.settings.school_event_min_age:
            yield Finding(Reason.UNDER_13, day.day)
        elif not self.is_school_event and age < 15 and not self._may_be_young(day):
            yield Finding(Reason.VOLUNTARY_UNDER_15, day.day)

    def _may_be_young(self, day: DayPlan) -> bool:
        return self.settings.is_voluntary_under_15_allowed and (
            self._is_full_time_over(day)
        )

    def _of_the_tasks(self, day: DayPlan) -> Iterator[Finding]:
        if self.plan.is_released_by_office:
            return
        if Danger.UNDERGROUND in self.plan.dangers:
            yield Finding(Reason.UNDERGROUND, day.day)
        if self.plan.dangers - {Danger.UNDERGROUND}:
            yield Finding(Reason.DANGEROUS, day.day)

    def _of_the_date(self, day: DayPlan) -> Iterator[Finding]:
        if self._is_public_holiday(day) and not self._may_work_on_holidays(day):
            yield Finding(Reason.PUBLIC_HOLIDAY, day.day)
        if is_eve(day.day) and day.ends > law.EVE_END:
            yield Finding(Reason.EVE_AFTER_14, day.day)
        if self.is_school_event and not self.settings.is_school_event_weekend:
            return  # weekends are no school days, which says more
        weekday, branch = day.day.weekday(), self.plan.branch
        if weekday == SUNDAY and not self._may_work_on_sundays(day):
            yield Finding(Reason.SUNDAY, day.day)
        if weekday == SATURDAY and branch not in law.SATURDAYS:
            yield Finding(Reason.SATURDAY, day.day)

    def _is_public_holiday(self, day: DayPlan) -> bool:
        plan = self.plan
        return self.calendar.is_public_holiday(
            plan.work_state, day.day, plan.work_place
        )

    def _may_work_on_holidays(self, day: DayPlan) -> bool:
        if self.is_school_event and not self.settings.is_school_event_weekend:
            return False
        return self.plan.branch in law.SUNDAYS and not is_never_worked(day.day)

    def _may_work_on_sundays(self, day: DayPlan) -> bool:
        if self.plan.branch not in law.SUNDAYS:
            return False
        month = (day.day.year, day.day.month)
        worked = self.worker.sundays_worked.get(month, 0)
        in_plan = sum(
            1
            for other in self.days
            if other.day.weekday() == SUNDAY
            and (other.day.year, other.day.month) == month
            and other.day <= day.day
        )
        free = sundays_of(day.day) - worked - in_plan
        return free >= law.FREE_SUNDAYS

    def _of_a_school_day(self, day: DayPlan) -> Iterator[Finding]:
        state = self.worker.school_state
        if state is None:
            return
        if not self.calendar.knows_school_days(state, day.day):
            yield Finding(Reason.CALENDAR_MISSING, day.day)
        weekday = day.day.weekday()
        is_weekend = weekday >= SATURDAY
        if is_weekend:
            if not self.settings.is_school_event_weekend:
                yield Finding(Reason.NOT_A_SCHOOL_DAY, day.day)
            return
        is_home_holiday = self.calendar.is_public_holiday(state, day.day)
        if (
            (is_home_holiday and not self.settings.is_school_event_on_home_holiday)
            or self.calendar.is_free_day(state, day.day)
            or (
                self.calendar.is_school_holiday(state, day.day)
                and not self._may_be_in_holidays()
            )
        ):
            yield Finding(Reason.NOT_A_SCHOOL_DAY, day.day)

    def _may_be_in_holidays(self) -> bool:
        states = self.settings.school_event_in_holidays
        return self.plan.is_named_by_school and self.worker.school_state in states

    def _of_a_voluntary_day(
        self, day: DayPlan, used: dict[int, int]
    ) -> Iterator[Finding]:
        state = self.worker.school_state
        if state is None:
            return
        if not self.calendar.knows_school_days(state, day.day):
            yield Finding(Reason.CALENDAR_MISSING, day.day)
        is_holiday = self.calendar.is_school_holiday(state, day.day) or (
            self.settings.is_free_day_holiday
            and self.calendar.is_free_day(state, day.day)
        )
        if self._is_full_time_over(day):
            if self._is_lesson_day(day) and not is_holiday and self._lacks_release():
                yield Finding(Reason.SCHOOL_NOT_RELEASED, day.day)
            return
        if not is_holiday:
            yield Finding(Reason.NOT_SCHOOL_HOLIDAYS, day.day)
        used[day.day.year] = used.get(day.day.year, 0) + 1
        if used[day.day.year] > self.settings.voluntary_holiday_days:
            yield Finding(Reason.HOLIDAY_DAYS_USED_UP, day.day)

    def _lacks_release(self) -> bool:
        return self.settings.voluntary_needs_release and not self.worker.is_released

    def _is_lesson_day(self, day: DayPlan) -> bool:
        state = self.worker.school_state
        return (
            state is not None
            and day.day.weekday() < SATURDAY
            and not self.calendar.is_free_day(state, day.day)
            and not self.calendar.is_public_holiday(state, day.day)
        )

    def _of_the_hours(self, day: DayPlan) -> Iterator[Finding]:
        earliest, latest = self._span_of(day)
        if day.starts < earliest or day.ends > latest:
            yield Finding(Reason.OUTSIDE_HOURS, day.day)
        if not _has_breaks(day, self.settings):
            yield Finding(Reason.BREAK_MISSING, day.day)
        is_long = self.plan.branch in law.LONG_SHIFTS
        if day.ends - day.starts > (
            law.LONG_SHIFT_LIMIT if is_long else law.SHIFT_LIMIT
        ):
            yield Finding(Reason.SHIFT_TOO_LONG, day.day)

    def _span_of(self, day: DayPlan) -> tuple[int, int]:
        if self.is_school_event and not self.settings.is_school_event_early_late:
            return law.EARLIEST, law.LATEST
        age, branch = self._age(day), self.plan.branch
        begins = law.BEGINNINGS.get(branch, {}).items()
        ends = law.ENDS.get(branch, {}).items()
        return (
            min(
                [law.EARLIEST, *(hour for from_age, hour in begins if age >= from_age)]
            ),
            max([law.LATEST, *(hour for from_age, hour in ends if age >= from_age)]),
        )

    def _of_an_adult(self, day: DayPlan) -> Iterator[Finding]:
        if self.plan.is_released_by_office:
            return
        is_rest_day = day.day.weekday() == SUNDAY or self._is_public_holiday(day)
        if is_rest_day and self.settings.are_adult_rest_days_kept:
            yield Finding(Reason.ADULT_REST_DAY, day.day)
        if day.work > self.settings.adult_day_limit:
            yield Finding(Reason.ADULT_DAY_TOO_LONG, day.day)
        pauses = sum(to - start for start, to in day.real_breaks)
        if pauses < adult_break(day.work):
            yield Finding(Reason.ADULT_BREAK_MISSING, day.day)

    def _of_the_week(self, week: Sequence[DayPlan]) -> Iterator[Finding]:
        minors = [day for day in week if self._age(day) < ADULT]
        if len(minors) > law.WORKDAYS_A_WEEK:
            yield Finding(Reason.SIX_DAYS, minors[-1].day)
        if not minors:
            return
        day_limit, week_limit, is_balanced = self._limits(minors[0])
        for day in minors:
            has_short_one = any(other.work < day_limit for other in week)
            may_be = law.BALANCED_DAY if is_balanced and has_short_one else day_limit
            if day.work > may_be:
                yield Finding(Reason.DAY_TOO_LONG, day.day)
        total = sum(day.work for day in week) + self._holiday_hours(week, day_limit)
        if total > week_limit:
            yield Finding(Reason.WEEK_TOO_LONG, week[-1].day)

    def _limits(self, day: DayPlan) -> tuple[int, int, bool]:
        """Day, week, and whether 8:30 can be balanced within the week."""
        if not self.is_school_event and not (self._age(day) < 15):
            return law.DAY_LIMIT, law.WEEK_LIMIT, True
        is_raised = (
            self.is_school_event
            and self.worker.is_raised
            and self._age(day) >= 15
            and self._is_full_time_over(day)
        )
        if is_raised:
            return law.DAY_LIMIT, law.WEEK_LIMIT, False
        return self.settings.school_day_limit, self.settings.school_week_limit, False

    def _holiday_hours(self, week: Sequence[DayPlan], day_limit: int) -> int:
        if not self.settings.do_holiday_hours_count:
            return 0
        monday = monday_of(week[0].day)
        left_out = [day for day in self.plan.left_out if monday_of(day) == monday]
        return len(left_out) * day_limit

    def _of_the_rest(self, before: DayPlan, after: DayPlan) -> Iterator[Finding]:
        gap = (after.day - before.day).days * 24 * law.HOUR + after.starts - before.ends
        if self._age(after) >= ADULT:
            if gap < law.ADULT_REST and not self.plan.is_released_by_office:
                yield Finding(Reason.ADULT_REST_TOO_SHORT, after.day)
        elif gap < law.REST:
            yield Finding(Reason.REST_TOO_SHORT, after.day)


def _has_breaks(day: DayPlan, settings: Settings) -> bool:
    """§ 11 JArbSchG: enough of them, in time, and never more than 4:30 in one go."""
    needed = minor_break(day.work)
    counted = sum(
        to - start
        for start, to in day.real_breaks
        if start >= day.starts + law.BREAK_MARGIN
        and (to if settings.must_break_end_before else start)
        <= day.ends - law.BREAK_MARGIN
    )
    if counted < needed:
        return False
    edges = [day.starts, *(e for b in day.real_breaks for e in b), day.ends]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return all(to - start <= law.LONGEST_PIECE for start, to in pieces)


def _weeks(days: Iterable[DayPlan]) -> list[list[DayPlan]]:
    weeks: dict[date, list[DayPlan]] = {}
    for day in days:
        weeks.setdefault(monday_of(day.day), []).append(day)
    return list(weeks.values())
