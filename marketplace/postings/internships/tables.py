"""An internship as page, interface and import hand it over."""

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from typing import Protocol

from marketplace.postings.internships.enums import Shape
from marketplace.region.labour.enums import Basis, Branch, Danger
from marketplace.region.topics.enums import Topic


class DaysFit(IntEnum):
    """How the periods of an internship lie to the days that were asked for."""

    WHOLLY = 0
    IN_PART = 1
    UNTOLD = 2
    NOT = 3


class Candidate(Protocol):
    """What decides where an internship stands in the order that fits.

    `begins_on` is the next period one can apply for, `days_fit` a `DaysFit`.
    """

    @property
    def id(self) -> int: ...
    @property
    def is_bookable(self) -> bool: ...
    @property
    def topics(self) -> frozenset[Topic]: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def begins_on(self) -> date | None: ...
    @property
    def days_fit(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class PeriodEntry:
    """One period as entered; `key` is the public id of one that is there already."""

    starts_on: date
    ends_on: date
    place_count: int = 1
    apply_until: date | None = None
    days: tuple[date, ...] = ()
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class SupervisorEntry:
    """Who looks after the young people; `surname` and `declared_on` stay inside."""

    first_name: str
    function: str
    surname: str = ""
    declared_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class InternshipEntry:
    """An internship as page, interface and import hand it over.

    `site_id` is one of the organisation's sites. Insurer and liability that are left
    empty become what is usual.
    """

    title: str
    description: str = ""
    learn: str = ""
    topics: frozenset[Topic] = frozenset()
    occupation_ids: tuple[int, ...] = ()
    bases: frozenset[Basis] = frozenset()
    shape: Shape = Shape.BLOCK
    periods: tuple[PeriodEntry, ...] = ()
    day_starts_at: time | None = None
    day_ends_at: time | None = None
    breaks: tuple[tuple[time, time], ...] = ()
    branch: Branch = Branch.NONE
    is_multi_shift: bool = False
    grade_from: int | None = None
    grade_to: int | None = None
    minimum_age: int | None = None
    site_id: int | None = None
    way_there: str = ""
    bring: str = ""
    papers: str = ""
    pay: str = ""
    insurer: str = ""
    liability: str = ""
    dangers: frozenset[Danger] = frozenset()
    risks_assessed_on: date | None = None
    supervisors: tuple[SupervisorEntry, ...] = ()
