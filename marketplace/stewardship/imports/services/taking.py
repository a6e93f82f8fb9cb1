"""A file given on the desk is taken over, a part of its rows at a time.

First all rows are laid down in the database; then each part is taken over in a
transaction of its own, which also says how far it came. A worker that dies leaves the
part it was at undone, and the next one goes on there; meanwhile others can write.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter

from flask_babel import force_locale
from sqlalchemy import delete, insert
from sqlalchemy.exc import OperationalError

from marketplace.foundation.database import db, locked, locked_all, reading
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.imports.enums import ImportKind, Outcome, UploadState
from marketplace.stewardship.imports.models import ImportRun, Upload, UploadRow
from marketplace.stewardship.imports.queries import newest_ids, waiting_upload_rows
from marketplace.stewardship.imports.services.files import TAKES, take_row
from marketplace.stewardship.imports.services.headings import (
    Table,
    columns_of,
    entry_of,
    layout_of,
    read_table,
)
from marketplace.stewardship.imports.services.runs import (
    Run,
    Take,
    begin_run,
    mind_of,
)
from marketplace.stewardship.imports.services.uploads import order_of
from marketplace.upkeep.files.queries import content_of
from marketplace.upkeep.files.services import drop_file
from marketplace.upkeep.jobs.services import ask_for

TAKE = "imports.take"
# So many rows are taken over in one transaction at most, and so long: who writes
# meanwhile waits for no more than that.
PART = 2_000
SECONDS = 1.0
# So many rows are laid down in one statement.
AT_ONCE = 2_000
# So often a row is tried at which the program fails, after growing pauses.
MOST_TRIES, PAUSE = 3, timedelta(minutes=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """What one part of a file learned of all there is, and up to where it came."""

    done_count: int
    newest: tuple[int | None, ...]
    take: Take


# Reading all there is for each part anew made a long file take ever longer. It counts
# only where the part before was committed and nobody added anything since.
_KEPT: dict[str, Kept] = {}


@dataclass
class Hand:
    """Which row is being taken over."""

    row: UploadRow


def stage_upload(upload_id: int, *, at: datetime) -> None:
    """Lays the rows of a file down in the database; a bad file is refused."""
    # Nobody else waits for us while the file is read.
    with reading():
        upload = db.session.get(Upload, upload_id)
        if upload is None or upload.state is not UploadState.WAITING:
            return
        kind, mapping, locale = upload.kind, dict(upload.mapping), upload.locale
        content = content_of(upload.file) if upload.file else b""
    with force_locale(locale):
        table, refusal = _read(kind, content, mapping)

    locked_all(Upload, [upload_id])  # another worker may have done with it meanwhile
    upload = db.session.get(Upload, upload_id)
    if upload is None or upload.state is not UploadState.WAITING:
        return
    if table is None:
        upload.state, upload.refusal = UploadState.REFUSED, refusal
        upload.finished_at = at
        return
    _lay_down(upload, table)
    order = order_of(upload, at=at)
    run = begin_run(kind, upload.file_name, order, table.columns)
    run.record.read_count = upload.row_count = len(table.entries)
    upload.run, upload.state = run.record, UploadState.TAKING
    upload.headings = list(table.sheet.headings)
    file, upload.file = upload.file, None
    db.session.flush()  # nothing points to the file any more
    if file:
        drop_file(file)
    _ask_for_part(upload, at=at)


def take_part(upload_id: int, *, at: datetime) -> bool:
    """Takes the next rows over, and asks for those behind them.

    What is said of them is said in the language of whoever started it.
    Where the program fails at a row, the part is undone and tried again later; at the
    third time the row is set aside with a reason, the others go on, and True is given.
    """
    upload = locked(db.session.get_one(Upload, upload_id))
    if upload.state is not UploadState.TAKING or upload.run is None:
        return False
    rows = db.session.scalars(waiting_upload_rows(upload, PART)).all()
    if not rows:
        upload.state, upload.finished_at = UploadState.DONE, at
        upload.preview = []
        return False
    with force_locale(upload.locale):
        return _do_part(upload, upload.run, rows, at=at)


def _do_part(
    upload: Upload, record: ImportRun, rows: Sequence[UploadRow], *, at: datetime
) -> bool:
    """Says whether a row was set aside at which the program failed."""
    hand, kept = Hand(rows[0]), _KEPT.pop(upload.public_id, None)
    try:
        with db.session.begin_nested():
            take = _take_rows(upload, record, rows, hand, kept, at=at)
    except OperationalError:  # the database is away; no row can do anything for it
        raise
    except Exception:
        log.exception("Line %s of upload %s failed", hand.row.line, upload.public_id)
        return _note_failure(upload, hand.row, at=at)
    _ask_for_part(upload, at=at)
    _KEPT.clear()
    if mind_of(take):
        _KEPT[upload.public_id] = Kept(upload.done_count, newest_ids(), take)
    return False


def _take_rows(
    upload: Upload,
    record: ImportRun,
    rows: Sequence[UploadRow],
    hand: Hand,
    kept: Kept | None,
    *,
    at: datetime,
) -> Take:
    """Takes rows over, and gives the way it did, which knows all there is."""
    columns = columns_of(upload.headings, layout_of(upload.kind, upload.mapping))
    run = Run(upload.kind, order_of(upload, at=at), record, frozenset(columns))
    take, taken, done = _taker(run, upload, kept), [], 0
    began = perf_counter()
    for row in rows:
        if done and perf_counter() - began > SECONDS:
            break
        hand.row = row
        done += 1
        entry = entry_of(row.line, row.cells, columns)
        outcome, reason = take_row(take, run, entry, len(upload.headings))
        _count(run.record, outcome)
        if outcome is Outcome.REJECTED:
            row.reason = reason
        else:
            taken.append(row.id)
    record.organisations_created_count += run.organisations_created
    upload.done_count += done
    db.session.execute(delete(UploadRow).where(UploadRow.id.in_(taken)))
    return take


def _taker(run: Run, upload: Upload, kept: Kept | None) -> Take:
    """Goes on with what is kept, if that is the part before and all there is."""
    mind = mind_of(kept.take) if kept else None
    told = (upload.done_count, newest_ids())
    if kept and mind and (kept.done_count, kept.newest) == told:
        mind.go_on(run)
        return kept.take
    return TAKES[upload.kind](run)


def _note_failure(upload: Upload, row: UploadRow, *, at: datetime) -> bool:
    """Counts a failure of the program at a row; says whether the row is set aside."""
    row.try_count += 1
    is_over = row.try_count >= MOST_TRIES
    if is_over and upload.run:
        row.reason = _("Hier ist unser Programm gescheitert. Wir sehen uns das an.")
        upload.done_count += 1
        _count(upload.run, Outcome.REJECTED)
    name = f"upload {upload.public_id} line {row.line} after {row.try_count}"
    due_at = at if is_over else at + row.try_count * PAUSE
    ask_for(TAKE, {"upload": upload.id}, name=name, due_at=due_at)
    return is_over


def _read(
    kind: ImportKind, content: bytes, mapping: dict[str, str]
) -> tuple[Table | None, str]:
    """The table of a file, or the sentence with which it is refused."""
    try:
        table = read_table(kind, content, mapping)
    except Refusal as refusal:
        return None, refusal.sentence
    if not table.entries:
        return None, _("Die Tabelle hat keine Zeilen.")
    return table, ""


def _lay_down(upload: Upload, table: Table) -> None:
    rows = [
        {"upload_id": upload.id, "line": row.line, "cells": row.cells, "reason": ""}
        for row in table.sheet.rows
    ]
    for k in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(UploadRow), rows[k : k + AT_ONCE])


def _count(record: ImportRun, outcome: Outcome) -> None:
    column = f"{outcome}_count"
    setattr(record, column, getattr(record, column) + 1)


def _ask_for_part(upload: Upload, *, at: datetime) -> None:
    name = f"upload {upload.public_id} from {upload.done_count}"
    ask_for(TAKE, {"upload": upload.id}, name=name, due_at=at)
