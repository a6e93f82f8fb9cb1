"""How people and what they sent go: each feature drops its own part."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from marketplace.encounters.agendas.services.addressing import forget_agenda
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.forgetting import (
    applications_by,
    delete_applications,
)
from marketplace.encounters.messages.services.forgetting import forget_ways
from marketplace.encounters.papers.services.forgetting import forget_papers
from marketplace.encounters.placements.services.forgetting import count_past
from marketplace.encounters.watchlist.services import forget_list
from marketplace.foundation.database import db
from marketplace.matching.rounds.services.forgetting import forget_pupil
from marketplace.overview.alerts.services.saving import forget_person
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_id
from marketplace.people.accounts.services.forgetting import wipe_account
from marketplace.people.guardians.services import unlink_all
from marketplace.people.organisations.services import members
from marketplace.people.schools.services import joining
from marketplace.people.tokens.services import forget_tokens
from marketplace.stewardship.privacy.models import LeaveNotice
from marketplace.stewardship.privacy.services.noting import note_deletion
from marketplace.upkeep.mail.services import forget_unsent_about


def erase_applications(ids: Sequence[int], at: datetime) -> None:
    """Deletes applications with papers, messages, days, visits, letters and links."""
    rows = select(Application).where(Application.id.in_(ids))
    going = db.session.scalars(rows).all()
    forget_unsent_about({it.public_id for it in going})
    for application in going:
        note_deletion(application, at=at)
        db.session.expunge(application)
    forget_papers(ids)
    forget_ways(ids)
    delete_applications(ids)


def erase_placements(ids: Sequence[int], at: datetime) -> None:
    """Deletes placements likewise; of each school year a count stays."""
    count_past(ids)
    erase_applications(ids, at)


def erase_accounts(ids: Sequence[int], at: datetime) -> None:
    """Deletes accounts with all their people sent, one after the other."""
    for number in ids:
        user = user_by_id(number)
        if user:
            erase_account(user, at=at)


def erase_account(user: User, *, at: datetime) -> None:
    """Deletes an account with all its person sent; history keeps a pseudonym of her."""
    note_deletion(user, at=at)
    sent = db.session.scalars(applications_by(user.id)).all()
    if sent:
        erase_applications(sent, at)
    forget_pupil(user.id)
    forget_list(user.id)
    forget_agenda(user.id)
    forget_person(user.id)
    forget_tokens(user.id)
    unlink_all(user)
    joining.leave_all(user)
    members.leave_all(user)
    db.session.execute(delete(LeaveNotice).where(LeaveNotice.user_id == user.id))
    wipe_account(user, at=at)
