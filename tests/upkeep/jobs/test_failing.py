"""A job that raises is noted, whoever writes meanwhile."""

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.jobs import jobs
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.jobs.services import ask_for
from tests.moments import NOON
from tests.neighbours import busy_neighbour


def test_failed_job_is_noted_while_others_write(app):
    told = []

    def fail(_payload):
        raise ValueError("bad")

    def tell(kind, number):
        told.append((kind, number))

    jobs.init_app(app, works={"work": fail}, daily={}, on_failure=tell)
    with transaction():
        ask_for("work", {}, due_at=NOON)

    with busy_neighbour() as written:
        jobs.run_due()

    job = db.session.scalars(select(Job)).one()
    assert (job.done_at, job.due_at > NOON) == (None, True)
    assert told == [("work", job.id)]
    assert written[0] > 0
