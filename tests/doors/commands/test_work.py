import sqlite3
from contextlib import closing

import pytest

from marketplace.doors.commands.work import go_on, worker
from marketplace.matching.partners.queries import weights_version
from marketplace.upkeep.jobs.queries import worker_seen_at
from tests.factories.people import make_organisation
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON
from tests.neighbours import busy_neighbour


@pytest.fixture
def release(app):
    """Holds the write lock as another process does, until it is called."""
    with closing(sqlite3.connect(app.config["INSTANCE"] / "market.db")) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK")


def test_worker_does_what_is_due_and_ends(app):
    result = app.test_cli_runner().invoke(worker, ["--once"])

    assert result.exit_code == 0, result.output
    assert result.output.endswith("0 letters sent.\n")


def test_worker_that_finds_the_database_busy_goes_on_at_the_next_round(release):
    assert go_on() is False
    assert worker_seen_at() is None

    release()

    assert go_on() is True
    assert worker_seen_at() == NOON


def test_worker_does_all_that_is_due_while_others_write(app, caplog):
    make_offer(organisation=make_organisation())
    make_sponsorship()

    with busy_neighbour() as written:
        assert go_on() is True

    assert [it.getMessage() for it in caplog.records if it.levelname == "ERROR"] == []
    assert weights_version().day == NOON.date()
    assert written[0] > 0
