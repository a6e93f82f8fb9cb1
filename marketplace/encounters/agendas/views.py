from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.agendas.queries import agenda_by_token, agenda_of
from marketplace.encounters.agendas.services import (
    calendar_for,
    end_address,
    make_address,
)
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("agendas", __name__)

# Who has days ahead that are fixed here.
READERS = (Role.PUPIL, Role.GUARDIAN, Role.MEMBER)


@blueprint.get("/kalender/<token>.ics")
@open_to(EVERYONE)
def read(token: str) -> ResponseReturnValue:
    agenda = found(agenda_by_token(token))

    permit(agenda.user.disabled_at is None)

    link = url_for("accounts.show", _external=True)
    body = calendar_for(agenda.user, link, at=now())
    answer = Response(body, mimetype="text/calendar")
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/konto/kalender")
@open_to(*READERS)
def address() -> ResponseReturnValue:
    agenda = agenda_of(actor())

    token = agenda.token if agenda else None
    link = url_for(".read", token=token, _external=True) if token else ""
    is_pupil = actor().role is Role.PUPIL
    return render_template(
        "encounters/agendas/address.html", agenda=agenda, link=link, is_pupil=is_pupil
    )


@blueprint.post("/konto/kalender/neu")
@open_to(*READERS)
def make() -> ResponseReturnValue:
    make_address(actor(), at=now())

    flash(_("Die Adresse ist da. Eine frühere gilt nicht mehr."))
    return redirect(url_for(".address"))


@blueprint.post("/konto/kalender/beenden")
@open_to(*READERS)
def end() -> ResponseReturnValue:
    end_address(actor(), at=now())

    flash(_("Beendet. Die Adresse gibt es nicht mehr."))
    return redirect(url_for(".address"))


def account_part(user: User) -> Part | None:
    """Gives the way from the account to the calendar."""
    if user.role not in READERS:
        return None
    link = Link(_("Termine im eigenen Kalender"), url_for("agendas.address"))
    return Part(_("Kalender"), links=[link])
