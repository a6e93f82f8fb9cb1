"""Takes files over, one or a folder of them, and reports in JSON."""

import json
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.doors.commands.progress import progress
from marketplace.doors.commands.watching import watch_folder
from marketplace.foundation.clock import now
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.imports.enums import ImportKind, Outcome
from marketplace.stewardship.imports.services.entries import Order, Report
from marketplace.stewardship.imports.services.files import import_file
from marketplace.stewardship.imports.services.folders import files_of_folder
from marketplace.stewardship.imports.services.headings import read_mapping

FOLDER, WATCH = "folder", "watch"
COUNTED = ("read", *(outcome.value for outcome in Outcome), "organisations_created")


@click.command("import")
@click.argument(
    "kind", type=click.Choice([*(kind.value for kind in ImportKind), FOLDER, WATCH])
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Look only, and change nothing.")
@click.option("--strict", is_flag=True, help="Take all rows, or none.")
@click.option("--source", default="", help="Where a row names no source.")
@click.option("--licence", default="", help="Where a row names no licence.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Which heading is which field: JSON {"heading": "field"}, or CSV.',
)
@with_appcontext
def import_command(
    kind: str,
    path: Path,
    *,
    dry_run: bool,
    strict: bool,
    source: str,
    licence: str,
    mapping: Path | None,
) -> None:
    """Take over a file of a KIND, or every known file of a folder.

    CSV, XLSX, XLS and ODS, headings in German or English; GeoJSON for districts.
    The last line is JSON: what was read, created, updated, unchanged, rejected, held.

    With `watch`, each folder in PATH is named by the public id of an organisation and
    holds its own files (iCal, tables, JSON-LD). Each is taken over once and moved to
    done/ or rejected/ beside its report. Nothing is fetched from anywhere.

    Example: market import offers angebote.xlsx --source "Katalog 2026" --dry-run
    """
    if path.is_dir() != (kind in (FOLDER, WATCH)):
        wanted = "a folder" if kind == FOLDER else "a file"
        raise click.BadParameter(f"{path} is not {wanted}.", param_hint="PATH")
    try:
        order = Order(
            at=now(),
            source=source,
            licence=licence,
            mapping=read_mapping(mapping) if mapping else {},
            is_dry_run=dry_run,
            is_strict=strict,
            rejected_folder=current_app.config["INSTANCE"] / "rejected",
        )
    except Refusal as refusal:
        raise click.BadParameter(refusal.sentence, param_hint="--mapping") from None
    if kind == WATCH:
        for line in watch_folder(path):
            _say(line)
        return
    if kind == FOLDER:
        is_taken = _take_folder(path, order)
    else:
        report = _take(ImportKind(kind), path, order)  # type: ignore[call-arg]
        is_taken = _is_taken(report)
    sys.exit(0 if is_taken else 1)


def _take_folder(folder: Path, order: Order) -> bool:
    begin, total, is_taken = perf_counter(), Counter[str](), False
    files = files_of_folder(folder)
    for found in files:
        if found.kind is None:
            report = Report(None, found.path.name, is_known_not_taken=found.is_known)
            _say(_line(report, 0.0))
            continue
        report = _take(found.kind, found.path, order)
        is_taken = is_taken or _is_taken(report)
        total.update(_counts(report))
    _say(
        {
            "kind": FOLDER,
            "files": len(files),
            **{name: total[name] for name in COUNTED},
            "seconds": round(perf_counter() - begin, 2),
        }
    )
    return is_taken


def _take(kind: ImportKind, path: Path, order: Order) -> Report:
    begin = perf_counter()
    with progress(path.name) as tell, transaction():
        report = import_file(kind, path, order, tell)
    if report.refusal:
        click.echo(f"{path.name}: {report.refusal}", err=True)
    _say(_line(report, perf_counter() - begin))
    return report


def _is_taken(report: Report) -> bool:
    return report.taken > 0 and not report.refusal


def _counts(report: Report) -> dict[str, int]:
    return {
        "read": report.read,
        **{outcome.value: report.outcomes[outcome] for outcome in Outcome},
        "organisations_created": report.organisations_created,
    }


def _line(report: Report, seconds: float) -> dict[str, object]:
    line: dict[str, object] = {
        "kind": report.kind and report.kind.value,
        "file": report.file_name,
        **_counts(report),
        "seconds": round(seconds, 2),
    }
    if report.rejected_file:
        line["rejected_file"] = str(report.rejected_file)
    if report.unknown:
        line["not_read"] = list(report.unknown)
    if report.refusal:
        line["refused"] = report.refusal
    if report.is_known_not_taken:
        line["note"] = "known, not taken"
    elif report.kind is None:
        line["note"] = "unknown, not taken"
    return line


def _say(line: dict[str, object]) -> None:
    click.echo(json.dumps(line, ensure_ascii=False))
