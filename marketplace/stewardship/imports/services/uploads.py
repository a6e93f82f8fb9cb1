"""A file given on the desk: looked into, mapped, and asked to be taken over.

Only its beginning is read here, whatever its length; the rest is the worker's. So is
the preview where there is much to compare with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from flask_babel import force_locale
from sqlalchemy import delete

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _, chosen_locale
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import HEAD_ROWS, Sheet, TableFile
from marketplace.people.accounts.models import User
from marketplace.stewardship.imports.enums import ImportKind, UploadState
from marketplace.stewardship.imports.models import Upload, UploadRow
from marketplace.stewardship.imports.queries import newest_ids
from marketplace.stewardship.imports.services.entries import Order
from marketplace.stewardship.imports.services.files import TAKES, take_row
from marketplace.stewardship.imports.services.headings import (
    LAYOUTS,
    NAMES,
    columns_of,
    entry_of,
    layout_of,
)
from marketplace.stewardship.imports.services.runs import begin_run
from marketplace.stewardship.imports.tables import LABELS
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.queries import content_of
from marketplace.upkeep.files.services import drop_file, keep_file
from marketplace.upkeep.jobs.services import ask_for

STAGE, LOOK = "imports.stage", "imports.look"
# Among so many things at most a preview is tried at once; among more by the worker.
MUCH = 10_000
# So many rows of a file are read for the preview, and so many of them are shown.
READ_ROWS, SHOWN_ROWS = HEAD_ROWS + 20, 10
LONGEST_CELL = 120
KINDS = tuple(LAYOUTS)
NOT_BEGUN = (UploadState.LOOKING, UploadState.CHOSEN)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a person says about a file; `mapping` leads headings to fields."""

    kind: ImportKind
    source: str = ""
    licence: str = ""
    mapping: Mapping[str, str] | None = None


def receive_upload(
    content: bytes,
    *,
    name: str,
    kind: ImportKind | None = None,
    source: str = "",
    licence: str = "",
    actor: User,
    at: datetime,
) -> Upload:
    """Keeps a file and looks into it; its kind is guessed where none is told.

    Refuses with one sentence what is no table, is empty, too large or a trap.
    """
    name = PurePath(name.replace("\\", "/")).name[-200:] or _("ohne Namen")
    file = TableFile(content, wanted=READ_ROWS)
    told = kind or _guessed_kind(name, file)
    sheet = _head_of(file, told, {})

    stored = keep_file(
        content,
        name=name,
        content_type="application/octet-stream",
        kind="upload",
        at=at,
    )
    upload = Upload(
        kind=told,
        file_name=name,
        file=stored,
        source=source[:400],
        licence=licence[:120],
        uploaded_by=actor,
        uploaded_at=at,
    )
    db.session.add(upload)
    db.session.flush()  # the record needs its id
    _look(upload, sheet, at=at)
    record("upload.received", upload, actor=actor, at=at)
    return upload


def choose(upload: Upload, choice: Choice, *, at: datetime) -> None:
    """Looks anew into a file under what a person said; refuses what is on its way."""
    file = _require_not_begun(upload)
    upload.source, upload.licence = choice.source[:400], choice.licence[:120]
    if choice.kind is not upload.kind:
        # The columns of another kind are found anew.
        upload.kind, upload.mapping = choice.kind, {}
    elif choice.mapping is not None:
        upload.mapping = dict(choice.mapping)
    head = TableFile(content_of(file), wanted=READ_ROWS)
    sheet = _head_of(head, upload.kind, upload.mapping)
    _look(upload, sheet, at=at)


def start_upload(upload: Upload, *, actor: User, at: datetime) -> None:
    """Asks the worker to take a file over; refuses while a needed column is missing."""
    _require_not_begun(upload)
    if missing := missing_fields(upload):
        raise Refusal(
            _(
                "Ordnen Sie noch zu: %(names)s.",
                names=", ".join(str(LABELS[name]) for name in missing),
            )
        )
    upload.state, upload.locale = UploadState.WAITING, chosen_locale()
    ask_for(STAGE, {"upload": upload.id}, name=f"upload {upload.public_id}", due_at=at)
    record("upload.started", upload, actor=actor, at=at)


def look_at_upload(upload_id: int, *, at: datetime) -> None:
    """Says of the first rows what would become of them, in the language of who asked.

    A second time does nothing.
    """
    upload = db.session.get(Upload, upload_id)
    upload = locked(upload) if upload else None
    if upload is None or upload.state is not UploadState.LOOKING or not upload.file:
        return
    head = TableFile(content_of(upload.file), wanted=READ_ROWS)
    with force_locale(upload.locale):
        _try(upload, _head_of(head, upload.kind, upload.mapping), at=at)


