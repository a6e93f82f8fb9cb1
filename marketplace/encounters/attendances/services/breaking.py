"""A placement ends before its last day."""

from datetime import datetime

from marketplace.encounters.applications.enums import (
    COMPANY_REASONS,
    OWN_REASONS,
    Act,
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
from marketplace.encounters.attendances import mails
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User


def break_off(
    application: Application,
    code: CancelCode,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Ends what is running, with a reason that only the office counts.

    All but who did it are told; refuses reasons of the other side.
    """
    own = COMPANY_REASONS if side is Side.COMPANY else OWN_REASONS
    if code not in own:
        raise Refusal(_("Diesen Grund gibt es hier nicht."))
    move(application, Act.BREAK_OFF, side=side, actor=actor, at=at)
    application.cancel_code = code
    if side is not Side.PUPIL:
        write_pupil(mails.broken_off(application, side), application, at=at)
    if side is not Side.GUARDIAN:
        write_guardian(mails.broken_off_guardian(application, side), application, at=at)
    if side is not Side.COMPANY:
        write_company(mails.broken_off_company(application), application, at=at)
    write_school(mails.broken_off_school(application), application, at=at)
