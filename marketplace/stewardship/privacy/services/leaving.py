"""Whoever wants to go does: gives back what is underway, then the account is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.encounters.applications.enums import (
    LIVE,
    ApplicationState,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import applications_of
from marketplace.encounters.applications.rules import guardians_of, is_minor
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.forgetting import applications_by
from marketplace.encounters.applications.services.sending import withdraw
from marketplace.encounters.placements.services.forgetting import count_past
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import (
    addresses_of,
    memberships_of,
    owner_count,
)
from marketplace.people.schools.queries import staff_addresses
from marketplace.stewardship.privacy.mails import account_gone, application_gone
from marketplace.stewardship.privacy.services.erasing import erase_account
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue

# Accounts of the office are opened and shut by its administration.
LEAVERS = (Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL)
COPY = "privacy.copy"


@dataclass(frozen=True)
class Ending:
    """What ends with an account: one application, and whether it is a firm place."""

    application: Application
    is_place: bool


def leave(user: User, *, at: datetime) -> None:
    """Deletes an account as its person wishes, with all that hangs on it.

    What is underway is given back first, as by hand; whoever knows of it is told once
    the rest is gone. Refuses while a placement runs, and who alone decides for an
    organisation.
    """
    locked(user)
    require_free(user)
    address, farewell = user.email, account_gone(user)
    ends = endings(user) if user.role is Role.PUPIL else []
    told = [one for it in ends for one in _told(it.application, at=at)]
    for ending in ends:
        _give_up(ending, user, at=at)
    db.session.flush()
    count_past(db.session.scalars(applications_by(user.id, kept=True)).all())
    erase_account(user, at=at)
    for letter, addresses in told:
        queue(letter, addresses, at=at)
    queue(farewell, [address], at=at)
    ask_for(COPY, due_at=at)


def require_free(user: User) -> None:
    """Refuses what has to be settled first, and says how."""
    if user.role not in LEAVERS:
        raise Refusal(_("Dieses Konto löscht die Verwaltung."))
    if _is_running(user):
        raise Refusal(
            _("Dein Praktikum läuft gerade. Danach kannst du dein Konto löschen.")
            + " "
            + _("Geht es gar nicht mehr, brich es zuerst ab.")
        )
    alone = sole_owner_of(user)
    if alone:
        names = ", ".join(organisation.name for organisation in alone)
        raise Refusal(
            _("Außer Ihnen verwaltet niemand: %(names)s.", names=names)
            + " "
            + _("Übergeben Sie die Verwaltung oder löschen Sie die Organisation.")
        )


def endings(user: User) -> list[Ending]:
    """What a pupil gives back by going, newest last."""
    states = LIVE | {ApplicationState.CONFIRMED}
    query = applications_of(user).where(Application.state.in_(states))
    found = db.session.scalars(query.order_by(Application.id)).all()
    return [Ending(it, it.state is ApplicationState.CONFIRMED) for it in found]


def sole_owner_of(user: User) -> list[Organisation]:
    """The organisations that nobody would decide for without this person."""
    own = [one.organisation for one in memberships_of(user) if one.is_owner]
    return [organisation for organisation in own if owner_count(organisation) <= 1]


def _is_running(user: User) -> bool:
    running = Application.state == ApplicationState.RUNNING
    query = select(Application.id).where(Application.pupil_id == user.id, running)
    return db.session.scalar(query.limit(1)) is not None


def _give_up(ending: Ending, user: User, *, at: datetime) -> None:
    application, side = ending.application, Side.PUPIL
    if ending.is_place:
        cancel(application, CancelCode.CHANGED_MIND, side=side, actor=user, at=at)
    else:
        withdraw(application, side=side, actor=user, at=at)


def _told(
    application: Application, *, at: datetime
) -> list[tuple[Letter, Sequence[str]]]:
    """Who hears that it is over, as far as each knew of it; made before all is gone."""
    letter, named = application_gone(application)
    told: list[tuple[Letter, Sequence[str]]] = []
    if application.handed_over_at:
        told.append((letter, addresses_of(application.internship.organisation)))
    if is_minor(application, day_of(at)):
        people = [one.address for one in guardians_of(application) if one.address]
        told.append((named, people))
    pupil = application.pupil.pupil
    if pupil and pupil.school_id and application.school_confirmed_at:
        told.append((named, staff_addresses(pupil.school_id)))
    return told
