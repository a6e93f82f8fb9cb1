"""The way in: one file, or a folder of files, taken over and reported."""

import csv
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import MAX_BYTES
from marketplace.foundation.spreadsheets_writing import neutral
from marketplace.stewardship.imports.enums import ImportKind, Outcome
from marketplace.stewardship.imports.models import ImportRun
from marketplace.stewardship.imports.services.actions import take_actions
from marketplace.stewardship.imports.services.entries import (
    Entry,
    Order,
    RejectedRow,
    Rejection,
    Report,
    WaitingRow,
)
from marketplace.stewardship.imports.services.facts import (
    take_holidays,
    take_occupations,
    take_places,
)
from marketplace.stewardship.imports.services.grants import take_sponsorships
from marketplace.stewardship.imports.services.headings import Table, read_table
from marketplace.stewardship.imports.services.held import hold
from marketplace.stewardship.imports.services.organisations import take_organisations
from marketplace.stewardship.imports.services.outlines import (
    read_outlines,
    take_districts,
)
from marketplace.stewardship.imports.services.postings import (
    take_internships,
    take_offers,
)
from marketplace.stewardship.imports.services.programmes import take_programmes
from marketplace.stewardship.imports.services.runs import (
    Run,
    Take,
    begin_run,
)
from marketplace.stewardship.imports.services.schools import take_schools

TAKES: Mapping[ImportKind, Callable[[Run], Take]] = {
    ImportKind.DISTRICTS: take_districts,
    ImportKind.PLACES: take_places,
    ImportKind.HOLIDAYS: take_holidays,
    ImportKind.SCHOOLS: take_schools,
    ImportKind.OCCUPATIONS: take_occupations,
    ImportKind.ORGANISATIONS: take_organisations,
    ImportKind.OFFERS: take_offers,
    ImportKind.INTERNSHIPS: take_internships,
    ImportKind.SPONSORSHIPS: take_sponsorships,
    ImportKind.PROGRAMMES: take_programmes,
    ImportKind.ACTIONS: take_actions,
}
Progress = Callable[[int, int], None]


def import_file(
    kind: ImportKind, path: Path, order: Order, progress: Progress | None = None
) -> Report:
    """Takes a file over, row by row, and tells what became of each.

    A bad file is refused in the report with one sentence, and nothing of it is kept;
    so is, under `is_strict`, a file with a single row that cannot be taken over.
    `progress` is told how many rows of how many are done.
    """
    try:
        table = _table(kind, path, order)
    except Refusal as refusal:
        return Report(kind, path.name, refusal=refusal.sentence)

    report = Report(kind, path.name, headings=table.sheet.headings)
    report.read, report.unknown = len(table.entries), table.unknown
    with suppress(_Undone), db.session.begin_nested():
        run = begin_run(kind, path.name, order, table.columns)
        _take_all(table.entries, run, report, progress)
        db.session.flush()
        report.organisations_created = run.organisations_created
        if order.is_strict:
            _refuse_a_part(report)
        if order.is_dry_run or report.refusal:
            raise _Undone
        _write_counts(run.record, report)

    if report.rejections and order.rejected_folder:
        report.rejected_file = _write_rejected(report, order)
    return report


class _Undone(Exception):
    """Nothing of the file is to stay."""


def _table(kind: ImportKind, path: Path, order: Order) -> Table:
    if path.stat().st_size > MAX_BYTES:
        raise Refusal(_("Die Datei ist größer als 10 MB. Teilen Sie sie bitte auf."))
    content = path.read_bytes()
    if kind is ImportKind.DISTRICTS:
        return read_outlines(content)
    table = read_table(kind, content, order.mapping)
    if not table.entries:
        raise Refusal(_("Die Tabelle hat keine Zeilen."))
    return table


def _take_all(
    entries: Sequence[Entry], run: Run, report: Report, progress: Progress | None
) -> None:
    take, width = TAKES[run.kind](run), len(report.headings)
    for done, entry in enumerate(entries, 1):
        outcome, reason = take_row(take, run, entry, width)
        if outcome is Outcome.REJECTED:
            report.rejections.append(Rejection(entry.line, reason, entry.cells))
        report.outcomes[outcome] += 1
        if progress:
            progress(done, len(entries))


def take_row(take: Take, run: Run, entry: Entry, width: int) -> tuple[Outcome, str]:
    """Takes one row over: what became of it and, where it was not taken, why.

    `width` is how many columns the table has.
    """
    whole = _with_defaults(entry, run.order)
    try:
        _require_whole(entry, width)
        return take(whole), ""
    except RejectedRow as rejected:
        return Outcome.REJECTED, rejected.reason
    except WaitingRow as waiting:
        return hold(whole, run, waiting), str(waiting.reason.label)


def _require_whole(entry: Entry, width: int) -> None:
    if len(entry.cells) > width:
        raise RejectedRow(_("Die Zeile hat mehr Zellen als Überschriften."))


def _with_defaults(entry: Entry, order: Order) -> Entry:
    told = {"source": order.source, "licence": order.licence}
    missing = {name: text for name, text in told.items() if text}
    return Entry(entry.line, missing | dict(entry.values), entry.cells)


def _refuse_a_part(report: Report) -> None:
    """Under --strict: with one row that is not taken over, none is."""
    failed = report.outcomes[Outcome.REJECTED] + report.outcomes[Outcome.HELD]
    if not failed:
        return
    report.refusal = _(
        "Nichts übernommen: %(failed)s von %(read)s Zeilen gehen nicht.",
        failed=failed,
        read=report.read,
    )
    for outcome in (Outcome.CREATED, Outcome.UPDATED):
        report.outcomes[Outcome.REJECTED] += report.outcomes.pop(outcome, 0)
    report.organisations_created = 0


def _write_counts(record: ImportRun, report: Report) -> None:
    record.read_count = report.read
    for outcome in Outcome:
        setattr(record, f"{outcome}_count", report.outcomes[outcome])
    record.organisations_created_count = report.organisations_created


def _write_rejected(report: Report, order: Order) -> Path | None:
    """Writes the rows that were rejected, to be mended and taken over again."""
    folder = order.rejected_folder
    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    stem = report.file_name.rpartition(".")[0] or report.file_name
    path = folder / f"{order.at:%Y%m%dT%H%M%S}-{report.kind}-{stem}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Zeile", "Grund", *report.headings])
        for row in report.rejections:
            writer.writerow([row.line, row.reason, *map(neutral, row.cells)])
    return path
