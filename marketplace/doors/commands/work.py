"""The worker: letters and jobs, as they come due."""

import logging
import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext

from marketplace.foundation.database import db
from marketplace.matching.partners.jobs import keep_lists_up
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.jobs import send_waiting

PAUSE_SECONDS = 2.0

log = logging.getLogger("marketplace.worker")


def keep_lists() -> None:
    """Keeps the lists of partners up; what fails is tried again after the pause."""
    try:
        keep_lists_up()
    except Exception:
        log.exception("The lists of partners were not kept up")
        db.session.rollback()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Send letters and do jobs as they come due.

    Example: market worker --once
    """
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not stop.is_set():
        jobs, letters = run_due(), send_waiting()
        keep_lists()
        db.session.remove()
        if once:
            click.echo(f"{jobs} jobs done, {letters} letters sent.")
            return
        stop.wait(PAUSE_SECONDS)
