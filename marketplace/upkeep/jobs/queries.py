from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from marketplace.foundation.database import db
from marketplace.upkeep.jobs.models import Job, WorkerSign

# A worker that gave no sign for longer is taken for dead.
WORKER_PAUSE = timedelta(minutes=5)


def due_job(at: datetime) -> Select[Job]:
    """The job that has waited longest and that nobody is at."""
    return (
        select(Job)
        .where(
            Job.done_at.is_(None),
            Job.due_at <= at,
            or_(Job.leased_until.is_(None), Job.leased_until <= at),
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def job_named(name: str) -> Job | None:
    """The job of this name, done or not."""
    return db.session.scalar(select(Job).where(Job.name == name))


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life."""
    return db.session.scalar(select(WorkerSign.seen_at))
