from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.upkeep.jobs import services
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.jobs.queries import job_named
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.models import Letter, OutboxEntry
from marketplace.upkeep.mail.services import queue
from tests.moments import NOON
from tests.people.organisations.members.test_races import at_once


def test_a_named_job_asked_for_at_once_is_one_and_loses_nothing(app, monkeypatch):
    meeting = Barrier(2)

    def both_looked(name):
        job = job_named(name)
        with suppress(BrokenBarrierError):  # SQLite lets one look after the other
            meeting.wait(timeout=1)
        return job

    def ask():
        letter = Letter("password_changed", "Betreff", {"name": "Mia"})
        queue(letter, ["mia@example.org"], at=NOON)
        ask_for("work", name="only", due_at=NOON)

    monkeypatch.setattr(services, "job_named", both_looked)
    done = at_once(app, [ask, ask])

    assert done == [True, True]
    named = select(func.count(Job.id)).where(Job.name == "only")
    assert db.session.scalar(named) == 1
    assert db.session.scalar(select(func.count(OutboxEntry.id))) == 2
