from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.stewardship.takeovers.enums import LaidState, TakeoverState
from marketplace.stewardship.takeovers.queries import (
    forgotten_takeovers,
    laid_file,
    old_laid_files,
    old_takeovers,
)
from marketplace.stewardship.takeovers.services.folders import (
    lay_aside,
    look_into,
    take_laid,
)
from marketplace.stewardship.takeovers.services.giving import discard_file
from marketplace.stewardship.takeovers.services.parts import GO_ON
from marketplace.stewardship.takeovers.services.parts import go_on as do_next_part
from marketplace.upkeep.alarms.services import raise_alarm
from marketplace.upkeep.jobs.services import ask_for

TAKE, LAY_ASIDE = "takeovers.take_laid", "takeovers.lay_aside"

# A file that was only looked at is forgotten, and so are reports in the end.
CHOSEN_FOR, REPORTS_FOR = timedelta(days=7), timedelta(days=365)


def watch(_payload: Mapping[str, Any]) -> None:
    """Looks what lies in the folders of organisations, if the operator set them up."""
    root, at = current_app.config["WATCH_DIR"], now()
    if not root:
        return
    for laid in look_into(Path(root), at=at):
        kind = TAKE if laid.state is LaidState.WAITING else LAY_ASIDE
        name = f"{kind} {laid.public_id}"
        ask_for(kind, {"laid": laid.id}, name=name, due_at=at)


def take_one(payload: Mapping[str, Any]) -> None:
    """Takes a file over that lay there; it moves once all of it stands."""
    laid, at = laid_file(int(payload["laid"])), now()
    if laid is None:
        return
    with force_locale("de"):
        take_laid(laid, at=at)
    if laid.state is not LaidState.WAITING:
        ask_for(LAY_ASIDE, payload, name=f"{LAY_ASIDE} {laid.public_id}", due_at=at)


def move_one(payload: Mapping[str, Any]) -> None:
    """Moves a file that was taken or refused, beside its report."""
    if laid := laid_file(int(payload["laid"])):
        lay_aside(laid, at=now())


def go_on(payload: Mapping[str, Any]) -> None:
    """Looks at the next entries of a file, or takes them over."""
    at = now()
    takeover = do_next_part(int(payload["takeover"]), at=at)
    if takeover and takeover.laid and takeover.state is TakeoverState.DONE:
        name = f"{TAKE} {takeover.laid.public_id} to its end"
        ask_for(TAKE, {"laid": takeover.laid.id}, name=name, due_at=at)


def tell_of_failure(payload: Mapping[str, Any]) -> None:
    """Tells whoever keeps the site running of an entry at which it failed."""
    recipient = current_app.config["ALARM_MAIL"]
    with force_locale("de"):
        raise_alarm(GO_ON, str(payload["takeover"]), recipient=recipient, at=now())


def tidy(_payload: Mapping[str, Any]) -> None:
    """Throws away what was given and never taken over, and reports after a year."""
    at = now()
    for takeover in db.session.scalars(forgotten_takeovers(at - CHOSEN_FOR)).all():
        discard_file(takeover, actor=None, at=at)
    for laid in db.session.scalars(old_laid_files(at - REPORTS_FOR)).all():
        db.session.delete(laid)
    for takeover in db.session.scalars(old_takeovers(at - REPORTS_FOR)).all():
        db.session.delete(takeover)
