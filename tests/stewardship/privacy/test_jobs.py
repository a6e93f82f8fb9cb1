"""The night: each rule in small steps, each step whole, and twice without harm."""

import json
from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db, transaction
from marketplace.stewardship.privacy.jobs import keep
from marketplace.stewardship.privacy.models import Deletion
from marketplace.stewardship.privacy.queries import runs_by_rule
from marketplace.stewardship.privacy.services import keeping
from marketplace.stewardship.privacy.services.noting import LIST, mark_of
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.applications import make_application
from tests.moments import NOON
from tests.stewardship.privacy.records import MAKERS


@pytest.fixture
def old_drafts(app):
    drafts = [make_application(ApplicationState.DRAFT) for _ in range(5)]
    app.config["NOW"] = NOON + timedelta(days=31)
    return drafts


def count_of(kind):
    return db.session.scalar(db.select(db.func.count(kind.id)))


def test_a_night_goes_on_step_by_step_until_nothing_is_left(old_drafts, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    monkeypatch.setattr("marketplace.stewardship.privacy.jobs.AT_ONCE", 2)

    run_due()

    assert count_of(Application) == 0
    run = runs_by_rule()["drafts"]
    assert (run.day_count, run.total_count) == (5, 5)
    assert set(runs_by_rule()) == {rule.name for rule in RULES}


def test_the_same_night_twice_takes_nothing_more(old_drafts):
    run_due()
    with transaction():
        keep({})

    assert run_due() == 0
    assert runs_by_rule()["drafts"].total_count == 5


def test_what_went_is_listed_beside_the_database_by_number_and_mark(old_drafts, app):
    first = old_drafts[0]
    line = {"thing": "applications", "thing_id": first.id, "mark": mark_of(first)}

    run_due()

    lines = (app.config["INSTANCE"] / LIST).read_text().splitlines()
    assert json.loads(lines[0]) == line
    assert len(lines) == count_of(Deletion) == 5


def test_30h_the_note_of_a_certificate_is_gone_after_six_months(app):
    [make] = MAKERS["conduct"]
    last_day, is_there = make(None)
    found = []
    for day in (last_day, last_day + timedelta(days=1)):
        app.config["NOW"] = start_of(day) + timedelta(hours=12)
        with transaction():
            keep({})
        run_due()
        found.append((day, is_there()))

    assert found == [(date(2027, 2, 28), True), (date(2027, 3, 1), False)]
