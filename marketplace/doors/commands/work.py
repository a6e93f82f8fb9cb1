"""The worker: letters and jobs, as they come due."""

import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext

from marketplace.foundation.database import db
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.jobs import send_waiting

PAUSE_SECONDS = 2.0


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
        db.session.remove()
        if once:
            click.echo(f"{jobs} jobs done, {letters} letters sent.")
            return
        stop.wait(PAUSE_SECONDS)
