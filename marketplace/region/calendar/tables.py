"""A calendar as plain values, for rules that know no database."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files

from marketplace.region.calendar.enums import DayKind
from marketplace.region.places.enums import FederalState

AUGUST = 8
# Landkreis Bautzen, Eichsfeld, Wartburgkreis, Unstrut-Hainich-Kreis: there Corpus
# Christi is a public holiday in some municipalities and in others not (U7).
DISTRICTS_WITH_LOCAL_HOLIDAYS = frozenset({"14625", "16061", "16063", "16064"})


@dataclass(frozen=True)
class Span:
    """Some days of one state, both ends included."""

    state: FederalState
    kind: DayKind
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Calendar:
    """What is known of the days of the three states.

    `local_holidays` are public holidays of single municipalities, as (place, day).
    """

    spans: tuple[Span, ...]
    local_holidays: frozenset[tuple[str, date]] = field(default_factory=frozenset)

    def names_of(self, state: FederalState, day: date, kind: DayKind) -> list[str]:
        """What a day of a state is called under one kind; usually nothing."""
        spans = self._spans_by_kind.get((state, kind), ())
        return [span.name for span in spans if span.starts_on <= day <= span.ends_on]

    def is_school_holiday(self, state: FederalState, day: date) -> bool:
        """Says whether a day lies in the school holidays of a state."""
        return bool(self.names_of(state, day, DayKind.SCHOOL_HOLIDAY))

    def is_free_day(self, state: FederalState, day: date) -> bool:
        """Says whether a day is free of lessons, without being a holiday (U9)."""
        return bool(self.names_of(state, day, DayKind.FREE_DAY))

    def is_public_holiday(
        self, state: FederalState, day: date, place: str = ""
    ) -> bool:
        """Says whether a day is a public holiday in a state or municipality (U7)."""
        if (place, day) in self.local_holidays:
            return True
        return bool(self.names_of(state, day, DayKind.PUBLIC_HOLIDAY))

    def knows_school_days(self, state: FederalState, day: date) -> bool:
        """Says whether one can tell if there is school on a day.

        One can if holidays begin in its school year, or if it lies in holidays: the
        last summer of a table reaches into a school year that has no rows yet.
        """
        year = school_year_of(day)
        spans = self._spans_by_kind.get((state, DayKind.SCHOOL_HOLIDAY), ())
        return any(
            school_year_of(span.starts_on) == year
            or span.starts_on <= day <= span.ends_on
            for span in spans
        )

    def knows_public_holidays(self, state: FederalState, day: date) -> bool:
        """Says whether the public holidays of the year of a day are there."""
        spans = self._spans_by_kind.get((state, DayKind.PUBLIC_HOLIDAY), ())
        return any(span.starts_on.year == day.year for span in spans)

    @cached_property
    def _spans_by_kind(self) -> Mapping[tuple[FederalState, DayKind], list[Span]]:
        spans = defaultdict(list)
        for span in self.spans:
            spans[span.state, span.kind].append(span)
        return dict(spans)


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began, on 1 August."""
    return day.year if day.month >= AUGUST else day.year - 1


def shipped_holidays() -> Iterator[tuple[Span, str, date]]:
    """The school holidays and free days of the product, with source and its day."""
    table = files("marketplace.region.calendar").joinpath("school_holidays.csv")
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        span = Span(
            FederalState(row["state"]),  # type: ignore[call-arg]
            kind_of_name(row["name"]),
            row["name"],
            date.fromisoformat(row["starts_on"]),
            date.fromisoformat(row["ends_on"]),
        )
        yield span, row["source"], date.fromisoformat(row["as_of"])


def kind_of_name(name: str) -> DayKind:
    """Tells holidays from single free days by their name, as the law does (U9)."""
    is_holiday = name.strip().lower().endswith("ferien")
    return DayKind.SCHOOL_HOLIDAY if is_holiday else DayKind.FREE_DAY


# Days of the week as bits, Monday the lowest, and the words that name them.
EVERY_DAY = 0b1111111
STEMS = {
    "montag": 1,
    "dienstag": 2,
    "mittwoch": 4,
    "donnerstag": 8,
    "freitag": 16,
    "samstag": 32,
    "sonnabend": 32,
    "sonntag": 64,
    "werktag": 0b11111,
    "wochenend": 0b1100000,
}
_NAMES = ("mo", "di", "mi", "do", "fr", "sa", "so")
SHORT = {name: number for number, name in enumerate(_NAMES)}
_LONG = "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
_DAY = rf"({_LONG}|{'|'.join(_NAMES)})"
RANGE = re.compile(rf"\b{_DAY}s?\.?\s*(?:-|–|bis)\s*{_DAY}s?\b")
