"""What must hold before strangers come: each check gives a sentence if it does not."""

import os
import secrets
import smtplib
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app
from obstore.exceptions import BaseError
from sqlalchemy import exists, select

from marketplace.doors.commands.backup import last_backup_at
from marketplace.foundation import storage
from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.refusals import NotFound
from marketplace.foundation.revisions import newest_revision, revision_of
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import check_chain
from marketplace.upkeep.jobs.queries import WORKER_PAUSE, worker_seen_at
from marketplace.upkeep.mail.enums import LetterState
from marketplace.upkeep.mail.jobs import connect
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.settings.queries import empty_settings

Check = Callable[[], str]

KEY_BYTES = 32
# A key drawn at random has more different signs than that.
FEWEST_SIGNS = 10
OLDEST_BACKUP = timedelta(hours=24)
DEMO_ADDRESSES = "%@demo.example"


def demo_is_off() -> str:
    """Demo mode names its accounts and their password on the sign-in page."""
    is_on = current_app.config["DEMO"]
    return "Demo mode is on: take MARKET_DEMO away." if is_on else ""


def clock_runs() -> str:
    """A held clock keeps no deadline."""
    is_held = current_app.config["NOW"] or os.environ.get("MARKET_NOW")
    return "The clock is held: take MARKET_NOW away." if is_held else ""


def debug_is_off() -> str:
    """The debugger runs whatever a visitor types."""
    is_on = current_app.debug or os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}
    return "Debugging is on: take FLASK_DEBUG away." if is_on else ""


def address_is_https() -> str:
    """Without https cookies and passwords are open on the way."""
    base = current_app.config["BASE_URL"]
    if base.startswith("https://"):
        return ""
    return f"MARKET_BASE_URL is {base}: it must begin with https://."


def secret_is_long() -> str:
    """Who guesses the key is whoever he wants."""
    key = current_app.config["SECRET_KEY"]
    if len(key) >= KEY_BYTES and len(set(key)) >= FEWEST_SIGNS:
        return ""
    return f"MARKET_SECRET_KEY can be guessed: draw {KEY_BYTES} bytes at random."


def files_are_closed() -> str:
    """Other users of the machine may read neither keys nor database."""
    folder: Path = current_app.config["INSTANCE"]
    inside = (folder / name for name in ("secret-key", "field-key"))
    for place in (folder, *inside):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            return f"{place} is open to other users: run `chmod go= {place}`."
    return ""


def migrations_are_at_head() -> str:
    """The program and its tables must be of one release."""
    with db.engine.connect() as connection:
        present = revision_of(connection)
    if present == newest_revision():
        return ""
    return f"The database is of revision {present or 'none'}: run `market db upgrade`."


def mail_goes() -> str:
    """Opens the mail server as the worker does, and sends nothing."""
    url = current_app.config["SMTP_URL"]
    if not url:
        return "No mail server: set MARKET_SMTP_URL."
    try:
        server = connect(urlsplit(url))
        server.noop()
        server.quit()
    except (OSError, smtplib.SMTPException) as error:
        return f"The mail server of MARKET_SMTP_URL fails: {type(error).__name__}."
    return ""


def proxies_are_counted() -> str:
    """Behind an uncounted proxy all visitors share one address, and its limits."""
    if current_app.config["PROXIES"] > 0:
        return ""
    return "No proxy is counted: set MARKET_PROXIES to how many stand in front."


def storage_is_writable() -> str:
    """Writes, reads and deletes a file of its own."""
    key, content = storage.new_key(now()), secrets.token_bytes(16)
    try:
        storage.put(key, content)
        is_same = storage.get(key) == content
        storage.delete(key)
    except (OSError, BaseError, NotFound) as error:
        return f"The store of files cannot be written: {type(error).__name__}."
    return "" if is_same else "The store of files gives other bytes than it was given."


def folder_is_watched() -> str:
    """A file that was taken over moves; where it cannot, it would wait forever."""
    folder = current_app.config["WATCH_DIR"]
    if not folder or (Path(folder).is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        return ""
    return f"MARKET_WATCH_DIR is {folder}: it cannot be read."


def worker_is_seen() -> str:
    """Without the worker no letter goes and no deadline is kept."""
    seen = worker_seen_at()
    if seen and now() - seen <= WORKER_PAUSE:
        return ""
    return "No worker was seen for five minutes: start `market worker`."


def backup_is_fresh() -> str:
    """What is not in a backup is gone with the disk."""
    last = last_backup_at()
    if last and now() - last <= OLDEST_BACKUP:
        return ""
    return "No backup for 24 hours: run `market backup FILE`, daily by a timer."


def letters_arrive() -> str:
    """A parked letter waits for a person."""
    parked = select(exists().where(OutboxEntry.state == LetterState.PARKED))
    is_parked = db.session.scalar(parked)
    return "Letters could not be delivered: see the outbox page." if is_parked else ""


def demo_accounts_are_absent() -> str:
    """Their password is public."""
    found = select(exists().where(User.email.like(DEMO_ADDRESSES)))
    if not db.session.scalar(found):
        return ""
    return "There are demo accounts (@demo.example): start with an empty instance."


def time_zone_is_known() -> str:
    """Deadlines end at midnight in Berlin."""
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return "Time zone data is missing: install the package tzdata."
    return ""


def contacts_are_filled() -> str:
    """The imprint, the report form and the letters name them."""
    missing = [str(setting.label) for setting in empty_settings()]
    if not missing:
        return ""
    return f"Settings are empty on the desk: {', '.join(missing)}."


def record_is_whole() -> str:
    """What was done must stand as it was written."""
    found = next(check_chain(at=now()), None)
    if found is None:
        return ""
    fault, number = found
    return f"The record does not hold at {number} ({fault}): see `market audit`."


CHECKS: tuple[Check, ...] = (
    demo_is_off,
    clock_runs,
    debug_is_off,
    address_is_https,
    secret_is_long,
    files_are_closed,
    migrations_are_at_head,
    mail_goes,
    proxies_are_counted,
    storage_is_writable,
    folder_is_watched,
    worker_is_seen,
    backup_is_fresh,
    letters_arrive,
    demo_accounts_are_absent,
    time_zone_is_known,
    contacts_are_filled,
    record_is_whole,
)
