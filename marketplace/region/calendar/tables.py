"""A calendar as plain values, for rules that know no database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

from marketplace.region.calendar.enums import DayKind
from marketplace.region.places.enums import FederalState


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
        return [
            span.name
            for span in self.spans
            if span.state is state
            and span.kind is kind
            and span.starts_on <= day <= span.ends_on
        ]

    def is_school_holiday(self, state: FederalState, day: date) -> bool:
        """Says whether a day lies in the school holidays of a state."""
        return bool(self.names_of(state, day, DayKind.SCHOOL_HOLIDAY))

    def is_free_day(self, state: FederalState, day: date) -> bool:
        """Says whether a day is free of lessons, without being a holiday."""
        return bool(self.names_of(state, day, DayKind.FREE_DAY))

    def is_public_holiday(
        self, state: FederalState, day: date, place: str = ""
    ) -> bool:
        """Says whether a day is a public holiday in a state or municipality."""
        if (place, day) in self.local_holidays:
            return True
        return bool(self.names_of(state, day, DayKind.PUBLIC_HOLIDAY))

    def knows(self, state: FederalState, day: date) -> bool:
        """Says whether the school holidays of that year and state are there."""
        return any(
            span.state is state
            and span.kind is DayKind.SCHOOL_HOLIDAY
            and span.starts_on.year <= day.year <= span.ends_on.year
            for span in self.spans
        )


def shipped_holidays() -> Iterator[Span]:
    """The school holidays and free days that come with the product."""
    table = files("marketplace.region.calendar").joinpath("school_holidays.csv")
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        yield Span(
            FederalState(row["state"]),  # type: ignore[call-arg]
            kind_of_name(row["name"]),
            row["name"],
            date.fromisoformat(row["starts_on"]),
            date.fromisoformat(row["ends_on"]),
        )


def kind_of_name(name: str) -> DayKind:
    """Tells holidays from single free days by their name, as the law does (U9)."""
    is_holiday = name.strip().lower().endswith("ferien")
    return DayKind.SCHOOL_HOLIDAY if is_holiday else DayKind.FREE_DAY
