import csv

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.imports.models import HeldRow, ImportedRow, ImportRun
from tests.stewardship.imports.conftest import counts
from tests.workbooks import ods, xls, xlsx

LINES = (
    "id,title,provider,city,state",
    "1,Löten,Werkstatt,Jena,TH",
    "2,Bauen,Werkstatt,Neukirchen,SN",
    "3,Fliegen,Werkstatt,Cottbus,Brandenburg",
)
OUTSIDE = "„Brandenburg“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen."
TABLES = (Offer, Organisation, HeldRow, ImportedRow, ImportRun)


def filled():
    return {
        table.__tablename__: n
        for table in TABLES
        if (n := db.session.scalar(select(func.count()).select_from(table)))
    }


def test_each_row_has_one_outcome_and_they_add_up(take):
    report = take("offers", *LINES)

    assert report.read == 3
    assert counts(report) == {"created": 1, "held": 1, "rejected": 1}
    assert sum(report.outcomes.values()) == report.read


def test_dry_run_tells_the_same_and_leaves_no_trace(take):
    report = take("offers", *LINES, is_dry_run=True)

    assert counts(report) == {"created": 1, "held": 1, "rejected": 1}
    assert filled() == {}


def test_strict_takes_all_rows(take):
    report = take("offers", *LINES[:2], is_strict=True)

    assert (report.refusal, counts(report)) == ("", {"created": 1})
    assert filled()["offers"] == 1


@pytest.mark.parametrize("bad", LINES[2:])
def test_strict_takes_none_if_one_is_rejected_or_held(take, bad):
    report = take("offers", *LINES[:2], bad, is_strict=True)

    assert report.refusal == "Nichts übernommen: 1 von 2 Zeilen gehen nicht."
    assert sum(report.outcomes.values()) == report.read
    assert report.outcomes["created"] == report.organisations_created == 0
    assert filled() == {}


def test_rejected_rows_are_written_out_to_be_mended_and_taken_again(take, tmp_path):
    lines = (*LINES[:2], "3,=Fliegen,Werkstatt,Cottbus,Brandenburg")

    report = take("offers", *lines, rejected_folder=tmp_path / "rejected")

    assert report.rejected_file.parent == tmp_path / "rejected"
    with report.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["Zeile", "Grund", "id", "title", "provider", "city", "state"],
            [
                "3",
                OUTSIDE,
                "3",
                "'=Fliegen",
                "Werkstatt",
                "Cottbus",
                "Brandenburg",
            ],
        ]
    mended = report.rejected_file.read_bytes()
    mended = mended.replace(b"Cottbus,Brandenburg", b"Leipzig,SN")
    assert counts(take("offers", mended)) == {"created": 1}
    assert db.session.scalars(select(Offer.title)).all() == ["Löten", "=Fliegen"]


def test_nothing_is_written_out_where_nothing_is_rejected(take, tmp_path):
    report = take("offers", *LINES[:2], rejected_folder=tmp_path / "rejected")

    assert report.rejected_file is None
    assert not (tmp_path / "rejected").exists()


@pytest.mark.parametrize("book", [xlsx, ods, xls])
def test_workbooks_are_taken_like_text(take, book):
    rows = [
        ["Angebote 2026"],
        [],
        ["Titel", "Anbieter", "PLZ", "Ort"],
        ["Löten", "Werkstatt", 4277, "Leipzig"],
    ]

    report = take("offers", book(rows), name="angebote.bin")

    assert counts(report) == {"created": 1}
    [offer] = db.session.scalars(select(Offer)).all()
    assert (offer.postal_code, offer.place_name) == ("04277", "Leipzig")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" ", "Die Datei ist leer."),
        (b"Titel,Ort\n", "Die Tabelle hat keine Zeilen."),
        (
            b"Apfel,Birne\n1,2\n",
            "In der Datei fehlt die Spalte „title“. Gefunden: Apfel, Birne.",
        ),
        (b"PK\x03\x04", "Die Datei ist beschädigt oder keine Tabelle."),
    ],
)
def test_bad_file_is_refused_with_one_sentence(take, content, sentence):
    report = take("offers", content)

    assert (report.refusal, report.read) == (sentence, 0)
    assert filled() == {}


def test_number_of_queries_grows_with_new_rows_only(take, queries):
    lines = [f"{k},Löten {k},Werkstatt,Jena,TH" for k in range(30)]
    take("offers", LINES[0], *lines)

    queries.clear()
    take("offers", LINES[0], lines[0])
    for_one = len(queries)
    queries.clear()
    take("offers", LINES[0], *lines)

    assert len(queries) == for_one
