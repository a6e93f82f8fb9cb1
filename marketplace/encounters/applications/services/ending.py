"""Gives a promised place back, and follows the calendar through a placement."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import (
    Act,
    ApplicationState,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    begun_placements,
    ended_placements,
)
from marketplace.encounters.applications.services.moving import (
    move,
    write_company,
    write_guardian,
    write_pupil,
    write_school,
)
from marketplace.encounters.applications.services.waiting import give_up_place
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User


def cancel(
    application: Application,
    code: CancelCode,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Gives a promised place back, up to the eve; the company never learns why."""
    if day_of(at) >= application.period.starts_on:
        raise Refusal(_("Absagen geht bis zum Tag vor dem Beginn."))
    move(application, Act.CANCEL, side=side, actor=actor, at=at)
    application.cancel_code = code
    if side is Side.COMPANY:
        application.state = ApplicationState.CANCELLED_BY_COMPANY
    give_up_place(application.period, at=at)
    _tell_of_cancelling(application, side, at=at)


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


def follow_days(*, at: datetime) -> int:
    """Lets placements begin on their first day and end after their last one.

    Says how many steps were taken. Whoever began counts as having attended.
    """
    today = day_of(at)
    steps = [(Act.BEGIN, it) for it in begun_placements(today)]
    steps += [(Act.FINISH, it) for it in ended_placements(today)]
    for act, application in steps:
        move(application, act, side=Side.PROGRAM, actor=None, at=at)
    return len(steps)
