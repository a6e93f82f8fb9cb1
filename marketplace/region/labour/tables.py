"""The numbers and exceptions of the law, and the values a plan is made of.

Times of day and spans are minutes; a day begins at 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.places.enums import FederalState

HOUR = 60
EARLIEST, LATEST = 6 * HOUR, 20 * HOUR
DAY_LIMIT, WEEK_LIMIT = 8 * HOUR, 40 * HOUR
BALANCED_DAY = 8 * HOUR + 30
SCHOOL_DAY_LIMIT, SCHOOL_WEEK_LIMIT = 7 * HOUR, 35 * HOUR
ADULT_DAY_LIMIT, ADULT_WEEK_LIMIT = 8 * HOUR, 48 * HOUR
SHIFT_LIMIT, LONG_SHIFT_LIMIT = 10 * HOUR, 11 * HOUR
REST, ADULT_REST = 12 * HOUR, 11 * HOUR
SHORTEST_BREAK, LONGEST_PIECE = 15, 4 * HOUR + 30
BREAK_MARGIN = HOUR
WORKDAYS_A_WEEK = 5
FREE_SUNDAYS = 2
EVE_END = 14 * HOUR

_B = Branch
# § 12, § 16, §§ 17 and 18 JArbSchG.
LONG_SHIFTS = frozenset({_B.HOSPITALITY, _B.FARMING, _B.ANIMALS, _B.BUILDING_SITE})
SUNDAYS = frozenset(
    {
        *(_B.HOSPITALITY, _B.FAIRGROUND, _B.FARMING, _B.ANIMALS, _B.HOSPITAL),
        *(_B.CARE_HOME, _B.PERFORMANCE, _B.SPORT, _B.EMERGENCY_DOCTOR),
    }
)
SATURDAYS = SUNDAYS | {
    *(_B.BAKERY, _B.CONFECTIONER, _B.SHOP, _B.MARKET, _B.HAIRDRESSER),
    *(_B.TRANSPORT, _B.HOUSEHOLD, _B.EXTERNAL_TRAINING, _B.CAR_REPAIR),
}
# § 14: from which age one may begin or end at another hour, by branch.
BEGINNINGS: Mapping[Branch, Mapping[int, int]] = {
    _B.FARMING: {16: 5 * HOUR},
    _B.BAKERY: {16: 5 * HOUR, 17: 4 * HOUR},
    _B.CONFECTIONER: {16: 5 * HOUR},
}
ENDS: Mapping[Branch, Mapping[int, int]] = {
    _B.HOSPITALITY: {16: 22 * HOUR},
    _B.FAIRGROUND: {16: 22 * HOUR},
    _B.MULTI_SHIFT: {16: 23 * HOUR},
    _B.FARMING: {16: 21 * HOUR},
}


@dataclass(frozen=True)
class DayPlan:
    """One day of work: from, to, and the breaks between, in minutes of the day."""

    day: date
    starts: int
    ends: int
    breaks: tuple[tuple[int, int], ...] = ()

    @property
    def work(self) -> int:
        """Minutes of work, without the breaks that count as such."""
        pauses = sum(to - start for start, to in self.real_breaks)
        return self.ends - self.starts - pauses

    @property
    def real_breaks(self) -> tuple[tuple[int, int], ...]:
        """The breaks of at least 15 minutes, in order; shorter ones are none (§ 11)."""
        return tuple(sorted(b for b in self.breaks if b[1] - b[0] >= SHORTEST_BREAK))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be judged: the days, the place, the tasks.

    `left_out` are public holidays inside the plan that are not worked; their hours
    count towards the week. `is_named_by_school`: the school named these very dates.
    """

    basis: Basis
    days: tuple[DayPlan, ...]
    work_state: FederalState
    work_place: str = ""
    branch: Branch = Branch.NONE
    dangers: frozenset[Danger] = frozenset()
    left_out: tuple[date, ...] = ()
    is_named_by_school: bool = False
    # The office has looked at the dangers, or at an adult's hours, and agrees.
    is_released_by_office: bool = False


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Who would work. What is unknown is judged as the stricter case.

    `class_level` is that of the school year in which `class_level_on` lies.
    """

    born_on: date
    school_state: FederalState | None
    class_level: int | None
    class_level_on: date
    is_confirmed: bool = False
    is_released: bool = False
    # The school raised the limits of a school event (U3); only from 15, FT over.
    is_raised: bool = False
    # Days of voluntary work in school holidays, by calendar year.
    days_used: Mapping[int, int] = field(default_factory=dict)
    # Sundays worked before, by (year, month).
    sundays_worked: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """U1 to U16 as far as they change an answer; the defaults stand in the table."""

    full_time_years: Mapping[FederalState, int] = field(
        default_factory=lambda: {
            FederalState.SAXONY: 9,
            FederalState.SAXONY_ANHALT: 9,
            FederalState.THURINGIA: 10,
        }
    )
    school_event_min_age: int = 13
    school_day_limit: int = SCHOOL_DAY_LIMIT
    school_week_limit: int = SCHOOL_WEEK_LIMIT
    is_voluntary_under_15_allowed: bool = False
    is_school_event_early_late: bool = False
    is_school_event_weekend: bool = False
    is_school_event_on_home_holiday: bool = False
    voluntary_needs_release: bool = True
    is_free_day_holiday: bool = False
    school_event_in_holidays: frozenset[FederalState] = frozenset(
        {FederalState.SAXONY, FederalState.SAXONY_ANHALT}
    )
    do_holiday_hours_count: bool = True
    voluntary_holiday_days: int = 20
    must_break_end_before: bool = True
    adult_day_limit: int = ADULT_DAY_LIMIT
    are_adult_rest_days_kept: bool = True


@dataclass(frozen=True)
class Finding:
    """One reason, and the day it is about; None where it is about the plan."""

    reason: Reason
    day: date | None = None


@dataclass(frozen=True)
class Verdict:
    """All that speaks against a plan, the first reason first; none: it is possible."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding | None:
        """What is told."""
        return self.findings[0] if self.findings else None

    @property
    def reason(self) -> Reason | None:
        """The key of what is told."""
        return self.findings[0].reason if self.findings else None
