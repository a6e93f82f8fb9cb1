from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.upkeep.jobs.models import Job, WorkerSign
from marketplace.upkeep.jobs.queries import due_job, job_named

LONGEST_PAUSE, OFTEN_MINUTES = timedelta(hours=6), 5


def ask_for(
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    name: str | None = None,
    due_at: datetime,
) -> None:
    """Leaves a job for the worker; one with a name that exists is not asked twice."""
    if name and job_named(name):
        return
    job = Job(kind=kind, name=name, payload=dict(payload or {}), due_at=due_at)
    # Whoever asked in the same instant has left it; all else that is done stays.
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(job)


def ask_for_daily(kind: str, *, at: datetime) -> None:
    """Leaves the job of this kind for today, Berlin time, unless it was left before."""
    ask_for(kind, name=f"{kind} {day_of(at).isoformat()}", due_at=at)


def ask_for_often(kind: str, *, at: datetime) -> None:
    """Leaves the job of this kind for these five minutes, unless it was left before."""
    minute = at.minute - at.minute % OFTEN_MINUTES
    ask_for(kind, name=f"{kind} {at:%Y-%m-%dT%H}:{minute:02}", due_at=at)


def take_due(*, lease: timedelta, at: datetime) -> Job | None:
    """Leases the next job, so that no second worker does it meanwhile."""
    job = db.session.scalar(due_job(at))
    if job:
        job.leased_until = at + lease
        job.try_count += 1
    return job


def note_failed(job: Job, *, at: datetime) -> None:
    """Tries again later, after growing pauses of at most six hours."""
    job.leased_until = None
    job.due_at = at + min(timedelta(minutes=2 ** min(job.try_count, 10)), LONGEST_PAUSE)


def note_worker(*, at: datetime) -> None:
    """Leaves a sign that a worker lives."""
    sign = db.session.scalar(select(WorkerSign)) or WorkerSign()
    sign.seen_at = at
    db.session.add(sign)
