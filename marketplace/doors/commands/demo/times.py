"""Days of the demonstration, all relative to today."""

from collections.abc import Sequence
from datetime import date, timedelta

from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.tables import Calendar
from marketplace.region.places.enums import FederalState

FIRST_WEEK, LAST_WEEK = 4, 40
# All holidays but those of the summer are over within so many days.
SOON = 20
SATURDAY = 5


class Weeks:
    """Mondays ahead, told apart by what the schools of a state do that week."""

    def __init__(self, today: date) -> None:
        monday = today - timedelta(days=today.weekday())
        self.mondays = [
            monday + timedelta(weeks=k) for k in range(FIRST_WEEK, LAST_WEEK)
        ]
        self.calendar = calendar_of(self.mondays[0], self.mondays[-1])

    def of_school(self, state: FederalState) -> Sequence[date]:
        """Weeks in which there is school every day."""
        return [m for m in self.mondays if not any(_free(self.calendar, state, m))]

    def of_holidays(self, state: FederalState) -> Sequence[date]:
        """Weeks in which every day is a school holiday and none a public one."""
        return [
            m
            for m in self.mondays
            if all(self.calendar.is_school_holiday(state, d) for d in _days(m))
            and not any(self.calendar.is_public_holiday(state, d) for d in _days(m))
        ]


def next_school_day(state: FederalState, today: date, *, but_on: int) -> date | None:
    """The first school day behind today that is no such day of the week.

    None in the summer holidays: it would fall on the days of other places.
    """
    days = [today + timedelta(days=k) for k in range(1, SOON)]
    calendar = calendar_of(days[0], days[-1])
    free = (
        day
        for day in days
        if day.weekday() < SATURDAY
        and day.weekday() != but_on
        and not any(calendar.names_of(state, day, kind) for kind in DayKind)
    )
    return next(free, None)


def _free(calendar: Calendar, state: FederalState, monday: date) -> list[bool]:
    return [
        bool(calendar.names_of(state, day, kind))
        for day in _days(monday)
        for kind in DayKind
    ]


def _days(monday: date) -> list[date]:
    return [monday + timedelta(days=k) for k in range(5)]
