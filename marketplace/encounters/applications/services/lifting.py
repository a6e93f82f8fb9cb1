"""A no is taken back: by who gave it, or by the office after talking to both."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import Act, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import live_one
from marketplace.encounters.applications.rules import (
    REMINDER_DAYS,
    can_lift,
    eve_at_the_latest,
)
from marketplace.encounters.applications.services.conditions import require_ahead
from marketplace.encounters.applications.services.moving import (
    ask_guardians,
    move,
    write_pupil,
)
from marketplace.foundation.clock import days_after
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.services import recall
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of


def lift_refusal(
    application: Application,
    *,
    side: Side,
    actor: User | None,
    address: str = "",
    at: datetime,
) -> None:
    """Lets a refused application wait for an approval again, with a new link.

    Refuses every guardian but the one who said no (`address` is where the letter
    went), and once there is another application for the same period.
    """
    if side is Side.GUARDIAN and not can_lift(application, actor, address):
        raise Refusal(
            _("Ein Nein nimmt zurück, wer es gegeben hat.")
            + " "
            + _("Sonst hilft die Koordinationsstelle.")
        )
    require_ahead(application, familiar=False, at=at)
    other = live_one(application.pupil, application.period)
    if other is not None and other is not application:
        raise Refusal(_("Für diesen Zeitraum gibt es schon eine neue Bewerbung."))
    move(application, Act.LIFT, side=side, actor=actor, at=at)
    due_at = days_after(at, value_of(Setting.APPROVAL_DAYS))
    application.due_at = eve_at_the_latest(application.period, due_at)
    # The new letter itself reminds.
    application.reminded_count = len(REMINDER_DAYS)
    recall(mails.APPROVAL, application.id, at=at)
    write_pupil(mails.application_lifted(application), application, at=at)
    letter = mails.approval_asked_again(application, at=at)
    ask_guardians(letter, application, at=at)
