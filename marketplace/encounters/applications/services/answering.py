"""What a company does with an application."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import Act, DeclineCode, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import (
    eve_at_the_latest,
    is_soon,
)
from marketplace.encounters.applications.services.conditions import (
    require_ahead,
    require_served,
)
from marketplace.encounters.applications.services.legality import require_room
from marketplace.encounters.applications.services.moving import (
    move,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.applications.services.standing import catch_up
from marketplace.foundation.clock import days_after
from marketplace.foundation.database import locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.services import reserve_place
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of


def accept(application: Application, *, actor: User, at: datetime) -> None:
    """Offers a place; refuses if none is left or a rule does not hold on some day.

    From the first day on it is too late, and nothing goes while something is frozen.
    Of many who accept for the last place at once, one succeeds.
    """
    catch_up(application, at=at)
    require_served(application, familiar=False)
    require_ahead(application, familiar=False, at=at)
    locked(application.pupil)  # nobody else gives her a place meanwhile
    require_room(application, familiar=False, is_final=False, at=at)
    move(application, Act.ACCEPT, side=Side.COMPANY, actor=actor, at=at)
    reserve_place(application.period, at=at)
    application.answered_at = application.answered_at or at
    is_near = is_soon(application.period, at)
    days = Setting.CONFIRM_DAYS_SOON if is_near else Setting.CONFIRM_DAYS
    due_at = days_after(at, value_of(days))
    application.due_at = eve_at_the_latest(application.period, due_at)
    write_pupil(mails.application_offered(application), application, at=at)
    write_guardian(mails.application_offered_guardian(application), application, at=at)


def put_on_list(application: Application, *, actor: User, at: datetime) -> None:
    """Keeps an application for a place that may become free; refuses while one is."""
    catch_up(application, at=at)
    if application.period.free_count:
        raise Refusal(_("Es ist noch ein Platz frei. Sagen Sie zu oder ab."))
    move(application, Act.PUT_ON_LIST, side=Side.COMPANY, actor=actor, at=at)
    application.answered_at = application.answered_at or at
    write_pupil(mails.application_waitlisted(application), application, at=at)


def decline(
    application: Application,
    code: DeclineCode,
    words: str = "",
    *,
    actor: User,
    at: datetime,
) -> None:
    """Says no, with a reason the pupil can read and a way on.

    Where no other code fits, `words` tell the office why; it refuses without them.
    """
    catch_up(application, at=at)
    told = words.strip() if code is DeclineCode.OTHER else ""
    if code is DeclineCode.OTHER and not told:
        raise Refusal(_("Schreiben Sie kurz, was der Grund ist."))
    move(application, Act.DECLINE, side=Side.COMPANY, actor=actor, at=at)
    application.answered_at = application.answered_at or at
    application.decline_code, application.decline_words = code, told
    write_pupil(mails.application_declined(application), application, at=at)
