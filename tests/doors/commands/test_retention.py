import json
import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask_migrate import stamp

from marketplace.doors.commands.backup import backup, restore
from marketplace.doors.commands.retention import retention
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.models import User
from marketplace.stewardship.privacy.services.erasing import erase_account
from marketplace.stewardship.privacy.services.noting import LIST, copy_list
from marketplace.stewardship.privacy.services.table import RULES
from tests.conftest import build_app
from tests.factories.applications import make_application, make_mia
from tests.moments import NOON
from tests.stewardship.privacy.records import MARKER


@pytest.fixture
def half_a_year_on(app):
    make_application(ApplicationState.DECLINED, motivation=MARKER)
    app.config["NOW"] = NOON + timedelta(days=181)


@contextmanager
def other_instance(template, folder):
    folder.mkdir()
    url = f"sqlite:///{shutil.copy(template, folder / 'market.db')}"
    app = build_app(url, folder)
    with app.app_context():
        stamp()
        yield app
        db.session.remove()
        db.engine.dispose()


def told(*options):
    result = CliRunner().invoke(retention, options, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.output.splitlines()]


def count_of(kind):
    return db.session.scalar(db.select(db.func.count(kind.id)))


def test_dry_run_counts_and_takes_nothing(half_a_year_on):
    lines = told("--dry-run")

    assert [line["rule"] for line in lines] == [rule.name for rule in RULES]
    assert [line for line in lines if line["count"]] == [
        {"rule": "failed", "count": 1, "dry_run": True}
    ]
    assert count_of(Application) == 1


def test_run_takes_what_is_due_and_the_second_nothing(half_a_year_on, app):
    assert [line for line in told() if line["count"]] == [
        {"rule": "failed", "count": 1, "dry_run": False}
    ]
    assert [line for line in told() if line["count"]] == []
    assert count_of(Application) == 0
    files = app.config["INSTANCE"].glob("market.db*")
    assert [it for it in files if MARKER.encode() in it.read_bytes()] == []


def test_a_restored_backup_loses_again_what_went_after_it(
    app, tmp_path, sqlite_template
):
    mia, ben = make_mia(), make_mia()
    make_application(ApplicationState.OPEN, pupil=mia, motivation=MARKER)
    kept = make_application(ApplicationState.OPEN, pupil=ben).public_id
    stamp()
    file = tmp_path / "night.zip"
    assert CliRunner().invoke(backup, [str(file)]).exit_code == 0
    gone, there = mia.id, ben.id
    db.session.rollback()
    with transaction():
        erase_account(mia, at=NOON)
    copy_list(app.config["INSTANCE"])
    mine = (app.config["INSTANCE"] / LIST).read_text()

    with other_instance(sqlite_template, tmp_path / "other") as other:
        (other.config["INSTANCE"] / LIST).write_text(mine)
        result = CliRunner().invoke(restore, [str(file)], catch_exceptions=False)

        assert result.exit_code == 0
        left = db.session.scalars(db.select(Application.public_id)).all()
        names = db.session.scalars(db.select(User.id)).all()
        assert (left, gone in names, there in names) == ([kept], False, True)
        assert (other.config["INSTANCE"] / LIST).read_text() == mine
