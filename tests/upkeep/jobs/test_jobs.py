from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.jobs import jobs
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.jobs.queries import worker_seen_at
from marketplace.upkeep.jobs.services import ask_for
from tests.moments import NOON


@pytest.fixture
def done(app):
    """What the worker did, by payload; "bad" raises."""
    log = []

    def work(payload):
        if payload.get("bad"):
            raise ValueError("bad")
        log.append(payload)

    jobs.init_app(app, works={"work": work}, daily={"daily": work})
    return log


def test_job_is_done_once(done):
    with transaction():
        ask_for("work", {"n": 1}, due_at=NOON)

    run_due()
    run_due()

    # The daily one came by itself.
    assert sorted(done, key=str) == [{"n": 1}, {}]
    assert worker_seen_at() == NOON


def test_job_of_tomorrow_waits(app, done):
    with transaction():
        ask_for("work", {"n": 1}, due_at=NOON + timedelta(days=1))

    run_due()
    early = list(done)
    app.config["NOW"] = NOON + timedelta(days=1)
    run_due()

    assert ({"n": 1} in early, {"n": 1} in done) == (False, True)


def test_named_job_is_asked_for_once(done):
    with transaction():
        ask_for("work", {"n": 1}, name="only", due_at=NOON)
        ask_for("work", {"n": 2}, name="only", due_at=NOON)

    run_due()

    assert {"n": 2} not in done


def test_failed_job_is_tried_again_later(app, done):
    with transaction():
        ask_for("work", {"bad": True}, due_at=NOON)

    run_due()

    job = db.session.scalars(select(Job).where(Job.kind == "work")).one()
    assert (job.done_at, job.due_at > NOON) == (None, True)


def test_job_of_a_dead_worker_is_taken_up_after_its_lease(app, done):
    with transaction():
        ask_for("work", {"n": 1}, due_at=NOON)
    with transaction():
        job = db.session.scalars(select(Job).where(Job.kind == "work")).one()
        job.leased_until = NOON + timedelta(seconds=60)

    run_due()
    early = list(done)
    app.config["NOW"] = NOON + timedelta(seconds=61)
    run_due()

    assert ({"n": 1} in early, {"n": 1} in done) == (False, True)
