from collections.abc import Mapping
from typing import Any

from marketplace.encounters.applications.queries import application_by_id
from marketplace.encounters.papers.queries import placements_agreed
from marketplace.encounters.papers.services.agreeing import prepare_agreement
from marketplace.encounters.papers.services.instructing import remind_of_dates
from marketplace.foundation.clock import now


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
    """Once a day: versions that are missing, and reminders before the first day."""
    for application in placements_agreed():
        prepare_agreement(application, at=now())
    remind_of_dates(at=now())
