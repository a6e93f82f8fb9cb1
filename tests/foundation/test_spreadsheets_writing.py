import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.spreadsheets import STARTERS, read_sheet
from marketplace.foundation.spreadsheets_writing import (
    Table,
    csv_of,
    neutral,
    xlsx_of,
)

HEADINGS = ("Titel", "Ort")
# What a cell may hold; a NUL is dropped on the way in.
SIGNS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n=+-@'")
CELLS = st.text(SIGNS, max_size=40)


def is_heading(text):
    return text in HEADINGS


def back(content):
    return [row.cells for row in read_sheet(content, is_heading).rows]


@pytest.mark.parametrize("starter", sorted(STARTERS))
def test_every_formula_starter_is_neutralised(starter):
    assert neutral(f"{starter}1+1") == f"'{starter}1+1"


@pytest.mark.parametrize("cell", ["", "Löten", "-5", "-1,50", "1=1", "a@b.example"])
def test_harmless_cells_stay_as_they_are(cell):
    assert neutral(cell) == cell


@pytest.mark.parametrize("cell", ["-5+1", "-cmd", "'=1", "''"])
def test_what_only_looks_harmless_is_neutralised(cell):
    assert neutral(cell) == f"'{cell}"


@settings(max_examples=1000)
@given(CELLS)
def test_cells_come_back_equal_through_csv(cell):
    content = csv_of(HEADINGS, [("x" + cell, "y"), ("z", cell)])

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert all(c[:1] not in STARTERS - {"'", "-"} for row in rows for c in row if c)
    assert back(content) == [("x" + cell, "y"), ("z", cell)]


def test_workbook_holds_no_formula_and_comes_back_equal():
    cells = [f"{starter}1+1" for starter in sorted(STARTERS - set("\t\r\0"))]
    rows = [(cell, "https://a.example") for cell in cells]

    content = xlsx_of(Table("Liste", HEADINGS, rows))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)
    assert back(content) == rows


def test_what_stands_above_the_headings_is_passed_over():
    table = Table("Liste", HEADINGS, [("L", "J")], above=[("Pflicht", "freiwillig")])

    assert back(xlsx_of(table)) == [("L", "J")]
