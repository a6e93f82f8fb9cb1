import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from marketplace.doors.commands.imports import import_command
from marketplace.foundation.database import db, transaction
from marketplace.postings.offers.models import Offer
from marketplace.region.places.enums import FederalState
from marketplace.region.places.services import put_place

OFFERS = "Titel,Ort,Quelle\nLöten,Jena,Liste\nFliegen,Cottbus,Liste\n"
NOTHING = {
    "read": 0,
    "created": 0,
    "updated": 0,
    "unchanged": 0,
    "rejected": 0,
    "held": 0,
    "organisations_created": 0,
}


@pytest.fixture
def run(app):
    with transaction():
        put_place(
            geonameid=1,
            name="Jena",
            state=FederalState.THURINGIA,
            lat=50.92878,
            lon=11.5899,
            population=104_000,
            district_ags="16053",
            source="GeoNames",
        )

    def run(*arguments):
        """Status of the command, and its lines without the seconds."""
        result = CliRunner().invoke(import_command, [str(a) for a in arguments])
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert all(line.pop("seconds", 0) >= 0 for line in lines)
        return result.exit_code, lines

    return run


@pytest.fixture
def offers(tmp_path):
    path = tmp_path / "angebote.csv"
    path.write_text(OFFERS)
    return path


def titles():
    return db.session.scalars(select(Offer.title)).all()


def test_file_is_reported_in_one_line_of_json(run, offers, tmp_path):
    status, [line] = run("offers", offers)

    written = line.pop("rejected_file")
    assert status == 0
    assert line == NOTHING | {
        "kind": "offers",
        "file": "angebote.csv",
        "read": 2,
        "created": 1,
        "rejected": 1,
        "organisations_created": 1,
    }
    assert written.startswith(str(tmp_path / "rejected"))
    assert titles() == ["Löten"]


def test_dry_run_changes_nothing(run, offers):
    status, [line] = run("offers", offers, "--dry-run")

    assert (status, line["created"]) == (0, 1)
    assert titles() == []


def test_strict_refuses_a_part_with_status_1(run, offers):
    status, [line] = run("offers", offers, "--strict")

    assert status == 1
    assert (line["read"], line["created"], line["rejected"]) == (2, 0, 2)
    assert line["refused"] == "Nichts übernommen: 1 von 2 Zeilen gehen nicht."
    assert titles() == []


def test_file_of_which_nothing_can_be_taken_ends_with_status_1(run, tmp_path):
    path = tmp_path / "angebote.csv"
    path.write_text("Titel,Ort,Quelle\nFliegen,Cottbus,Liste\n")

    status, [line] = run("offers", path)

    assert (status, line["rejected"]) == (1, 1)


def test_bad_file_ends_with_status_1_and_its_sentence(run, tmp_path):
    path = tmp_path / "angebote.csv"
    path.write_bytes(b"\x00\x01\x02\x03" * 100)

    status, [line] = run("offers", path)

    assert status == 1
    assert line == NOTHING | {
        "kind": "offers",
        "file": "angebote.csv",
        "refused": "Das ist keine Tabelle: CSV, XLSX, XLS oder ODS wird gelesen.",
    }


def test_source_licence_and_mapping_reach_the_rows(run, tmp_path):
    (tmp_path / "liste.csv").write_text("Was,Ort\nLöten,Jena\n")
    (tmp_path / "mapping.json").write_text('{"Was": "title"}')

    run(
        *("offers", tmp_path / "liste.csv", "--source", "Katalog"),
        *("--licence", "CC0-1.0", "--mapping", tmp_path / "mapping.json"),
    )

    [offer] = db.session.scalars(select(Offer)).all()
    assert (offer.title, offer.source, offer.licence) == ("Löten", "Katalog", "CC0-1.0")


@pytest.mark.parametrize("kind", ["offers", "folder", "unknown"])
def test_wrong_use_ends_with_status_2(run, kind, tmp_path, offers):
    path = offers if kind == "folder" else tmp_path

    assert run(kind, path) == (2, [])


def test_mapping_to_no_field_ends_with_status_2(run, offers, tmp_path):
    (tmp_path / "mapping.json").write_text('{"Was": "nichts"}')

    assert run("offers", offers, "--mapping", tmp_path / "mapping.json") == (2, [])


def test_folder_is_reported_file_by_file_then_in_total(run, tmp_path):
    folder = tmp_path / "listen"
    folder.mkdir()
    (folder / "angebote.csv").write_text(OFFERS)
    (folder / "organisationen.csv").write_text("Name,Quelle\nWerk,Liste\n")
    (folder / "README.md").write_text("# Lies mich")
    (folder / "fremd.bin").write_bytes(b"x")
    (folder / "aktionen.csv").write_text("id,titel,beschreibung\n1,A,B\n")

    status, lines = run("folder", folder)

    assert status == 0
    assert [(line["kind"], line.get("note")) for line in lines] == [
        ("organisations", None),
        ("offers", None),
        ("actions", None),
        (None, "known, not taken"),
        (None, "unknown, not taken"),
        ("folder", None),
    ]
    assert lines[-1] == NOTHING | {
        "kind": "folder",
        "files": 5,
        "read": 4,
        "created": 2,
        "rejected": 2,
        "organisations_created": 2,
    }


def test_folder_twice_creates_nothing(run, tmp_path):
    folder = tmp_path / "listen"
    folder.mkdir()
    (folder / "angebote.csv").write_text(OFFERS)
    run("folder", folder)

    _status, lines = run("folder", folder)

    assert (lines[-1]["created"], lines[-1]["updated"]) == (0, 0)
    assert lines[-1]["unchanged"] == 1
