from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from marketplace.encounters.applications.queries import held_applications
from marketplace.encounters.introductions.queries import due_introductions
from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import waiting_organisations
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.queries import submitted_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.moderation.queries import open_reports
from marketplace.upkeep.mail.queries import NEWEST_FIRST, all_letters, letter_by_id
from marketplace.upkeep.mail.services import send_again
from marketplace.web.access import actor, open_to
from marketplace.web.pages import count_of, page_of

blueprint = Blueprint("desk", __name__, url_prefix="/koordination")

SHOWN = 10
OLD_DAYS = 3
POSTINGS = (Internship, Offer, Sponsorship)


@dataclass(frozen=True)
class Matter:
    """One thing that waits: since when, what, and where it is done."""

    age: str
    title: str
    words: str
    link: str
    is_old: bool


@dataclass(frozen=True)
class Shelf:
    """One queue of the desk: its first matters, and how many there are."""

    name: str
    anchor: str
    count: int
    matters: Sequence[Matter]


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    at = now()

    shelves = [
        _organisations(at),
        _postings(at),
        _introductions(at),
        _reports(at),
        _held(at),
    ]
    return render_template("doors/desk/index.html", shelves=shelves, person=actor())


@blueprint.get("/postausgang")
@open_to(Role.COORDINATOR, Role.ADMIN)
def outbox() -> ResponseReturnValue:
    page = page_of(all_letters(), by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        "doors/desk/outbox.html", page=page, has_smtp=current_app.config["SMTP_URL"]
    )


@blueprint.get("/postausgang/<id:entry_id>")
@open_to(Role.COORDINATOR, Role.ADMIN)
def letter(entry_id: int) -> ResponseReturnValue:
    entry = found(letter_by_id(entry_id))

    return render_template("doors/desk/letter.html", entry=entry)


@blueprint.post("/postausgang/<id:entry_id>/nochmal")
@open_to(Role.COORDINATOR, Role.ADMIN)
def again(entry_id: int) -> ResponseReturnValue:
    entry = found(letter_by_id(entry_id))

    send_again(entry, at=now())

    flash(_("Der Brief geht beim nächsten Mal wieder mit."))
    return redirect(url_for(".outbox"))


def _organisations(at: datetime) -> Shelf:
    query = waiting_organisations()
    matters = [
        _matter(
            at,
            o.registered_at,
            o.name,
            _("prüfen: Register oder Impressum, dann Rückruf"),
            url_for("organisations.show", key=o),
        )
        for o in db.session.scalars(query.limit(SHOWN))
    ]
    return _shelf(_("Zu prüfen"), "pruefen", query, matters)


def _postings(at: datetime) -> Shelf:
    count, matters = 0, []
    for model in POSTINGS:
        query: Select[Any] = submitted_postings(model)
        count += count_of(query)
        matters += [
            _matter(
                at,
                posting.changed_at,
                posting.title,
                posting.organisation.name,
                url_for(f"{model.kind}s.show", key=posting),
            )
            for posting in db.session.scalars(query.limit(SHOWN))
        ]
    return Shelf(_("Zu lesen"), "lesen", count, matters)


def _introductions(at: datetime) -> Shelf:
    query = due_introductions()
    matters = [
        _matter(
            at,
            i.created_at,
            f"{i.provider.name} – {i.company.name}",
            str(i.state.label),
            url_for("introductions.show", key=i),
        )
        for i in db.session.scalars(query.limit(SHOWN))
    ]
    return _shelf(_("Vorstellungen"), "vorstellungen", query, matters)


def _reports(at: datetime) -> Shelf:
    query = open_reports()
    matters = [
        _matter(
            at,
            r.reported_at,
            str(r.reason.label),
            r.address,
            url_for("moderation.decide", key=r.public_id),
        )
        for r in db.session.scalars(query.limit(SHOWN))
    ]
    return _shelf(_("Meldungen"), "meldungen", query, matters)


def _held(at: datetime) -> Shelf:
    query = held_applications()
    matters = [
        _matter(
            at,
            a.changed_at,
            _("Zurückgehaltene Freigabe"),
            a.public_id,
            url_for("applications.held"),
        )
        for a in db.session.scalars(query.limit(SHOWN))
    ]
    return _shelf(_("Zurückgehalten"), "zurueckgehalten", query, matters)


def _shelf(
    name: str, anchor: str, query: Select[Any], matters: Sequence[Matter]
) -> Shelf:
    return Shelf(name, anchor, count_of(query), matters)


def _matter(at: datetime, since: datetime, title: str, words: str, link: str) -> Matter:
    days = (at - since).days
    age = ngettext("seit einem Tag", "seit %(num)s Tagen", days)
    if not days:
        age = _("seit heute")
    return Matter(age, title, words, link, is_old=days >= OLD_DAYS)
