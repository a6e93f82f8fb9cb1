"""The numbers and exceptions of the law, and the values a plan is made of.

Times of day and spans are minutes; a day begins at 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marketplace.region.labour.enums import (
    STILL_MISSING,
    Basis,
    Branch,
    Danger,
    Reason,
)
from marketplace.region.places.enums import FederalState

HOUR = 60
ADULT = 18
# Below it nobody works (§ 5 Abs. 1 JArbSchG), and nobody by her own will (§ 5 Abs. 3).
CHILD, YOUTH = 13, 15
# From here on consent to what is optional is one's own (Art. 8 DSGVO).
CONSENT = 16
SATURDAY, SUNDAY = 5, 6
EARLIEST, LATEST, EVE_END = 6 * HOUR, 20 * HOUR, 14 * HOUR
BALANCED_DAY = 8 * HOUR + 30
SHIFT_LIMIT, LONG_SHIFT_LIMIT = 10 * HOUR, 11 * HOUR
REST, ADULT_REST = 12 * HOUR, 11 * HOUR
SHORTEST_BREAK, BREAK_MARGIN = 15, HOUR
LONGEST_PIECE, ADULT_LONGEST_PIECE = 4 * HOUR + 30, 6 * HOUR
WORKDAYS_A_WEEK = 5
# Of each month they must, or should, stay free (§§ 16, 17 JArbSchG).
FREE_SUNDAYS = FREE_SATURDAYS = 2

_B = Branch
# § 12, § 16, §§ 17 and 18 JArbSchG. A household has Sundays only for who lives in it,
# which no posting offers.
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
        return self.ends - self.starts - self.pause

    @property
    def pause(self) -> int:
        """Minutes of breaks that count as such."""
        return sum(end - start for start, end in self.real_breaks)

    @property
    def pieces(self) -> list[int]:
        """The minutes of work in one go, between the breaks."""
        edges = [self.starts, *(e for b in self.real_breaks for e in b), self.ends]
        return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]

    @property
    def real_breaks(self) -> list[tuple[int, int]]:
        """The breaks of at least 15 minutes, in order; shorter ones are none (§ 11).

        What lies outside the day is no break of it, and two that overlap are one.
        """
        united: list[tuple[int, int]] = []
        for start, end in sorted(self.breaks):
            begins, ends = max(start, self.starts), min(end, self.ends)
            if united and begins <= united[-1][1]:
                begins, ends = united[-1][0], max(ends, united[-1][1])
                united.pop()
            united.append((begins, ends))
        return [b for b in united if b[1] - b[0] >= SHORTEST_BREAK]

    def joined_with(self, other: "DayPlan") -> "DayPlan":
        """The same day at two companies; the way between is a break."""
        first, second = sorted((self, other), key=lambda plan: plan.starts)
        way = (first.ends, max(first.ends, second.starts))
        return DayPlan(
            self.day,
            first.starts,
            max(first.ends, second.ends),
            (*first.breaks, way, *second.breaks),
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be judged: the days, the place, the tasks.

    No basis: a visit or an offer, which is no work. `left_out` are public holidays
    inside the plan that are not worked; their hours count towards the week: those
    that were planned, else the daily limit (U11). `is_named_by_school`: the school
    named these very dates.
    """

    basis: Basis | None
    days: tuple[DayPlan, ...]
    work_state: FederalState
    # The municipality, for holidays of its own (U7).
    work_place: str = ""
    branch: Branch = Branch.NONE
    # Works in several shifts, whatever its branch (§ 14 Abs. 2 Nr. 2).
    is_multi_shift: bool = False
    dangers: frozenset[Danger] = frozenset()
    left_out: tuple[date | DayPlan, ...] = ()
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
    # The last day of Vollzeitschulpflicht, where the school has said it (U1).
    full_time_ends_on: date | None = None
    # The municipality of the school, for holidays of its own (U7).
    school_place: str = ""
    # Free days that the school itself has set.
    movable_days: frozenset[date] = frozenset()
    is_confirmed: bool = False
    is_released: bool = False
    # The school raised the limits of a school event (U3); only from 15, FT over.
    is_raised: bool = False
    # Days of voluntary work in school holidays, by calendar year, without this plan.
    days_used: Mapping[int, int] = field(default_factory=dict)
    # Days at other companies, and earlier ones at this: hours, days, Saturdays and
    # Sundays add up (§ 4 Abs. 5).
    elsewhere: tuple[DayPlan, ...] = ()


@dataclass(frozen=True)
class Limit:
    """The most that one may work, in minutes."""

    day: int
    week: int


# K6 and K7: whoever is 15 to 17 and works of her own will (§ 8 Abs. 1).
YOUTH_LIMIT = Limit(8 * HOUR, 40 * HOUR)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the law leaves open, U1 to U16, each with the default that is safe.

    U7 is a table of the calendar. U15 and U16 judge no plan: how many guardians are
    asked, and what stands on a printed agreement.
    """

    # U1: school years, counted by class level, to 31 July.
    full_time_years: Mapping[FederalState, int] = field(
        default_factory=lambda: {
            FederalState.SAXONY: 9,
            FederalState.SAXONY_ANHALT: 9,
            FederalState.THURINGIA: 10,
        }
    )
    # U2
    school_event_min_age: int = CHILD
    # U3, and what a school may raise it to.
    school_event_limit: Limit = Limit(7 * HOUR, 35 * HOUR)
    school_event_raised_limit: Limit = YOUTH_LIMIT
    # U4: light work within the limit of school events, once full time is over.
    is_voluntary_under_15_allowed: bool = False
    # U5: with the exceptions of the branches.
    is_school_event_early_late_allowed: bool = False
    is_school_event_weekend_allowed: bool = False
    # U6
    is_school_event_on_home_holiday_allowed: bool = False
    # U8
    is_release_needed_on_school_days: bool = True
    # U9
    is_free_day_holiday: bool = False
    # U10: where on dates that the school names, elsewhere never.
    school_event_in_holidays: frozenset[FederalState] = frozenset(
        {FederalState.SAXONY, FederalState.SAXONY_ANHALT}
    )
    # U11
    are_holiday_hours_counted: bool = True
    # U12
    voluntary_holiday_days: int = 20
    # U13: else it must only have begun an hour before the end.
    must_break_be_over_before_end: bool = True
    # U14
    adult_limit: Limit = Limit(8 * HOUR, 48 * HOUR)
    are_adult_rest_days_kept: bool = True
    # U15: one declares to act for the other as well.
    guardians_required: int = 1


@dataclass(frozen=True)
class Finding:
    """One reason, the day it is about, and what would be allowed instead.

    `allowed` are minutes of the day or of work, for breaks the minutes needed, for
    ages and holidays a number. Without a day it is about a posting in general.
    """

    reason: Reason
    day: date | None = None
    allowed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """All that speaks against a plan, the first reason first; none: it is possible.

    `tight_saturdays` refuse nothing: Saturdays of work in a month of which fewer
    than two stay free (§ 16 Abs. 2 JArbSchG).
    """

    findings: tuple[Finding, ...]
    tight_saturdays: tuple[date, ...] = ()

    @property
    def first(self) -> Finding | None:
        """What is told."""
        return self.findings[0] if self.findings else None

    @property
    def reason(self) -> Reason | None:
        """The key of what is told."""
        return self.findings[0].reason if self.findings else None

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """What cannot be, whatever the school says."""
        return tuple(f for f in self.findings if f.reason not in STILL_MISSING)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What the school still has to do; it stops confirming alone."""
        return tuple(f for f in self.findings if f.reason in STILL_MISSING)
