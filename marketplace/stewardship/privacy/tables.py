"""The register of personal data: each table and column, what it is for, how long.

register.csv names every table of the database. A row without a column is the table's,
with words for people, purpose and period: rows of the table of retention, or `Kept`.
"none" is a table that tells of no person. Below a table of persons stand all of its
columns; without words only programs read them.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from marketplace.stewardship.privacy.enums import Purpose

IMPERSONAL = "none"


@dataclass(frozen=True)
class Record:
    """A table of persons, its columns with their words, and how long its rows stay."""

    words: str
    purpose: Purpose
    kept: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> list[str]:
        """What stands in it, in words for people."""
        return list(dict.fromkeys(filter(None, self.columns.values())))


@cache
def register() -> Mapping[str, Record]:
    """The tables of persons by name."""
    found: dict[str, Record] = {}
    for row in _rows():
        name, column = row["table"], row["column"]
        if column:
            found[name].columns[column] = row["words"]
        elif row["purpose"] != IMPERSONAL:
            purpose = Purpose(row["purpose"])  # type: ignore[call-arg]
            found[name] = Record(row["words"], purpose, tuple(row["kept"].split()))
    return found


@cache
def impersonal() -> frozenset[str]:
    """The tables that tell of no person."""
    return frozenset(r["table"] for r in _rows() if r["purpose"] == IMPERSONAL)


def _rows() -> Iterator[dict[str, str]]:
    text = files("marketplace.stewardship.privacy").joinpath("register.csv").read_text()
    return csv.DictReader(text.splitlines())
