"""What a feed tells of a thing, whatever it is; nothing of it is about a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import in_german
from marketplace.foundation.licences import HERE, licence_of
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.rules import point_of
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.upkeep.settings.queries import own_licence

# What stands beside the states of postings: what nobody confirmed, and what has none.
HINT, PUBLIC = "hint", "public"
LinkTo = Callable[[Any], str]


@dataclass(frozen=True)
class Slot:
    """From when to when it is; days go up to their end, with the last one in it."""

    key: str
    first: date | datetime
    last: date | datetime


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing in plain words, as GeoJSON, iCal and Atom tell it.

    `status` is `hint` of what nobody confirmed.
    """

    key: str
    link: str
    title: str
    text: str
    status: str
    changed_at: datetime
    licence: str
    source: str
    organisation: str = ""
    place: str = ""
    points: Sequence[Point] = ()
    topics: Sequence[str] = ()
    slots: Sequence[Slot] = field(default=())

    @property
    def is_hint(self) -> bool:
        """Says whether it was taken over and nobody confirmed it."""
        return self.status == HINT

    @property
    def lasting_link(self) -> str:
        """Its address without the words of its title, which may change."""
        before, key, _words = self.link.partition(self.key)
        return before + key


def status_of(thing: Any) -> str:
    """In which state a thing is listed; `hint` where nobody confirmed it."""
    if isinstance(thing, Posting):
        return HINT if thing.state is PostingState.LISTED else thing.state.value
    return HINT if isinstance(thing, Programme) or _is_taken_over(thing) else PUBLIC


@singledispatch
def record_of(thing: Any, link_to: LinkTo) -> Record:
    """What a feed tells of a thing; `link_to` gives the address of its page."""
    raise TypeError(type(thing), link_to)


@record_of.register
def _posting(posting: Posting, link_to: LinkTo) -> Record:
    point, site = point_of(posting), posting.site
    source, licence = licence_of(posting, own_licence())
    place = (site.street if site else "", posting.place_name or "")
    return Record(
        key=posting.public_id,
        link=link_to(posting),
        title=posting.title,
        text=posting.description,
        status=status_of(posting),
        changed_at=posting.changed_at,
        organisation=posting.organisation.name,
        place=", ".join(part for part in place if part),
        points=[point] if point else [],
        topics=_labels(posting.topics),
        slots=slots_of(posting),
        source=source,
        licence=licence,
    )


@record_of.register
def _rolemodel(rolemodel: RoleModel, link_to: LinkTo) -> Record:
    """A person agreed to be shown here: no licence hands on what is told of her."""
    return replace(_posting(rolemodel, link_to), licence="")


@record_of.register
def _organisation(organisation: Organisation, link_to: LinkTo) -> Record:
    sites = [site for site in organisation.sites if site.lat and site.lon]
    return Record(
        key=organisation.public_id,
        link=link_to(organisation),
        title=organisation.name,
        text=organisation.description,
        status=status_of(organisation),
        changed_at=organisation.verified_at or organisation.registered_at,
        organisation=organisation.name,
        place=", ".join(site.place_name for site in sites if site.place_name),
        points=[Point(site.lat or 0.0, site.lon or 0.0) for site in sites],
        topics=_labels(organisation.topics),
        source=HERE,
        licence=own_licence(),
    )


@record_of.register
def _action(action: Action, link_to: LinkTo) -> Record:
    source, licence = licence_of(action, own_licence())
    return Record(
        key=action.public_id,
        link=link_to(action),
        title=action.title,
        text=action.description,
        status=status_of(action),
        changed_at=action.changed_at,
        organisation=action.initiator,
        topics=_labels(action.topics),
        source=source,
        licence=licence,
    )


@record_of.register
def _programme(programme: Programme, link_to: LinkTo) -> Record:
    day = programme.closes_on
    source, licence = licence_of(programme, own_licence())
    return Record(
        key=programme.public_id,
        link=link_to(programme),
        title=programme.name,
        text=programme.who_can_apply,
        status=status_of(programme),
        changed_at=programme.changed_at,
        organisation=programme.funder,
        topics=_labels(programme.topics),
        slots=[Slot(programme.public_id, day, day)] if day else [],
        source=source,
        licence=licence,
    )


def slots_of(posting: Posting) -> list[Slot]:
    """When a posting is: of an internship each period one can still apply for."""
    key = posting.public_id
    if isinstance(posting, Internship):
        periods = open_periods(posting, day_of(now()))
        return [Slot(one.public_id, one.starts_on, one.ends_on) for one in periods]
    first: date | datetime | None = None
    last: date | datetime | None = None
    if isinstance(posting, Offer):
        first, last = posting.starts_on, posting.ends_on
    elif isinstance(posting, Event):
        first, last = posting.starts_at, posting.ends_at
    return [Slot(key, first, last or first)] if first else []


def _labels(members: frozenset[Any]) -> list[str]:
    return sorted(in_german(member.label) for member in members)


def _is_taken_over(thing: Any) -> bool:
    return isinstance(thing, Action) and bool(thing.source)
