"""The tables of a round in files: pupils and seats by name, wishes, classes, result."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import numpy as np

from marketplace.matching.clearing.market import NOBODY, Seats, Wish
from marketplace.matching.clearing.values import Outcome

SEPARATORS = ",;|\t"


@dataclass(frozen=True)
class Files:
    """Where the tables lie."""

    wishes: Path
    seats: Path
    classes: Path | None = None


@dataclass(frozen=True)
class Tables:
    """The tables read: pupils and seats have the number of their place here."""

    pupils: Sequence[str]
    seats: Sequence[str]
    wishes: Sequence[Wish]
    places: Seats


def read_round(files: Files) -> Tables:
    """Reads a round; refuses, with file and line, what is no number or not known."""
    seats: dict[str, int] = {}
    capacity, minimum = [], []
    for row in _rows(files.seats, "seat", "capacity"):
        name = row["seat"]
        if name in seats:
            raise row.error(f"the seat {name} stands there twice")
        seats[name] = len(seats)
        capacity.append(row.number("capacity"))
        minimum.append(row.number("minimum", 0))
    pupils: dict[str, int] = {}
    wishes: dict[tuple[int, int], Wish] = {}
    for place, row in enumerate(_rows(files.wishes, "pupil", "seat", "tier")):
        pupil = pupils.setdefault(row["pupil"], len(pupils))
        seat = _known(row, seats, "seat")
        if (pupil, seat) in wishes:
            raise row.error(f"{row['pupil']} wishes {row['seat']} twice")
        tier = row.number("tier")
        if not tier:
            raise row.error("tiers begin at 1")
        wishes[pupil, seat] = Wish(pupil, seat, tier, row.number("pos", place))
    if files.classes:
        _add_classes(files.classes, wishes, pupils, seats)
    return Tables(
        list(pupils), list(seats), list(wishes.values()), Seats.of(capacity, minimum)
    )


def write_result(path: Path, tables: Tables, outcome: Outcome) -> None:
    """Writes pupil, seat and tier of each; seat and tier are empty for none."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pupil", "seat", "tier"])
        results = zip(
            tables.pupils, outcome.seat.tolist(), outcome.tier.tolist(), strict=True
        )
        writer.writerows(
            [name, "", ""] if seat == NOBODY else [name, tables.seats[seat], tier]
            for name, seat, tier in results
        )


class _Row(dict[str, str]):
    """One row of a table, which knows where it stands."""

    def __init__(self, values: Mapping[str, str], place: str) -> None:
        super().__init__(values)
        self.place = place

    def error(self, what: str) -> ValueError:
        return ValueError(f"{self.place}: {what}.")

    def number(self, column: str, default: int | None = None) -> int:
        """A whole number from 0 on; empty only where there is a default."""
        text = self.get(column, "")
        if not text and default is not None:
            return default
        if not (text.isascii() and text.isdigit()):
            raise self.error(f"{column} is no whole number ({text or 'empty'})")
        return int(text)


def _add_classes(
    path: Path,
    wishes: dict[tuple[int, int], Wish],
    pupils: Mapping[str, int],
    seats: Mapping[str, int],
) -> None:
    """Ranks classes by size, so that any number may stand in the table."""
    found = {}
    for row in _rows(path, "pupil", "seat", "class"):
        pair = _known(row, pupils, "pupil"), _known(row, seats, "seat")
        try:
            number = float(row["class"])
        except ValueError:
            raise row.error(f"class is no number ({row['class'] or 'empty'})") from None
        if isnan(number):
            raise row.error("class is no number")
        if pair in found:
            raise row.error(f"{row['pupil']} at {row['seat']} stands there twice")
        found[pair] = number
    # A pair without a class has the best, as if 0 stood there.
    values = np.unique([0.0, *found.values()])
    for pair, wish in wishes.items():
        klass = int(np.searchsorted(values, found.get(pair, 0.0)))
        wishes[pair] = wish._replace(klass=klass)


def _known(row: _Row, numbers: Mapping[str, int], column: str) -> int:
    try:
        return numbers[row[column]]
    except KeyError:
        raise row.error(f"the {column} {row[column]} is not known") from None


def _rows(path: Path, *needed: str) -> Iterator[_Row]:
    """The rows of a table that are not empty, by the names of their columns."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is not written in UTF-8.") from None
    first = lines[0] if lines else ""
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(lines, delimiter=separator)
    columns = [name.strip().lower() for name in next(reader, [])]
    for name in needed:
        if name not in columns:
            raise ValueError(f"{path.name} has no column {name}.")
    for cells in reader:
        values = dict(zip(columns, map(str.strip, cells), strict=False))
        if any(values.values()):
            row = _Row(values, f"{path.name}, line {reader.line_num}")
            for name in needed:
                if not row.get(name):
                    raise row.error(f"{name} is empty")
            yield row
