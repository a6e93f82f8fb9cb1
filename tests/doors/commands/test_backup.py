"""What one instance wrote comes back whole in another, whichever database it has."""

import json
import shutil
import stat
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask import current_app
from flask_migrate import stamp
from sqlalchemy import select

from marketplace.doors.commands.backup import backup, last_backup_at, restore
from marketplace.doors.commands.demo.command import demo
from marketplace.doors.commands.seed import upgrade
from marketplace.foundation import storage
from marketplace.foundation.archives import restore_archive, write_archive
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship
from marketplace.region.places.models import Place
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.queries import all_files, content_of, named_keys
from marketplace.upkeep.files.services import drop_file, keep_file
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.queries import link_of
from marketplace.upkeep.mail.services import mint_link
from tests.conftest import build_app
from tests.factories.people import make_user
from tests.moments import NOON
from tests.services.postgres import clone


def run(command, *arguments):
    result = CliRunner().invoke(
        command, [str(a) for a in arguments], catch_exceptions=False
    )
    return result.exit_code, result.output


def said(command, file):
    status, output = run(command, file, "--json")
    assert status == 0, output
    line = json.loads(output.splitlines()[-1])
    del line["seconds"]
    return line


@contextmanager
def instance(url, folder, **changes):
    """An instance that only `market db upgrade` has touched."""
    folder.mkdir()
    app = build_app(url, folder, **changes)
    with app.app_context():
        stamp()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def fresh(sqlite_template, tmp_path):
    """Makes an empty instance on SQLite, seeded as every one is."""

    def make(name, **changes):
        shutil.copy(sqlite_template, tmp_path / f"{name}.db")
        return instance(f"sqlite:///{tmp_path / name}.db", tmp_path / name, **changes)

    return make


@pytest.fixture
def demo_instance(tmp_path):
    """An instance as `market db upgrade` and `market demo` make it, and more."""
    folder = tmp_path / "demo"
    folder.mkdir()
    app = build_app(f"sqlite:///{folder / 'market.db'}", folder, DEMO=True)
    with app.app_context():
        for command in (upgrade, demo):
            status, output = run(command)
            assert status == 0, output
        keep(3)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def archive(fresh, tmp_path):
    """A small archive: two people and a file."""
    file = tmp_path / "small.zip"
    with fresh("small"):
        make_user(), make_user()
        keep(1)
        said(backup, file)
    return file


def keep(count):
    with transaction():
        for n in range(count):
            keep_file(
                f"Datei {n}".encode() * 1000,
                name="Bild.webp",
                content_type="image/webp",
                kind="plan",
                at=NOON,
            )


def test_demo_goes_from_sqlite_to_postgresql_and_back(
    demo_instance, fresh, postgresql, tmp_path
):
    files = [tmp_path / f"{n}.zip" for n in range(3)]
    with transaction():
        letters = db.select(OutboxEntry).where(OutboxEntry.link_purpose.is_not(None))
        letter = db.session.scalars(letters).first()
        purpose, token = letter.link_purpose, mint_link(letter)
    reports = [said(backup, files[0])]
    db.session.remove()
    with (
        clone(postgresql, "template_market") as url,
        instance(url, tmp_path / "second"),
    ):
        reports += [said(restore, files[0]), said(backup, files[1])]
        is_alive = link_of(purpose, token) is not None
        internship = db.session.scalars(select(Internship)).first()
        is_read = bool(internship.supervisors[0].surname)
        newcomer = make_user()
        highest = max(db.session.scalars(select(User.id)))
        is_last = newcomer.id == highest
    with fresh("third"):
        reports += [said(restore, files[1]), said(backup, files[2])]
        plans = select(StoredFile).where(StoredFile.kind == "plan")
        contents = [content_of(row)[:7] for row in db.session.scalars(plans)]

    first = reports[0]
    assert all(report == first for report in reports)
    assert first["tables"]["internships"] > 10
    assert first["files"] == first["tables"]["stored_files"] >= 3
    assert contents == [b"Datei 0", b"Datei 1", b"Datei 2"]
    assert (is_alive, is_last, is_read) == (True, True, True)


class Meddling:
    """Somebody who writes and deletes as soon as the first table is written."""

    def __init__(self, act):
        self.act = act

    def __call__(self, done, _total):
        if done == 1 and self.act:
            act, self.act = self.act, None
            act()


def rows_and_files(file):
    with ZipFile(file) as archive:
        lines = archive.read("tables/stored_files.jsonl").decode().splitlines()
        files = [n for n in archive.namelist() if n.startswith("files/")]
    return len(lines), files


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_happens_meanwhile_is_in_rows_and_files_or_in_neither(
    fresh, tmp_path, request, kind
):
    def meddle():
        keep(1)
        with transaction():
            drop_file(db.session.get(StoredFile, dropped))
        run_due()

    file, dropped = tmp_path / "between.zip", 1
    with ExitStack() as stack:
        if kind == "sqlite":
            stack.enter_context(fresh("busy"))
        else:
            server = request.getfixturevalue("postgresql")
            url = stack.enter_context(clone(server, "template_market"))
            stack.enter_context(instance(url, tmp_path / "busy"))
        keep(2)
        before = set(storage.keys())
        manifest = write_archive(file, Meddling(meddle), named=named_keys(), at=NOON)
        after_backup = set(storage.keys())
        db.session.remove()
        current_app.config["NOW"] = NOON + timedelta(minutes=6)
        run_due()
        at_last = set(storage.keys())

    count, files = rows_and_files(file)
    assert (count, set(files)) == (2, {f"files/{key}" for key in before})
    assert manifest.missing == []
    assert before < after_backup
    assert len(after_backup) == 3
    assert len(before - at_last) == 1
    with fresh("back"):
        restore_archive(file, lambda *_: None)
        contents = [content_of(row)[:7] for row in db.session.scalars(all_files())]
    assert contents == [b"Datei 0", b"Datei 1"]


