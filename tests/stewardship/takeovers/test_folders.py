"""What lies in a watched folder is taken by the worker, once, whatever happens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.doors.commands.watching import watch_folder
from marketplace.foundation.database import db, transaction
from marketplace.postings.events.models import Event
from marketplace.stewardship.takeovers.enums import LaidState
from marketplace.stewardship.takeovers.jobs import tidy, watch
from marketplace.stewardship.takeovers.models import LaidFile, Takeover
from marketplace.stewardship.takeovers.services import folders, parts
from marketplace.stewardship.takeovers.services.folders import (
    lay_aside,
    look_into,
    take_laid,
)
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.people import (
    make_coordinator,
    make_member,
    make_organisation,
    make_user,
)
from tests.moments import NOON
from tests.stewardship.takeovers.files import calendar, event

TOP = Path(__file__).parents[3]
# Works as the worker does, and dies where its second argument says.
DYING = """
import os, pathlib, sys
from marketplace.stewardship.takeovers.services import folders
from marketplace.upkeep.jobs.jobs import run_due
from tests.conftest import build_app

def die(*_args, **_rest):
    os._exit(9)

if sys.argv[3] == "reading":
    folders.tell_of_file = die
    taken = folders.take_watched
    folders.take_watched = lambda *a, **k: (taken(*a, **k), die())
else:
    pathlib.Path.rename = die
app = build_app(
    sys.argv[1], pathlib.Path(sys.argv[2]), LEASE_SECONDS=0, WATCH_DIR=sys.argv[4]
)
app.extensions["daily_works"] = ()
with app.app_context():
    run_due()
