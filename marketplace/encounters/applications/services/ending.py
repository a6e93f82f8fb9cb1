"""Gives a promised place back."""

from datetime import datetime, timedelta

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import (
    COMPANY_REASONS,
    OWN_REASONS,
    Act,
    ApplicationState,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.moving import (
    move,
    write_company,
    write_guardian,
    write_pupil,
    write_school,
)
from marketplace.encounters.applications.services.waiting import give_up_place
from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.models import LinkRequest
from marketplace.upkeep.mail.services import recall


def cancel(
    application: Application,
    code: CancelCode,
    *,
    side: Side,
    actor: User | None,
    at: datetime,
) -> None:
    """Gives a promised place back, up to the eve; the company never learns why.

    Refuses reasons of the other side. Nobody (`actor`) is who came by the link.
    """
    if code not in (COMPANY_REASONS if side is Side.COMPANY else OWN_REASONS):
        raise Refusal(_("Diesen Grund gibt es hier nicht."))
    if day_of(at) >= application.period.starts_on:
        raise Refusal(_("Absagen geht bis zum Tag vor dem Beginn."))
    move(application, Act.CANCEL, side=side, actor=actor, at=at)
    recall(mails.WAY_OUT, application.id, at=at)
    application.cancel_code = code
    if side is Side.COMPANY:
        application.state = ApplicationState.CANCELLED_BY_COMPANY
    give_up_place(application.period, at=at)
    _tell_of_cancelling(application, side, at=at)


def way_out(application: Application) -> LinkRequest:
    """The link by which a family gives a place back without signing in."""
    eve = end_of(application.period.starts_on - timedelta(days=1))
    return LinkRequest(mails.WAY_OUT, application.id, "applications.cannot_come", eve)


def _tell_of_cancelling(application: Application, side: Side, *, at: datetime) -> None:
    """Tells everybody but who cancelled."""
    if side is Side.COMPANY:
        write_pupil(mails.application_cancelled(application), application, at=at)
        letter = mails.application_cancelled_guardian(application)
        write_guardian(letter, application, at=at)
    else:
        letter = mails.application_cancelled_company(application)
        write_company(letter, application, at=at)
    if side is Side.PUPIL:
        letter = mails.application_given_back_guardian(application)
        write_guardian(letter, application, at=at)
    if side is Side.GUARDIAN:
        write_pupil(mails.application_given_back(application), application, at=at)
    write_school(mails.application_cancelled_school(application), application, at=at)
