"""How a school learns that it is its turn: by its staff's page, or by a letter."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import LIVE
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import needs_school
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.schools.queries import (
    address_without_staff,
    school_attended_by,
    staff_addresses,
)
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue, recall


def ask_school(application: Application, *, at: datetime) -> None:
    """Writes to the school of a school event where nobody there has an account.

    The link in the letter confirms; it ends on the eve of the first day.
    """
    school = school_attended_by(application.pupil)
    address = address_without_staff(school) if school else ""
    if address and needs_school(application):
        queue(mails.school_asked(application), [address], at=at)


def show_to_school(application: Application, *, actor: User, at: datetime) -> None:
    """Lets the school of a pupil see a voluntary internship, as she wishes (U8).

    Its staff is told, or its address where it has none, so that it can release her.
    """
    school = school_attended_by(application.pupil)
    if application.basis is Basis.SCHOOL or application.is_shown_to_school:
        return
    if school is None:
        raise Refusal(_("Wähl zuerst in deinem Konto deine Schule."))
    if application.state not in LIVE or application.handed_over_at is None:
        raise Refusal(_("Das geht, solange deine Bewerbung beim Betrieb liegt."))
    application.is_shown_to_school = True

    record("application.shown_to_school", application, actor=actor, at=at)
    address = address_without_staff(school)
    if address:
        queue(mails.school_asked(application), [address], at=at)
    else:
        letter = mails.school_asked_staff(application)
        queue(letter, staff_addresses(school.id), at=at)


def hide_from_school(application: Application, *, actor: User, at: datetime) -> None:
    """Takes that back; a release that was given stays with what it is needed for."""
    if not application.is_shown_to_school:
        return
    if application.school_confirmed_at:
        raise Refusal(_("Deine Schule hat dich schon freigestellt."))
    application.is_shown_to_school = False
    recall(mails.SCHOOL, application.id, at=at)

    record("application.hidden_from_school", application, actor=actor, at=at)
