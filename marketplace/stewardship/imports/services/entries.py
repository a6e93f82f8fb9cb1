"""Rows on their way in: what they say, and what became of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from marketplace.foundation.language import _
from marketplace.stewardship.imports.enums import HeldReason, ImportKind, Outcome

# The day before the first of the calendar that spreadsheet programs count in.
SERIAL_START = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
_SPACES = re.compile(r"[^\S\n]+")
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:T[\d:.]+)?"),
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"),
)
_MONTHS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})"),
)


class RejectedRow(Exception):
    """A row cannot be taken over; `reason` says why, to people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WaitingRow(Exception):
    """A row can only be taken over after a person looked at it."""

    def __init__(
        self,
        reason: HeldReason,
        *,
        like_id: int | None = None,
        place_ids: Sequence[int] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.like_id = like_id
        self.place_ids = list(place_ids)


@dataclass(frozen=True)
class Entry:
    """One row of a file, under the names of the house; what is blank is not there."""

    line: int
    values: Mapping[str, str]
    cells: Sequence[str] = ()

    def get(self, name: str) -> str:
        """What the row says, or nothing."""
        return self.values.get(name, "")

    def need(self, name: str, heading: str) -> str:
        """What the row says; without it the row is rejected."""
        if not self.get(name):
            raise RejectedRow(_("„%(heading)s“ fehlt.", heading=heading))
        return self.values[name]

    @property
    def digest(self) -> str:
        """The same for the same words, wherever the row stands."""
        words = "\0".join(f"{key}\1{self.values[key]}" for key in sorted(self.values))
        return sha256(words.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a file is to be taken over. `source`, `licence`: where a row tells none."""

    at: datetime
    source: str = ""
    licence: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    # Look only, and leave no trace.
    is_dry_run: bool = False
    # All rows or none.
    is_strict: bool = False
    # Where rejected rows are written to, for somebody to mend them.
    rejected_folder: Path | None = None


@dataclass(frozen=True)
class Rejection:
    """A row that was not taken over, and why."""

    line: int
    reason: str
    cells: Sequence[str]


@dataclass
class Report:
    """What became of a file. The counts of outcomes add up to `read`."""

    kind: ImportKind | None
    file_name: str
    read: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    organisations_created: int = 0
    headings: Sequence[str] = ()
    # Headings nobody knew, and sheets that were not read.
    unknown: Sequence[str] = ()
    rejections: list[Rejection] = field(default_factory=list)
    rejected_file: Path | None = None
    # Why nothing of the file was taken over, if so.
    refusal: str = ""
    is_known_not_taken: bool = False

    @property
    def taken(self) -> int:
        """How many rows are in the house now, or wait at its door."""
        return self.read - self.outcomes[Outcome.REJECTED]


def cleaned(text: str) -> str:
    """Gives a cell without the blanks around and between that nobody meant."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.strip().splitlines())
    return "\n".join(lines)


def day_from(text: str) -> date | None:
    """Reads a day as people and spreadsheets write it; None where there is none."""
    if text.isdecimal() and int(text) in SERIALS:
        return SERIAL_START + timedelta(days=int(text))
    return _first_day(text, _DAYS)


def since_from(text: str) -> date | None:
    """Reads of when something is; of a month or a year, its first day."""
    return day_from(text) or _first_day(text, _MONTHS)


def number_from(text: str) -> float | None:
    """Reads a number with a point or a comma; None where there is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _first_day(text: str, patterns: Sequence[re.Pattern[str]]) -> date | None:
    for pattern in patterns:
        if hit := pattern.fullmatch(text.strip()):
            parts = {"m": "1", "d": "1"} | hit.groupdict()
            try:
                return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
            except ValueError:
                return None
    return None
