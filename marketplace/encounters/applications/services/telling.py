"""Tells those who applied what became of the posting or its company meanwhile."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import underway_at
from marketplace.encounters.applications.services.moving import (
    write_guardian,
    write_pupil,
)
from marketplace.encounters.applications.services.standing import follow_freeze
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.internships.queries import internships_of
from marketplace.postings.lives.enums import PostingState


def tell_of_change(internship_id: int, change: str, *, at: datetime) -> int:
    """Writes to all whose application is underway, and says to how many.

    `change` is "revised", "frozen" or "thawed". The clocks follow a freeze. While the
    company itself is frozen its people know, and nothing of it comes or goes for them.
    """
    found = underway_at(internship_id)
    told = [one for one in found if is_verified(one.internship.organisation)]
    for application in found:
        follow_freeze(application, at=at)
    for application in told:
        _write(application, change, at=at)
    return len(told)


def tell_of_organisation(organisation_id: int, change: str, *, at: datetime) -> int:
    """The same when the office froze a company with all it has, or let it go on.

    Where a posting is frozen by itself, nothing is new.
    """
    organisation = db.session.get_one(Organisation, organisation_id)
    told = [
        application
        for internship in db.session.scalars(internships_of(organisation)).all()
        if internship.state is not PostingState.FROZEN
        for application in underway_at(internship.id)
    ]
    for application in told:
        follow_freeze(application, at=at)
        _write(application, change, at=at)
    return len(told)


def _write(application: Application, change: str, *, at: datetime) -> None:
    write_pupil(mails.posting_changed(application, change), application, at=at)
    letter = mails.posting_changed_guardian(application, change)
    write_guardian(letter, application, at=at)