def discard_upload(upload: Upload, *, actor: User | None, at: datetime) -> None:
    """Throws a file away; refuses what is on its way or in."""
    if upload.state not in (*NOT_BEGUN, UploadState.REFUSED):
        raise Refusal(_("Diese Datei ist schon unterwegs."))
    record("upload.discarded", upload, actor=actor, at=at)
    file, upload.file = upload.file, None
    db.session.execute(delete(UploadRow).where(UploadRow.upload_id == upload.id))
    db.session.delete(upload)
    db.session.flush()  # nothing points to the file any more
    if file:
        drop_file(file)


def missing_fields(upload: Upload) -> Sequence[str]:
    """The fields that its kind cannot miss and that no column leads to."""
    layout = layout_of(upload.kind, upload.mapping)
    columns = columns_of(upload.headings, layout)
    return [name for name in layout.needed if name not in columns]


def order_of(upload: Upload, *, at: datetime) -> Order:
    """How its rows are taken over."""
    return Order(at=at, source=upload.source, licence=upload.licence)


def _require_not_begun(upload: Upload) -> StoredFile:
    if upload.state not in NOT_BEGUN or upload.file is None:
        raise Refusal(_("Diese Datei ist schon unterwegs."))
    return upload.file


def _guessed_kind(name: str, file: TableFile) -> ImportKind:
    """The kind whose columns the file names best; its name decides between alike."""
    sheet = file.sheet(_is_any_heading)

    def worth(kind: ImportKind) -> tuple[bool, bool, int]:
        columns = columns_of(sheet.headings, LAYOUTS[kind])
        has_all = all(field in columns for field in LAYOUTS[kind].needed)
        return has_all, NAMES[kind].search(name) is not None, len(columns)

    return max(KINDS, key=worth)


def _is_any_heading(text: str) -> bool:
    return any(layout.field_of(text) is not None for layout in LAYOUTS.values())


def _head_of(file: TableFile, kind: ImportKind, mapping: Mapping[str, str]) -> Sheet:
    layout = layout_of(kind, mapping)
    sheet = file.sheet(lambda text: layout.field_of(text) is not None)
    if not sheet.rows:
        raise Refusal(_("Die Tabelle hat keine Zeilen."))
    return sheet


def _look(upload: Upload, sheet: Sheet, *, at: datetime) -> None:
    """Writes down the first rows, and lets it be tried what would become of them."""
    upload.headings, upload.others = list(sheet.headings), list(sheet.others)
    upload.preview = [
        {"line": row.line, "cells": [_short(cell) for cell in row.cells]}
        for row in sheet.rows[:SHOWN_ROWS]
    ]
    upload.state, upload.locale = UploadState.CHOSEN, chosen_locale()
    if missing_fields(upload):
        return
    if sum(filter(None, newest_ids())) <= MUCH:
        _try(upload, sheet, at=at)
        return
    upload.state = UploadState.LOOKING
    name = f"upload {upload.public_id} look {at:%Y%m%dT%H%M%S.%f}"
    ask_for(LOOK, {"upload": upload.id}, name=name, due_at=at)


def _try(upload: Upload, sheet: Sheet, *, at: datetime) -> None:
    """Writes down what would become of the first rows, and undoes that."""
    columns = columns_of(sheet.headings, layout_of(upload.kind, upload.mapping))
    told = _tried(upload, sheet, columns, at=at)
    upload.preview = [
        row | {"outcome": outcome, "reason": reason}
        for row, (outcome, reason) in zip(upload.preview, told, strict=True)
    ]
    upload.state = UploadState.CHOSEN


def _tried(
    upload: Upload, sheet: Sheet, columns: Mapping[str, int], *, at: datetime
) -> list[tuple[str, str]]:
    """Takes the first rows over and leaves no trace of it."""
    trial = db.session.begin_nested()
    try:
        order = order_of(upload, at=at)
        run = begin_run(upload.kind, upload.file_name, order, frozenset(columns))
        take = TAKES[upload.kind](run)
        told = []
        for row in sheet.rows[:SHOWN_ROWS]:
            entry = entry_of(row.line, row.cells, columns)
            outcome, reason = take_row(take, run, entry, len(sheet.headings))
            told.append((outcome.value, reason))
        db.session.flush()
        return told
    finally:
        trial.rollback()


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"
