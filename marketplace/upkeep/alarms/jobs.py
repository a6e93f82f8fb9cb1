import logging

from flask import Flask, current_app, g, got_request_exception, request
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.alarms.services import raise_alarm

log = logging.getLogger("marketplace.alarms")


def init_app(app: Flask) -> None:
    """Listens for pages that failed."""
    got_request_exception.connect(_tell_of_page, app)


def tell_of_job(kind: str, number: int) -> None:
    """Tells of a job that failed."""
    _tell(kind, f"job {number}")


def _tell_of_page(_app: Flask, **_failure: object) -> None:
    _tell(request.endpoint or "?", g.get("request_id", "-"))


def _tell(what: str, number: str) -> None:
    """Leaves the letter in a transaction of its own; the failed one is undone."""
    recipient = current_app.config["ALARM_MAIL"]
    db.session.rollback()
    try:
        with force_locale("de"), transaction():
            raise_alarm(what, number, recipient=recipient, at=now())
    except SQLAlchemyError:
        log.exception("No alarm could be left for %s", number)
