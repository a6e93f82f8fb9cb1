"""`market export`: a file that `market import` takes back."""

import csv
import json

import pytest
from click.testing import CliRunner

from marketplace.doors.commands.exports import export_command
from marketplace.foundation.spreadsheets import read_sheet
from marketplace.postings.lives.enums import PostingState
from tests.factories.people import make_organisation
from tests.factories.postings import make_offer


@pytest.fixture
def export(app):
    def export(*words):
        result = CliRunner().invoke(export_command, [str(word) for word in words])
        line = json.loads(result.stdout) if result.exit_code == 0 else {}
        assert line.pop("seconds", 0) >= 0
        return result.exit_code, line, result.output

    return export


@pytest.fixture
def offers(app):
    make_offer(PostingState.PUBLISHED, make_organisation(), title="=Löten", lines=[])
    hidden = {"source": "Katalog", "licence": "unbekannt", "lines": []}
    make_offer(PostingState.LISTED, make_organisation(), title="Altes", **hidden)


def test_export_writes_csv_and_says_what_it_left_out(export, offers, tmp_path):
    path = tmp_path / "angebote.csv"

    status, line, _output = export("offers", path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    told = {"kind": "offers", "file": "angebote.csv", "written": 1, "left_out": 1}
    assert (status, line) == (0, told)
    assert titles == ["'=Löten"]
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


def test_export_writes_all_as_a_workbook(export, offers, tmp_path):
    path = tmp_path / "angebote.XLSX"

    status, line, _output = export("offers", path, "--all")

    sheet = read_sheet(path.read_bytes(), lambda text: text == "title")
    assert (status, line["written"], line["left_out"]) == (0, 2, 0)
    assert [row.cells[1] for row in sheet.rows] == ["=Löten", "Altes"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("offers", "angebote.pdf"), "ends in .csv or .xlsx"),
        (("pupils", "x.csv"), "is not one of"),
    ],
)
def test_export_refuses_with_status_2(export, words, sentence):
    status, _line, output = export(*words)

    assert status == 2
    assert sentence in output


def test_export_that_cannot_write_leaves_the_file_before(export, offers, tmp_path):
    status, _line, output = export("offers", tmp_path / "nirgends" / "x.csv")

    assert status == 1
    assert "No such file" in output
