"""An internship as page, interface and import hand it over."""

from dataclasses import dataclass
from datetime import date, time

from marketplace.foundation.geometry import Point
from marketplace.postings.internships.enums import Shape
from marketplace.region.labour.enums import Basis, Branch, Danger
from marketplace.region.topics.enums import Topic


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
class Candidate:
    """What decides where an internship stands in the order that fits.

    `spans` are the periods one can apply for, first and last day, the next one first.
    """

    number: int
    is_bookable: bool
    is_on_request: bool
    topics: frozenset[Topic]
    point: Point | None
    spans: tuple[tuple[date, date], ...]


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