def test_a_file_that_was_lost_is_told_by_backup_and_restore(fresh, tmp_path):
    file = tmp_path / "lossy.zip"
    with fresh("lossy"):
        keep(2)
        lost = db.session.scalars(all_files()).first().storage_key
        db.session.rollback()
        storage.delete(lost)
        failed, told = run(backup, file)
        signed_at = last_backup_at()
    with fresh("again"):
        status, output = run(restore, file)
        kept = list(storage.keys())

    sentence = "1 files that rows tell of are not in the archive"
    assert (status, told.count(sentence), output.count(sentence)) == (0, 1, 1)
    assert (lost in told, lost in output, len(kept)) == (True, True, 1)
    assert (failed, signed_at) == (1, None)


def test_an_archive_that_lost_a_part_names_it(fresh, archive):
    [name] = rows_and_files(archive)[1]
    other = archive.with_name("other.zip")
    with ZipFile(archive) as old, ZipFile(other, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))

    with fresh("lacking"):
        status, output = run(restore, other)

        assert list(storage.keys()) == []
    assert (status, f"1 parts are missing, the first is {name}" in output) == (1, True)


def test_archive_is_for_nobody_else_to_read(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_archive_holds_neither_keys_nor_sealed_fields(demo_instance, tmp_path):
    surname = db.session.scalars(select(Internship)).first().supervisors[0].surname
    said(backup, tmp_path / "sealed.zip")
    key = demo_instance.config["FIELD_KEY"]

    with ZipFile(tmp_path / "sealed.zip") as archive:
        supervisors = archive.read("tables/supervisors.jsonl").decode()
        everything = b"".join(map(archive.read, archive.namelist()))
    assert surname not in supervisors
    assert key.encode() not in everything


def test_backup_leaves_a_sign_of_its_time_and_overwrites_nothing(fresh, tmp_path):
    with fresh("signed"):
        before = last_backup_at()
        said(backup, tmp_path / "b.zip")
        again = run(backup, tmp_path / "b.zip")
        nowhere = run(backup, tmp_path / "missing" / "b.zip")
        after = last_backup_at()

    assert (before, after) == (None, NOON)
    assert (again[0], nowhere[0]) == (1, 1)
    assert "exists already" in again[1]
    assert "No such file" in nowhere[1]


def test_backup_tells_people_in_one_line(fresh, tmp_path):
    with fresh("told"):
        _status, output = run(backup, tmp_path / "b.zip")

    assert "rows of" in output
    assert "hash" in output


def test_archive_does_not_come_into_an_inhabited_instance(fresh, archive):
    with fresh("inhabited"):
        make_user()
        status, output = run(restore, archive)

        assert (status, db.session.scalar(db.select(db.func.count(User.id)))) == (1, 1)
    assert "There is content already" in output


def rewritten(archive, name, content):
    """The same archive with one part exchanged."""
    other = archive.with_name("other.zip")
    with ZipFile(archive) as old, ZipFile(other, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return other


def manifest_with(archive, **changes):
    with ZipFile(archive) as old:
        manifest = json.loads(old.read("manifest.json"))
    return rewritten(archive, "manifest.json", json.dumps(manifest | changes))


def test_damaged_archive_is_refused_and_changes_nothing(fresh, archive):
    with ZipFile(archive) as old:
        users = old.read("tables/users.jsonl").replace(b"person", b"PERSON")
    cut = archive.with_name("cut.zip")
    cut.write_bytes(archive.read_bytes()[:-500])
    flipped = archive.with_name("flipped.zip")
    content = bytearray(archive.read_bytes())
    content[len(content) // 3] ^= 0xFF
    flipped.write_bytes(content)
    damaged = [rewritten(archive, "tables/users.jsonl", users), cut, flipped]

    with fresh("careful"):
        answers = [run(restore, file) for file in damaged]

        assert db.session.scalars(select(User)).all() == []
        assert db.session.scalars(select(Place)).first()
        assert list(storage.keys()) == []
    for status, output in answers:
        assert (status, output.count("\n")) == (1, 1)
        assert "The archive is damaged" in output


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"revision": "0000"}, "restore it with the release that wrote it"),
        ({"format": 9}, "The archive has format 9, not 1."),
        ({"key_mark": "other"}, "The archive was written with another field key"),
        ({"tables": {}}, "The archive is damaged"),
    ],
)
def test_archive_that_does_not_fit_is_refused(fresh, archive, changes, sentence):
    with fresh("unfit"):
        status, output = run(restore, manifest_with(archive, **changes))

        assert db.session.scalars(select(User)).all() == []
    assert (status, sentence in output) == (1, True)


def test_instance_that_was_not_migrated_is_told_how(app, archive):
    status, output = run(restore, archive)

    assert (status, "run `market db upgrade` first" in output) == (1, True)
