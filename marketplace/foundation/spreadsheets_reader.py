"""The process that reads workbooks: told one on standard input, it answers in JSON.

It imports nothing of the house, so it starts at once and holds no secret. A file that
makes the reader eat memory or run in circles ends this process and nothing else.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)

MEMORY = 1024**3
CPU_SECONDS = 30
# A sheet is laid out whole in memory, from its first to its last filled cell.
MAX_CELLS = 5_000_000
DAMAGED, PROTECTED, TOO_LARGE = 3, 4, 5

Value = int | float | str | bool | time | date | datetime | timedelta


class TooLarge(Exception):
    """The sheet has more cells than anybody fills by hand."""


def main() -> int:
    """Reads a workbook, writes `{sheet: [[line, [cell, …]], …]}`; gives the status.

    An argument, if any, says how many rows from the top of a sheet are wanted.
    """
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else None
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        sheets = sheets_of(sys.stdin.buffer.read(), wanted)
    except PasswordError:
        return PROTECTED
    except (TooLarge, MemoryError):
        return TOO_LARGE
    except (CalamineError, OSError, ValueError):
        return DAMAGED
    json.dump(sheets, sys.stdout)
    return 0


def sheets_of(
    content: bytes, wanted: int | None = None
) -> dict[str, list[tuple[int, list[str]]]]:
    """Gives the filled rows of every sheet, each with its number in the file."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {
            name: lines_of(book.get_sheet_by_name(name), wanted)
            for name in book.sheet_names
        }


def lines_of(
    sheet: CalamineSheet, wanted: int | None = None
) -> list[tuple[int, list[str]]]:
    """Gives the filled rows of one sheet; a merged cell fills all it covers."""
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > MAX_CELLS:
        raise TooLarge
    top, left = sheet.start
    rows = [[text_of(value) for value in row] for row in sheet.to_python(nrows=wanted)]
    for (first, west), (last, east) in sheet.merged_cell_ranges or ():
        spread(rows, (first - top, west - left), (last - top, east - left))
    return [
        (top + k + 1, cells)
        for k, cells in enumerate(rows)
        if any(cell.strip() for cell in cells)
    ]


def spread(rows: list[list[str]], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Writes what a merged cell says into the empty cells it covers."""
    first, west = start
    if not (0 <= first < len(rows) and 0 <= west < len(rows[first])):
        return
    for row in rows[first : end[0] + 1]:
        for k in range(west, min(end[1] + 1, len(row))):
            row[k] = row[k] or rows[first][west]


def text_of(value: Value) -> str:
    """Gives a cell as a person would type it; days and times as ISO 8601 has them."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
