"""Hands out what a kind holds, as a file that the import takes back."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import click
from flask.cli import with_appcontext
from xlsxwriter import Workbook

from marketplace.doors.commands.progress import progress
from marketplace.foundation.database import reading
from marketplace.foundation.spreadsheets_writing import neutral
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.extracts import (
    KINDS,
    extract_of,
    headings_of,
    row_count,
    rows_of,
)

Line = Sequence[str]
# How often the bar moves on.
EVERY = 100


@click.command("export")
@click.argument("kind", type=click.Choice([kind.value for kind in KINDS]))
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all", "is_all", is_flag=True, help="Also what has no open licence.")
@with_appcontext
def export_command(kind: str, path: Path, *, is_all: bool) -> None:
    """Write what a KIND holds to FILE, as CSV or XLSX by its ending.

    Public and openly licensed rows alone, and nothing about persons; `market import`
    takes the file back. The last line is JSON: how many were written and left out.

    Example: market export offers angebote.xlsx
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise click.BadParameter("FILE ends in .csv or .xlsx.", param_hint="FILE")
    chosen, begin = ImportKind(kind), perf_counter()  # type: ignore[call-arg]
    counts = {"written": 0, "left_out": 0}
    with progress(path.name) as tell, reading(), _whole(path) as part:
        total = row_count(extract_of(chosen))
        rows = _counted(rows_of(chosen, is_all=is_all), counts, total, tell)
        write(part, headings_of(chosen), rows)
    line = {"kind": kind, "file": path.name, **counts}
    line["seconds"] = round(perf_counter() - begin, 2)
    click.echo(json.dumps(line, ensure_ascii=False))


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Lets a file appear when it is whole; a failure leaves the one before."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _counted(
    rows: Iterable[Line | None],
    counts: dict[str, int],
    total: int,
    tell: Callable[[int, int], None],
) -> Iterator[Line]:
    """The rows that are written, counted as they pass."""
    for number, row in enumerate(rows, start=1):
        counts["left_out" if row is None else "written"] += 1
        if number % EVERY == 0 or number == total:
            tell(number, total)
        if row is not None:
            yield row


def _write_csv(path: Path, headings: Line, rows: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows([neutral(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, headings: Line, rows: Iterable[Line]) -> None:
    """Writes each row to the disk before the next is made."""
    options = {"constant_memory": True, "strings_to_urls": False}
    with Workbook(path, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, neutral(cell))


WRITERS: dict[str, Callable[[Path, Line, Iterable[Line]], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
