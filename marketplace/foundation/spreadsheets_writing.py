"""Tables that people take away: written so that no program runs what stands in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xlsxwriter import Workbook

from marketplace.foundation.spreadsheets import STARTERS

NUMBER = re.compile(r"-\d+(?:[.,]\d+)?")
WIDEST, NARROWEST = 60, 12


@dataclass(frozen=True)
class Table:
    """A sheet: what stands above its headings, they themselves, and its rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]] = ()
    above: Sequence[Sequence[str]] = field(default=())


def neutral(cell: str) -> str:
    """Puts an apostrophe before what a spreadsheet program would run as a formula.

    Our reader takes exactly that one away again. A negative number stays one.
    """
    is_formula = cell[:1] in STARTERS and cell != "" and not NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Writes a table as CSV (RFC 4180) that every office program opens rightly."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([neutral(heading) for heading in headings])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def xlsx_of(*tables: Table) -> bytes:
    """Writes tables as the sheets of one workbook; every cell is text."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    soft = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        lines = [(soft, row) for row in table.above]
        lines += [(bold, table.headings), *((text, row) for row in table.rows)]
        for line, (look, cells) in enumerate(lines):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, neutral(cell), look)
        for column, heading in enumerate(table.headings):
            width = min(WIDEST, max(NARROWEST, len(heading) + 4))
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(len(table.above) + 1, 0)
    book.close()
    return file.getvalue()
