"""Tells those who applied what became of the posting meanwhile."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.queries import underway_at
from marketplace.encounters.applications.services.moving import (
    write_guardian,
    write_pupil,
)


def tell_of_change(internship_id: int, change: str, *, at: datetime) -> int:
    """Writes to all whose application is underway, and says to how many.

    `change` is "revised", "frozen" or "thawed".
    """
    told = underway_at(internship_id)
    for application in told:
        write_pupil(mails.posting_changed(application, change), application, at=at)
        letter = mails.posting_changed_guardian(application, change)
        write_guardian(letter, application, at=at)
    return len(told)
