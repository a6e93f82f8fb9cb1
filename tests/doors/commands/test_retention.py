import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from marketplace.doors.commands.retention import retention
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.stewardship.privacy.services.table import RULES
from tests.factories.applications import make_application
from tests.moments import NOON
from tests.stewardship.privacy.records import MARKER


@pytest.fixture
def half_a_year_on(app):
    make_application(ApplicationState.DECLINED, motivation=MARKER)
    app.config["NOW"] = NOON + timedelta(days=181)


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
