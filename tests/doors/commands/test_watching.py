"""Files in an operator's folder are taken over once, and tell what became of them."""

import json
import os

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from marketplace.doors.commands.imports import import_command
from marketplace.foundation.database import db
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.events.models import Event
from tests.factories.people import make_organisation, make_user
from tests.neighbours import busy_neighbour
from tests.stewardship.takeovers.files import calendar, event


@pytest.fixture
def place(app, tmp_path):
    """The folder of an organisation, by its public id and words."""
    organisation = make_organisation(make_user())
    folder = tmp_path / "watched" / f"{organisation.public_id}-labor"
    folder.mkdir(parents=True)
    return folder


def lay(place, name, content):
    path = place / name
    path.write_bytes(content)
    os.utime(path, (0, 0))


def watch(app, place):
    told = ["watch", str(place.parent)]
    result = CliRunner().invoke(import_command, told, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.output.splitlines()]


def names_in(folder):
    return sorted(path.name.partition("-")[2] for path in folder.iterdir())


def test_file_is_taken_over_once_and_moved(app, place, outbox):
    lay(place, "kalender.ics", calendar(event()))

    [line] = watch(app, place)

    assert line["created"] == 1
    assert [e.title for e in db.session.scalars(select(Event))] == ["Offenes Labor"]
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]
    assert watch(app, place) == []
    assert outbox() == []


def test_file_is_taken_over_while_others_write(app, place):
    lay(place, "kalender.ics", calendar(event()))

    with busy_neighbour() as written:
        [line] = watch(app, place)

    assert line["created"] == 1
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]
    assert written[0] > 0


def test_same_file_again_creates_nothing(app, place):
    for _ in range(2):
        lay(place, "kalender.ics", calendar(event()))
        [line] = watch(app, place)

    assert line["unchanged"] == 1
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_refused_entry_is_told_in_report_and_letter(app, place, outbox):
    lay(place, "kalender.ics", calendar(event(), event(uid="b@x", SUMMARY="")))

    [line] = watch(app, place)

    assert (line["created"], line["rejected"]) == (1, 1)
    report = next((place / "done").glob("*.csv")).read_text("utf-8-sig")
    assert "2,,rejected,„Titel“ fehlt." in report
    [(_recipient, letter)] = outbox()
    assert letter == "file_not_taken"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", b"Titel;Beginn\nAbend;05.12.2026\n"),
        ("termine.csv", b"Ort\nJena\n"),
        ("kalender.ics", b""),
    ],
)
def test_file_that_cannot_be_read_is_rejected(app, place, outbox, name, content):
    lay(place, name, content)

    [line] = watch(app, place)

    assert line["refused"].endswith(".")
    assert names_in(place / "rejected") == [name, f"{name}.txt"]
    assert [letter for _recipient, letter in outbox()] == ["file_not_taken"]
    assert watch(app, place) == []


def test_table_tells_its_kind_by_its_name(app, place):
    lay(place, "termine-2027.csv", b"Titel;Beginn\nAbend;05.03.2027\n")

    [line] = watch(app, place)

    assert line["created"] == 1
    assert [e.title for e in db.session.scalars(select(Event))] == ["Abend"]


def test_folder_of_nobody_is_rejected(app, place, outbox):
    other = place.parent / "unbekannt"
    other.mkdir()
    lay(other, "kalender.ics", calendar(event()))

    [line] = watch(app, place)

    assert "Organisation" in line["refused"]
    assert (outbox(), db.session.scalars(select(Event)).all()) == ([], [])


def test_organisation_that_is_not_verified_gives_nothing(app, tmp_path):
    unknown = make_organisation(make_user(), state=OrganisationState.REGISTERED)
    folder = tmp_path / "watched" / unknown.public_id
    folder.mkdir(parents=True)
    lay(folder, "kalender.ics", calendar(event()))

    [line] = watch(app, folder)

    assert "nicht geprüft" in line["refused"]
    assert db.session.scalars(select(Event)).all() == []


def test_what_is_still_written_or_leads_elsewhere_stays(app, place, tmp_path):
    (place / "neu.ics").write_bytes(calendar(event()))
    secret = tmp_path / "geheim.ics"
    secret.write_bytes(calendar(event()))
    os.utime(secret, (0, 0))
    (place / "link.ics").symlink_to(secret)
    lay(place, ".versteckt.ics", calendar(event()))

    assert watch(app, place) == []
    assert db.session.scalars(select(Event)).all() == []
