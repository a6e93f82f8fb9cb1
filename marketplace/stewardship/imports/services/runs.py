"""One file being taken over: what is known at its beginning, and what it left."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.stewardship.imports.enums import HeldReason, ImportKind, Outcome
from marketplace.stewardship.imports.models import ImportedRow, ImportRun
from marketplace.stewardship.imports.queries import noted_of_kind
from marketplace.stewardship.imports.services.entries import (
    Entry,
    Order,
    RejectedRow,
    WaitingRow,
)

# Takes one row over and says what became of it; raises RejectedRow and WaitingRow.
Take = Callable[[Entry], Outcome]


@dataclass
class Run:
    """What every way to take rows over is told, and where it counts."""

    kind: ImportKind
    order: Order
    record: ImportRun
    columns: frozenset[str] = frozenset()
    # A place that a person chose for the row.
    place_id: int | None = None
    # That a person said: it is not the same.
    is_told_apart: bool = False
    organisations_created: int = field(default=0)

    @property
    def file_name(self) -> str:
        """The name of the file, without its folder."""
        return self.record.file_name


def begin_run(
    kind: ImportKind, file_name: str, order: Order, columns: frozenset[str]
) -> Run:
    """Notes that a file is being read."""
    noted = ImportRun(
        kind=kind,
        file_name=file_name[:200],
        source=order.source[:400],
        licence=order.licence[:120],
        started_at=order.at,
    )
    db.session.add(noted)
    db.session.flush()  # the rows name it
    return Run(kind, order, noted, columns)


class Mind(Protocol):
    """What a way to take rows over knows of all there is, kept from part to part."""

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, without reading all of it again."""


def mind_of(take: Take) -> Mind | None:
    """What a way to take rows over knows and can go on with, if it is of that kind."""
    mind = getattr(take, "__self__", None)
    return mind if hasattr(mind, "go_on") else None


class Noted(NamedTuple):
    """What is known of a row that was taken over, without what it wrote."""

    id: int
    key: str
    digest: str
    thing_id: int
    run_id: int
    file_name: str


class Ledger:
    """What earlier imports of a kind wrote, by the key of the row."""

    def __init__(self, run: Run) -> None:
        self.run = run
        rows = map(Noted._make, db.session.execute(noted_of_kind(run.kind)))
        self.rows = {row.key: row for row in rows}
        # A long file comes in parts: what an earlier one of this run wrote.
        self.earlier = {
            key for key, row in self.rows.items() if row.run_id == run.record.id
        }
        self.now: set[str] = set()

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, knowing all that was written."""
        self.run = run
        self.earlier |= self.now
        self.now = set()

    def is_same(self, key: str, entry: Entry) -> bool:
        """Says whether the very same row was taken over before."""
        row = self.rows.get(key)
        return row is not None and row.digest == entry.digest

    def is_of_this_run(self, key: str) -> bool:
        """Says whether an earlier part of this very file brought the row."""
        return key in self.earlier and not self.run.is_told_apart

    def note(self, key: str, entry: Entry, thing_id: int) -> ImportedRow:
        """Writes down that a row became this thing."""
        known = self.rows.get(key)
        if known is None:
            row = ImportedRow(kind=self.run.kind, key=key, thing_id=thing_id)
            row.written, row.differences = {}, {}
            row.file_name = self.run.file_name
            db.session.add(row)
        else:
            row = db.session.get_one(ImportedRow, known.id)
        row.digest, row.run_id = entry.digest, self.run.record.id
        db.session.flush()  # what is known of it needs its id
        self.now.add(key)
        self.rows[key] = Noted(
            row.id, key, row.digest, row.thing_id, row.run_id, row.file_name
        )
        return row


def raise_twice(entry: Entry, line: int, row: Noted | None) -> None:
    """Rejects a number that stands in the file already; holds a row without one."""
    if not entry.get("id"):
        like_id = row.thing_id if row else None
        raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like_id)
    told = {"id": entry.get("id"), "line": line}
    if line == entry.line:  # it stood in an earlier part
        raise RejectedRow(_("Die Nummer „%(id)s“ steht weiter oben schon.", **told))
    raise RejectedRow(_("Die Nummer „%(id)s“ steht schon in Zeile %(line)s.", **told))


def write_unedited(thing: Any, values: dict[str, Any], row: ImportedRow) -> Outcome:
    """Writes what the source says now, but over nothing that a person edited.

    What was edited is kept, and the words of the source are put beside it.
    """
    now = {name: plain(value) for name, value in values.items()}
    edited = {
        name
        for name in now
        if name in row.written and plain(getattr(thing, name)) != row.written[name]
    }
    changed = [
        name
        for name in now
        if name not in edited and plain(getattr(thing, name)) != now[name]
    ]
    for name in changed:
        setattr(thing, name, values[name])
    row.differences = {
        name: now[name] for name in edited if plain(getattr(thing, name)) != now[name]
    }
    row.written = row.written | {name: now[name] for name in now if name not in edited}
    return Outcome.UPDATED if changed else Outcome.UNCHANGED


def plain(value: Any) -> Any:
    """Gives a value of a column as it stands in the ledger."""
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
