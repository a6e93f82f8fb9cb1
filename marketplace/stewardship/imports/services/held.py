"""Rows that wait for a person, and what she decides about them."""

from collections.abc import Callable
from datetime import datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.stewardship.imports.enums import HeldState, Outcome
from marketplace.stewardship.imports.models import HeldRow, ImportRun
from marketplace.stewardship.imports.queries import held_row
from marketplace.stewardship.imports.services.entries import (
    Entry,
    Order,
    RejectedRow,
    WaitingRow,
)
from marketplace.stewardship.imports.services.runs import Run, Take
from marketplace.upkeep.audit.services import record


def hold(entry: Entry, run: Run, waiting: WaitingRow) -> Outcome:
    """Keeps a row until somebody decides; what was decided before stays decided."""
    row = held_row(run.kind, entry.digest)
    if row is not None:
        is_decided = row.state is not HeldState.WAITING
        return Outcome.UNCHANGED if is_decided else Outcome.HELD
    db.session.add(
        HeldRow(
            kind=run.kind,
            digest=entry.digest,
            run_id=run.record.id,
            line=entry.line,
            values=dict(entry.values),
            reason=waiting.reason,
            like_id=waiting.like_id,
            place_ids=waiting.place_ids,
        )
    )
    db.session.flush()  # the same row may stand in the file once more
    return Outcome.HELD


def take_held_row(
    row: HeldRow,
    start: Callable[[Run], Take],
    *,
    place_id: int | None,
    actor: User,
    at: datetime,
) -> Outcome:
    """Takes a row over after all: it is not the same, or lies at this place.

    `start` begins the taking over of its kind. Refuses what was decided before and
    what would be rejected.
    """
    _require_waiting(row)
    record_of_run = db.session.get_one(ImportRun, row.run_id)
    columns = frozenset(row.values)
    run = Run(
        row.kind,
        Order(at=at),
        record_of_run,
        columns,
        place_id=place_id,
        is_told_apart=True,
    )
    try:
        outcome = start(run)(Entry(row.line, row.values))
    except RejectedRow as rejected:
        raise Refusal(rejected.reason) from None
    except WaitingRow:
        raise Refusal(_("Wählen Sie bitte den Ort, der gemeint ist.")) from None
    close_held_row(row, HeldState.TAKEN, verb="taken", actor=actor, at=at)
    return outcome


def dismiss_held_row(row: HeldRow, *, actor: User, at: datetime) -> None:
    """Leaves a row out for good, also when its file comes again."""
    close_held_row(row, HeldState.DISMISSED, verb="dismissed", actor=actor, at=at)


def _require_waiting(row: HeldRow) -> None:
    if row.state is not HeldState.WAITING:
        raise Refusal(_("Über diese Zeile wurde schon entschieden."))


def close_held_row(
    row: HeldRow, state: HeldState, *, verb: str, actor: User, at: datetime
) -> None:
    """Notes what was decided; refuses what was decided before."""
    _require_waiting(row)
    row.state, row.decided_at = state, at
    record(f"held_row.{verb}", row, actor=actor, at=at)
