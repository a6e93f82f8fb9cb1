"""What waits for the office: how much, since when, and what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func

from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import held_applications
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import (
    due_introductions,
    to_follow_up,
)
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import stalled_partnerships
from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _, ngettext
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import waiting_organisations
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.queries import submitted_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.claims.models import Claim
from marketplace.stewardship.claims.queries import asked_claims
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.moderation.queries import open_reports
from marketplace.web.access import actor, open_to
from marketplace.web.pages import count_of

SHOWN = 10
POSTINGS = (Internship, Offer, Sponsorship)


@dataclass(frozen=True)
class Matter:
    """One thing that waits: since when, what, and where it is done."""

    since: datetime
    title: str
    words: str
    link: str
    age: str = ""
    # "bad" beyond what is promised, "warn" on the last day before.
    tone: str = ""


@dataclass(frozen=True)
class Shelf:
    """One queue of the desk: its first matters, how many there are, how many late.

    `days` is how soon the office promises to answer.
    """

    name: str
    anchor: str
    days: int
    count: int
    late_count: int
    oldest_at: datetime | None
    oldest_age: str
    matters: Sequence[Matter]


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    at = now()

    shelves = [
        _organisations(at),
        _postings(at),
        _introductions(at),
        _silent(at),
        _stalled(at),
        _reports(at),
        _held(at),
        _claims(at),
    ]
    # First what is late, then what waits longest.
    shelves.sort(key=lambda shelf: (-shelf.late_count, shelf.oldest_at or at))
    return render_template(
        "doors/desk/index.html",
        shelves=shelves,
        person=actor(),
        late_count=sum(shelf.late_count for shelf in shelves),
    )


def _organisations(at: datetime) -> Shelf:
    query = waiting_organisations()
    matters = [
        Matter(
            o.registered_at,
            o.name,
            _("prüfen: Register oder Impressum, dann Rückruf"),
            url_for("organisations.show", key=o),
        )
        for o in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Organisation.registered_at)]
    return _shelf(_("Zu prüfen"), "pruefen", 3, queues, matters, at=at)


def _postings(at: datetime) -> Shelf:
    queues: list[tuple[Select[Any], Any]] = [
        (submitted_postings(model), model.changed_at) for model in POSTINGS
    ]
    matters = [
        Matter(
            posting.changed_at,
            posting.title,
            posting.organisation.name,
            url_for(f"{posting.kind}s.show", key=posting),
        )
        for query, _column in queues
        for posting in db.session.scalars(query.limit(SHOWN))
    ]
    return _shelf(_("Zu lesen"), "lesen", 3, queues, matters, at=at)


def _introductions(at: datetime) -> Shelf:
    query = due_introductions()
    matters = [
        Matter(
            i.created_at,
            f"{i.provider.name} – {i.company.name}",
            str(i.state.label),
            url_for("introductions.show", key=i),
        )
        for i in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Introduction.created_at)]
    return _shelf(_("Vorstellungen"), "vorstellungen", 7, queues, matters, at=at)


def _silent(at: datetime) -> Shelf:
    query = to_follow_up()
    matters = [
        Matter(
            i.todo_at or i.created_at,
            f"{i.provider.name} – {i.company.name}",
            _("dreimal keine Antwort: bitte anrufen"),
            url_for("introductions.show", key=i),
        )
        for i in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Introduction.todo_at)]
    return _shelf(_("Keine Antwort"), "keine-antwort", 7, queues, matters, at=at)


def _stalled(at: datetime) -> Shelf:
    query = stalled_partnerships(at)
    matters = [
        Matter(
            p.due_at,
            f"{p.provider.name} – {p.company.name}",
            _("seit 28 Tagen nicht bestätigt"),
            url_for("partnerships.show", key=p),
        )
        for p in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Partnership.due_at)]
    return _shelf(_("Partnerschaften"), "partnerschaften", 7, queues, matters, at=at)


def _reports(at: datetime) -> Shelf:
    query = open_reports()
    matters = [
        Matter(
            r.reported_at,
            str(r.reason.label),
            r.address,
            url_for("moderation.decide", key=r.public_id),
        )
        for r in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Report.reported_at)]
    return _shelf(_("Meldungen"), "meldungen", 1, queues, matters, at=at)


def _held(at: datetime) -> Shelf:
    query = held_applications()
    matters = [
        Matter(
            a.changed_at,
            _("Zurückgehaltene Freigabe"),
            a.public_id,
            url_for("applications.held"),
        )
        for a in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Application.changed_at)]
    return _shelf(_("Zurückgehalten"), "zurueckgehalten", 1, queues, matters, at=at)


def _claims(at: datetime) -> Shelf:
    query = asked_claims()
    matters = [
        Matter(
            c.asked_at,
            c.organisation.name,
            _("gewünscht von %(name)s", name=c.claimant.name),
            url_for("claims.decide", key=c),
        )
        for c in db.session.scalars(query.limit(SHOWN))
    ]
    queues = [(query, Claim.asked_at)]
    return _shelf(_("Zu übernehmen"), "uebernehmen", 5, queues, matters, at=at)


def _shelf(
    name: str,
    anchor: str,
    days: int,
    queues: Sequence[tuple[Select[Any], Any]],
    matters: Sequence[Matter],
    *,
    at: datetime,
) -> Shelf:
    """Counts what waits in some queues; each brings the column of its age."""
    due_before = at - timedelta(days=days)
    oldest = [since for queue in queues if (since := _oldest(*queue))]
    return Shelf(
        name=name,
        anchor=anchor,
        days=days,
        count=sum(count_of(query) for query, _column in queues),
        late_count=sum(count_of(q.where(column < due_before)) for q, column in queues),
        oldest_at=min(oldest, default=None),
        oldest_age=_age(min(oldest), at) if oldest else "",
        matters=[_told(matter, days, at) for matter in matters],
    )


def _oldest(query: Select[Any], since: Any) -> datetime | None:
    first = query.order_by(None).options().with_only_columns(func.min(since))
    oldest: datetime | None = db.session.scalar(first)
    return oldest


def _told(matter: Matter, promised: int, at: datetime) -> Matter:
    waited = at - matter.since
    tone = "warn" if waited > timedelta(days=promised - 1) else ""
    if waited > timedelta(days=promised):
        tone = "bad"
    return Matter(
        matter.since,
        matter.title,
        matter.words,
        matter.link,
        _age(matter.since, at),
        tone,
    )


def _age(since: datetime, at: datetime) -> str:
    days = (at - since).days
    if not days:
        return _("seit heute")
    return str(ngettext("seit einem Tag", "seit %(num)s Tagen", days))
