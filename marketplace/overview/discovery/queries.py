from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import selectinload

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import as_cards
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.upkeep.audit.queries import last_acts

P = TypeVar("P", bound=Posting)
# So many of the newest stand on the first page.
SHOWN = 4
KINDS: tuple[type[Posting], ...] = (Internship, Offer, Sponsorship, Event)


# So near, in digits of a degree, two places share a light.
SAME_LIGHT = 2


@dataclass(frozen=True, eq=False)
class Glance:
    """What the first page tells of the whole, and after which acts that was so."""

    after: Sequence[int]
    points: Sequence[tuple[Point, int]]
    figures: Mapping[str, int]


# What this process counted last in each of its databases.
_counted: WeakKeyDictionary[Engine, Glance] = WeakKeyDictionary()


def glance() -> Glance:
    """How much is public and where; counted anew once an act may have changed it.

    Whatever changes a posting or an organisation is recorded, so the number of the
    last record tells whether what was counted still holds.
    """
    after = last_acts(*KINDS, Organisation)
    known = _counted.get(db.engine)
    if known is None or known.after != after:
        known = _counted[db.engine] = Glance(after, glowing_points(), figures())
    return known


def glowing_points() -> Sequence[tuple[Point, int]]:
    """Where internships and offers are public, and how many at each place."""
    counts: Counter[Point] = Counter()
    for model in (Internship, Offer):
        query = (
            select(model.lat, model.lon, func.count(model.id))
            .join(model.organisation)
            .where(model.state == PostingState.PUBLISHED, model.lat.is_not(None))
            .where(Organisation.state == OrganisationState.VERIFIED)
            .group_by(model.lat, model.lon)
        )
        for lat, lon, count in db.session.execute(query):
            counts[
                Point(round(lat or 0.0, SAME_LIGHT), round(lon or 0.0, SAME_LIGHT))
            ] += count
    return list(counts.items())


def newest_internships() -> Sequence[Internship]:
    """The internships that became public last, with their periods."""
    query = _newest(Internship).options(selectinload(Internship.periods))
    return db.session.scalars(query).all()


def newest_offers() -> Sequence[Offer]:
    """The offers that became public last, with their need lines."""
    query = _newest(Offer).options(selectinload(Offer.lines))
    return db.session.scalars(query).all()


def soonest_events() -> Sequence[Event]:
    """The events that come next."""
    query = select(Event).where(
        # No join: a page is read in the order of this index.
        Event.is_in_lists,
        Event.is_bookable,
        Event.organisation.has(Organisation.state == OrganisationState.VERIFIED),
    )
    order = (Event.starts_at, Event.id)
    return db.session.scalars(
        as_cards(query, Event).order_by(*order).limit(SHOWN)
    ).all()


def _newest(model: type[P]) -> Select[P]:
    query = select(model).where(
        # No join: a page is read in the order of this index.
        model.is_in_lists,
        model.is_bookable,
        model.organisation.has(Organisation.state == OrganisationState.VERIFIED),
    )
    order = (model.published_at.desc(), model.id.desc())
    return as_cards(query, model).order_by(*order).limit(SHOWN)


def figures() -> dict[str, int]:
    """How much is public now; hints from imports do not count."""
    counts = {model.kind: _count(_listed(model)) for model in KINDS}
    needs = (
        select(func.count(NeedLine.id))
        .join(Offer, Offer.id == NeedLine.offer_id)
        .join(Offer.organisation)
        .where(Offer.state == PostingState.PUBLISHED)
        .where(Organisation.state == OrganisationState.VERIFIED)
    )
    known = select(func.count(Organisation.id)).where(
        Organisation.state == OrganisationState.VERIFIED
    )
    return counts | {"need": _count(needs), "organisation": _count(known)}


def _listed(model: type[Posting]) -> Select[int]:
    """As many as the list of this kind shows."""
    return (
        select(func.count(model.id))
        .join(model.organisation)
        .where(model.is_in_lists)
        .where(Organisation.state == OrganisationState.VERIFIED)
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(query) or 0
