from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import contains_eager, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point, distance_km
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.internships.models import Glimpse, Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import as_cards, public_postings
from marketplace.postings.offers.models import Offer
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.models import Located
from marketplace.region.places.queries import squared_km, within

P = TypeVar("P", bound=Posting)
T = TypeVar("T", bound=Located)
# So many of each kind stand on the page of an occupation, none of them further away.
SHOWN, FARTHEST_KM = 3, 120


@dataclass(frozen=True)
class Near(Generic[T]):
    """Something with its way from where somebody is; empty where that is not told."""

    thing: T
    km: int | None


def internships_near(
    occupation: Occupation, centre: Point | None
) -> Sequence[Near[Internship]]:
    """Where one can try the work itself; then what is of its topics."""
    query = as_cards(public_postings(Internship), Internship)
    query = query.options(selectinload(Internship.periods))
    shows = exists().where(
        Glimpse.internship_id == Internship.id,
        Glimpse.occupation_id == occupation.id,
    )
    found = _nearest(query, Internship, shows, centre, SHOWN)
    if len(found) < SHOWN:
        like = Internship.topics.overlaps(occupation.topics) & ~shows
        found += _nearest(query, Internship, like, centre, SHOWN - len(found))
    return found


def offers_near(occupation: Occupation, centre: Point | None) -> Sequence[Near[Offer]]:
    """Labs, clubs and courses of the same topics."""
    query = as_cards(public_postings(Offer), Offer)
    return _nearest(
        query, Offer, Offer.topics.overlaps(occupation.topics), centre, SHOWN
    )


def sites_near(occupation: Occupation, centre: Point | None) -> Sequence[Near[Site]]:
    """Where verified organisations of these topics work, one place of each."""
    query = (
        select(Site)
        .join(Site.organisation)
        .where(Organisation.state == OrganisationState.VERIFIED)
        .where(Organisation.topics.overlaps(occupation.topics))
        .options(contains_eager(Site.organisation))
    )
    # One may have several places around the corner.
    if centre is None:
        query = query.order_by(Organisation.verified_at.desc(), Site.id.desc())
    else:
        query = _around(query, Site, centre)
    sites = db.session.scalars(query.limit(SHOWN * SHOWN)).all()
    first = {site.organisation_id: site for site in reversed(sites)}
    kept = [site for site in sites if first[site.organisation_id] is site]
    return [Near(site, _km(site, centre)) for site in kept[:SHOWN]]


def _nearest(
    query: Select[Any],
    model: type[P],
    condition: ColumnElement[bool],
    centre: Point | None,
    limit: int,
) -> list[Near[P]]:
    query = query.where(model.is_bookable, condition)
    if centre is None:
        query = query.order_by(model.published_at.desc(), model.id.desc())
    else:
        query = _around(query, model, centre)
    found = db.session.scalars(query.limit(limit)).all()
    return [Near(posting, _km(posting, centre)) for posting in found]


def _around(query: Select[Any], model: type[T], centre: Point) -> Select[Any]:
    near = within(model, centre.lat, centre.lon, FARTHEST_KM)
    order = squared_km(model, centre.lat, centre.lon)
    return query.where(near).order_by(order, model.id)  # type: ignore[attr-defined]


def _km(thing: Located, centre: Point | None) -> int | None:
    if centre is None or thing.lat is None or thing.lon is None:
        return None
    return round(distance_km(centre, Point(thing.lat, thing.lon)))
