from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app

from marketplace.encounters.applications.queries import application_by_id
from marketplace.encounters.papers.queries import (
    placements_agreed,
    placements_beginning,
    placements_to_certify,
    placements_without_agreement,
)
from marketplace.encounters.papers.services.agreeing import prepare_agreement
from marketplace.encounters.papers.services.certifying import (
    issue_certificate,
)
from marketplace.encounters.papers.services.instructing import remind_of_dates
from marketplace.foundation.clock import day_of, now

# What begins so soon is compared with its agreement once more: names change, too.
LOOK_AHEAD = timedelta(days=7)


def prepare(payload: Mapping[str, Any]) -> None:
    """Makes the agreement of a place that was just confirmed."""
    application = application_by_id(payload["application_id"])
    if application:
        prepare_agreement(application, at=now())


def renew(payload: Mapping[str, Any]) -> None:
    """Makes new versions where an internship changed."""
    for application in placements_agreed(payload["internship_id"]):
        prepare_agreement(application, at=now())


def keep(_payload: Mapping[str, Any]) -> None:
    """Once a day: missing versions, reminders before day one, certificates."""
    today = day_of(now())
    soon = placements_beginning(today, today + LOOK_AHEAD)
    for application in {*placements_without_agreement(), *soon}:
        prepare_agreement(application, at=now())
    remind_of_dates(at=now())
    for application in placements_to_certify():
        issue_certificate(application, key=field_key(), at=now())


def field_key() -> bytes:
    """The key that the codes of certificates are made with."""
    return bytes.fromhex(current_app.config["FIELD_KEY"])