"""


@pytest.fixture
def place(app, tmp_path):
    """The folder of an organisation, below the one that the worker watches."""
    organisation = make_organisation(make_user())
    folder = tmp_path / "watched" / f"{organisation.public_id}-labor"
    folder.mkdir(parents=True)
    app.config["WATCH_DIR"] = str(folder.parent)
    # Nothing else is due, and each look is asked for by its test.
    app.extensions["daily_works"] = app.extensions["often_works"] = ()
    return folder


def lay(place, name, content, mtime=0):
    path = place / name
    path.write_bytes(content)
    os.utime(path, (mtime, mtime))
    return path


def work():
    """Looks as the worker does every five minutes, and does what that asks for."""
    with transaction():
        watch({})
    run_due()


def files():
    return db.session.scalars(select(LaidFile).order_by(LaidFile.id)).all()


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def names_in(folder):
    return sorted(path.name.partition("-")[2] for path in folder.iterdir())


def test_worker_takes_a_file_once_and_moves_it(place):
    lay(place, "kalender.ics", calendar(event()))

    work()
    work()

    [laid] = files()
    assert (laid.state, laid.takeover.items[0]["outcome"]) == (
        LaidState.TAKEN,
        "created",
    )
    assert laid.laid_aside_at is not None
    assert (count(Event), count(Takeover)) == (1, 1)
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]
    assert not (place / "kalender.ics").exists()


def test_nothing_is_watched_without_a_setting(app, place):
    app.config["WATCH_DIR"] = ""
    lay(place, "kalender.ics", calendar(event()))

    work()

    assert files() == []


def test_refused_file_is_noted_and_told_once(place, outbox):
    for _ in range(2):
        lay(place, "termine.csv", b"Ort\nJena\n")
        work()

    assert [laid.state for laid in files()] == [LaidState.REFUSED] * 2
    assert [laid.refusal[:40] for laid in files()] == [
        "In der Datei fehlt die Spalte „Titel“. G"
    ] * 2
    assert names_in(place / "rejected") == [
        *("termine.csv", "termine.csv", "termine.csv.txt", "termine.csv.txt")
    ]
    assert [letter for _recipient, letter in outbox()] == ["file_not_taken"]


def test_same_refused_entry_is_told_once(place, outbox):
    for _ in range(2):
        lay(place, "kalender.ics", calendar(event(), event(uid="b@x", SUMMARY="")))
        work()

    assert [letter for _recipient, letter in outbox()] == ["file_not_taken"]


def test_long_file_is_taken_over_in_parts(place, outbox, monkeypatch):
    monkeypatch.setattr(parts, "SECONDS", 0)
    path = lay(place, "kalender.ics", calendar(event(), event(uid="b@x", SUMMARY="")))
    with transaction():
        watch({})
    [laid] = files()
    with transaction():
        take_laid(laid, at=NOON)

    assert (laid.state, laid.takeover.done_count) == (LaidState.WAITING, 1)
    assert (count(Event), path.exists(), outbox()) == (1, True, [])

    run_due()

    assert (laid.state, len(laid.takeover.items)) == (LaidState.TAKEN, 2)
    assert (count(Event), path.exists()) == (1, False)
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]
    assert [letter for _recipient, letter in outbox()] == ["file_not_taken"]


def test_command_takes_a_long_file_over_to_its_end(place, monkeypatch):
    monkeypatch.setattr(parts, "SECONDS", 0)
    many = [event(uid=f"{number}@x", title=f"Abend {number}") for number in range(4)]
    lay(place, "kalender.ics", calendar(*many))

    [line] = watch_folder(place.parent)

    assert (line["created"], count(Event)) == (4, 4)
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]


@pytest.mark.parametrize("moment", ["reading", "moving"])
def test_killed_worker_takes_nothing_twice_and_loses_nothing(
    place, outbox, database_url, tmp_path, moment
):
    lay(place, "kalender.ics", calendar(event(), event(uid="b@x", SUMMARY="")))

    dead = subprocess.run(
        [sys.executable, "-c", DYING, database_url, tmp_path, moment, place.parent],
        cwd=TOP,
        check=False,
    )
    db.session.rollback()
    assert dead.returncode == 9
    assert (place / "kalender.ics").exists()
    assert count(Event) == (0 if moment == "reading" else 1)

    work()

    assert (count(Event), count(Takeover), len(files())) == (1, 1, 1)
    assert names_in(place / "done") == ["kalender.ics", "kalender.ics.csv"]
    assert not (place / "kalender.ics").exists()
    assert [letter for _recipient, letter in outbox()] == ["file_not_taken"]


def test_file_that_moved_before_it_was_noted_is_not_taken_again(place):
    lay(place, "kalender.ics", calendar(event()))
    with transaction():
        [laid] = look_into(place.parent, at=NOON)
        take_laid(laid, at=NOON)
    (place / "done").mkdir()
    (place / "kalender.ics").rename(place / laid.aside)
    later = lay(place, "kalender.ics", calendar(event(SUMMARY="Labor am Abend")))

    work()
    assert (count(Takeover), laid.laid_aside_at) == (1, NOON)
    assert later.exists()

    work()
    assert [one.title for one in db.session.scalars(select(Event))] == [
        "Labor am Abend"
    ]


def test_file_that_was_written_anew_meanwhile_stays(place):
    path = lay(place, "kalender.ics", calendar(event()))
    with transaction():
        [laid] = look_into(place.parent, at=NOON)
        take_laid(laid, at=NOON)
    lay(place, "kalender.ics", calendar(event()), mtime=5)
    with transaction():
        lay_aside(laid, at=NOON)

    assert path.exists()
    assert laid.laid_aside_at == NOON


def test_file_that_changes_before_it_is_read_is_seen_anew(place):
    lay(place, "kalender.ics", calendar(event()))
    with transaction():
        [laid] = look_into(place.parent, at=NOON)
    lay(place, "kalender.ics", calendar(event()), mtime=5)
    with transaction():
        take_laid(laid, at=NOON)
    assert (files(), count(Event)) == ([], 0)

    work()

    assert count(Event) == 1


@pytest.mark.parametrize("name", ["a.ics.part", "a.ics~", ".a.ics", "a.tmp"])
def test_unfinished_names_wait(place, name):
    lay(place, name, calendar(event()))

    assert look_into(place.parent, at=NOON) == []


def test_what_changed_a_moment_ago_waits(place):
    path = lay(place, "a.ics", calendar(event()))
    os.utime(path)

    assert look_into(place.parent, at=NOON) == []


def test_name_of_an_older_code_page_is_put_right(place):
    wrong = os.fsencode(place) + "/förderung.csv".encode("cp1252")
    Path(os.fsdecode(wrong)).write_bytes(b"Titel\nGeld\n")
    os.utime(wrong, (0, 0))

    [laid] = look_into(place.parent, at=NOON)

    assert laid.file_name == "förderung.csv"


def test_folder_that_leads_elsewhere_takes_no_file(place, tmp_path):
    (place / "done").symlink_to(tmp_path)
    lay(place, "kalender.ics", calendar(event()))
    with transaction():
        [laid] = look_into(place.parent, at=NOON)
        take_laid(laid, at=NOON)

    with pytest.raises(NotADirectoryError), transaction():
        lay_aside(laid, at=NOON)
    assert (place / "kalender.ics").exists()


def test_long_name_is_cut(place):
    lay(place, f"{'ü' * 120}.ics", calendar(event()))

    work()

    assert files()[0].aside.endswith(".ics")
    assert len(list((place / "done").iterdir())) == 2


def test_two_lookers_write_a_file_down_once(place, monkeypatch):
    lay(place, "kalender.ics", calendar(event()))
    with transaction():
        look_into(place.parent, at=NOON)
    # As if the other had not committed when this one looked.
    nothing = select(LaidFile).where(LaidFile.id < 0)
    monkeypatch.setattr(folders, "files_underway", lambda: nothing)

    with transaction():
        assert look_into(place.parent, at=NOON) == []

    assert len(files()) == 1


def test_owner_and_office_see_what_became_of_it(place, browser):
    lay(place, "kalender.ics", calendar(event()))
    lay(place, "termine.csv", b"Ort\nJena\n")
    other = place.parent / "unbekannt"
    other.mkdir()
    lay(other, "angebote.csv", b"Titel\nKurs\n")
    work()
    [taken] = [laid for laid in files() if laid.takeover]
    lab = taken.organisation

    browser.sign_in(lab.memberships[0].user)
    page = browser.get("/dateien/ordner").text
    assert "kalender.ics" in page
    assert "In der Datei fehlt die Spalte" in page
    assert "angebote.csv" not in page
    report = f"/dateien/{taken.takeover.public_id}"
    assert f'href="{report}"' in page
    assert "aus dem Ordner" in browser.get("/dateien").text

    browser.sign_in(make_coordinator())
    page = browser.get("/dateien/ordner").text
    assert "Ordner von niemandem" in page
    assert lab.name in page
    assert "Ruhen lassen" not in browser.get(report).text
    assert browser.post(report, data={}).status_code == 409

    browser.sign_in(make_member(make_organisation()))
    assert browser.get(report).status_code == 404


def test_reports_go_after_a_year(place):
    lay(place, "kalender.ics", calendar(event()))
    work()
    with transaction():
        [laid] = files()
        laid.laid_aside_at = laid.takeover.taken_at = NOON.replace(year=2020)

    with transaction():
        tidy({})

    assert (files(), count(Takeover)) == ([], 0)
