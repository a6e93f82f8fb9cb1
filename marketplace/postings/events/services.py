from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.foundation.clock import BERLIN, day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, require_whole
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import site_by_id
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.rules import said
from marketplace.postings.lives.services import (
    index_posting,
    keeping_history,
    move_posting,
    put_at_site,
    require_member,
    require_move,
    require_revisable,
)
from marketplace.region.topics.enums import Audience, Topic
from marketplace.upkeep.audit.services import record

# What an entry hands over as it is.
PLAIN = (
    *("title", "description", "topics", "audiences", "starts_at", "ends_at"),
    *("capacity", "link"),
)
# What a copy asks for anew.
DAYS = ("starts_at", "ends_at")


@dataclass(frozen=True, kw_only=True)
class EventEntry:
    """An event as page, interface and import hand it over.

    `site_id` is one of the organisation's sites.
    """

    title: str
    description: str = ""
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int | None = None
    link: str = ""
    site_id: int | None = None


def entry_of(event: Event) -> EventEntry:
    """What somebody would enter to leave an event as it is."""
    words = {name: getattr(event, name) for name in PLAIN}
    return EventEntry(**words, site_id=event.site_id)


def write_event(
    organisation: Organisation, entry: EventEntry, *, actor: User, at: datetime
) -> Event:
    """Begins a draft for an organisation; refuses anybody but its members."""
    require_member(actor, organisation)

    event = Event(organisation=organisation)
    _put(entry, event, at=at)
    db.session.add(event)
    db.session.flush()  # record and index need its id

    record("event.written", event, actor=actor, at=at)
    index_event(event)
    return event


def revise_event(event: Event, entry: EventEntry, *, actor: User, at: datetime) -> None:
    """Changes what an event says; refuses once it has ended."""
    require_revisable(event, actor=actor)

    with keeping_history(event, told, actor=actor, at=at):
        _put(entry, event, at=at)

    record("event.revised", event, actor=actor, at=at)
    index_event(event)


def move_event(
    event: Event, act: Act, *, actor: User, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; what others will see must be complete."""
    if act in (Act.SUBMIT, Act.PUBLISH, Act.RESUME):
        _require_complete(event, at=at)
    move_posting(event, act, actor=actor, at=at, words=words)


def copy_event(event: Event, *, actor: User, at: datetime) -> Event:
    """Begins a draft with the words of one that has ended; its days are left out."""
    require_move(event, Act.COPY, actor=actor)

    entry = replace(entry_of(event), starts_at=None, ends_at=None)
    return write_event(event.organisation, entry, actor=actor, at=at)


def _require_complete(event: Event, *, at: datetime) -> None:
    require_whole(
        ("description", event.description, _("worum es geht")),
        ("starts_at", event.starts_at, _("wann es beginnt")),
        ("topics", event.topics, _("ein Thema")),
        ("audiences", event.audiences, _("für wen es ist")),
        ("site_id", event.site or event.place_name, _("der Ort")),
    )
    last = event.ends_at or event.starts_at
    if last and day_of(last) < day_of(at):
        raise Refusal(_("Der letzte Tag ist vorbei. Tragen Sie neue Tage ein."))


def told(event: Event) -> dict[str, str]:
    """What it says, field by field, for its history; times as Berlin's clocks show."""
    words = {name: said(getattr(event, name)) for name in PLAIN if name not in DAYS}
    words |= {name: _clock(getattr(event, name)) for name in DAYS}
    words["site_id"] = event.site.town if event.site else ""
    return words


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(BERLIN):%d.%m.%Y %H:%M}" if at else ""


def _put(entry: EventEntry, event: Event, *, at: datetime) -> None:
    if entry.starts_at and entry.ends_at and entry.ends_at < entry.starts_at:
        raise Refusal(_("Das Ende liegt vor dem Beginn."))
    for name in PLAIN:
        setattr(event, name, getattr(entry, name))
    site = site_by_id(entry.site_id) if entry.site_id else None
    put_at_site(
        event, site if site and site.organisation is event.organisation else None
    )
    event.changed_at = at


def index_event(event: Event) -> None:
    """Makes an event findable by its words, its day beside them."""
    day = day_of(event.starts_at) if event.starts_at else None
    index_posting(event, "Veranstaltung", begins_on=day)
