import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from time import monotonic
from typing import Any

from flask import Flask, current_app

from marketplace.foundation.clock import now
from marketplace.foundation.database import db, reading, transaction
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.jobs.services import (
    ask_for_daily,
    ask_for_often,
    note_failed,
    note_worker,
    take_due,
)

# Takes the payload of a job; runs inside its transaction.
Work = Callable[[Mapping[str, Any]], None]

log = logging.getLogger("marketplace.jobs")
# Then it is the turn of the letters.
TURN_SECONDS = 30


def init_app(
    app: Flask,
    *,
    works: Mapping[str, Work],
    daily: Mapping[str, Work],
    often: Mapping[str, Work] | None = None,
    on_failure: Callable[[str, int], None] = lambda _kind, _number: None,
) -> None:
    """Tells the worker what to do for each kind; daily and frequent ones recur.

    `on_failure` hears kind and number of each job that raised.
    """
    app.extensions["on_failure"] = on_failure
    app.extensions["works"] = {**works, **daily, **(often or {})}
    app.extensions["daily_works"] = tuple(daily)
    app.extensions["often_works"] = tuple(often or ())


def run_due() -> int:
    """Does what is due and says how many jobs; one that raises waits longer.

    Ends after half a minute, so that letters do not wait for slow jobs: a program of
    others that does not answer costs seconds for each message.
    """
    until = monotonic() + TURN_SECONDS
    with transaction():
        note_worker(at=now())
        for kind in current_app.extensions["daily_works"]:
            ask_for_daily(kind, at=now())
        for kind in current_app.extensions["often_works"]:
            ask_for_often(kind, at=now())
    lease = timedelta(seconds=current_app.config["LEASE_SECONDS"])
    count = 0
    while monotonic() < until:
        with transaction():
            job = take_due(lease=lease, at=now())
        if job is None:
            break
        _run(job)
        count += 1
    return count


def _run(job: Job) -> None:
    try:
        with transaction():
            current_app.extensions["works"][job.kind](job.payload)
            job.done_at = now()
    except Exception:
        with reading():  # what is written next begins anew
            kind, number = job.kind, job.id
        log.exception("Job %s (%s) failed", number, kind)
        current_app.extensions["on_failure"](kind, number)
        with transaction():
            note_failed(db.session.merge(job), at=now())
