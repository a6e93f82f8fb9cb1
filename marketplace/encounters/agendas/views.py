from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.agendas.queries import agenda_by_token, agenda_of
from marketplace.encounters.agendas.services.addressing import (
    end_address,
    make_address,
)
from marketplace.encounters.agendas.services.telling import calendar_for
from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("agendas", __name__)

# Who has days ahead here, and what stands in the calendar of each.
WORDS = {
    Role.PUPIL: lazy(
        "Deine festen Praktikumstage und gemerkte Veranstaltungen stehen dann auch auf"
        " deinem Handy, mit Erinnerung."
    ),
    Role.GUARDIAN: lazy(
        "Feste Praktikumstage und gemerkte Veranstaltungen stehen dann auch in Ihrem"
        " Kalender, mit Erinnerung."
    ),
    Role.MEMBER: lazy(
        "Feste Praktikumstage, eigene und gemerkte Veranstaltungen stehen dann auch in"
        " Ihrem Kalender, mit Erinnerung."
    ),
    Role.SCHOOL: lazy(
        "Geplante Besuche im Praktikum und gemerkte Veranstaltungen stehen dann auch in"
        " Ihrem Kalender."
    ),
}
READERS = tuple(WORDS)


@blueprint.get("/kalender/<token>.ics")
@open_to(EVERYONE)
def read(token: str) -> ResponseReturnValue:
    agenda = found(agenda_by_token(token))

    permit(agenda.user.disabled_at is None)

    link = url_for("accounts.show", _external=True)
    body = calendar_for(agenda.user, link, _page_of, at=now())
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
    return render_template(
        "encounters/agendas/address.html",
        agenda=agenda,
        link=link,
        words=WORDS[actor().role],
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
    """Gives the way from the account to the calendar and what was kept for it."""
    if user.role not in READERS:
        return None
    links = [
        Link(_("Termine im eigenen Kalender"), url_for("agendas.address")),
        Link(_("Gemerkte Veranstaltungen"), url_for("watchlist.events")),
    ]
    return Part(_("Kalender"), links=links)


def _page_of(event: Event) -> str:
    return url_for("events.show", key=event.public_id, _external=True)
