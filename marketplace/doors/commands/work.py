"""The worker: letters and jobs, as they come due."""

import logging
import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

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
    jobs, letters = do_what_is_due()
    if once:
        done = jobs
        while done:  # jobs stop after some time, for the letters
            done, sent = do_what_is_due()
            jobs, letters = jobs + done, letters + sent
        click.echo(f"{jobs} jobs done, {letters} letters sent.")
        return
    while not stop.wait(PAUSE_SECONDS):
        go_on()


def go_on() -> bool:
    """Does one more round; False where the database is busy or away just now.

    The next round does what this one could not: a minute without a database must not
    end letters for good.
    """
    try:
        do_what_is_due()
    except OperationalError as error:
        log.warning("This round waits, the database does not answer: %s", error.orig)
        return False
    return True


def do_what_is_due() -> tuple[int, int]:
    """Does the jobs and sends the letters that are due, and says how many of each."""
    try:
        done = run_due(), send_waiting()
        keep_lists()
    finally:
        db.session.remove()
    return done
