from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import selectinload

from marketplace.encounters.applications.queries import usual_answer_days
from marketplace.foundation.database import db
from marketplace.overview.profiles.enums import Shelf
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import as_cards, newest_first, public_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.places.models import District
from marketplace.region.topics.enums import Topic

# So many of each kind stand on the page itself.
SHOWN = 4
MODELS: Mapping[Shelf, type[Posting]] = {
    Shelf.INTERNSHIPS: Internship,
    Shelf.OFFERS: Offer,
    Shelf.SPONSORSHIPS: Sponsorship,
    Shelf.EVENTS: Event,
    Shelf.ROLEMODELS: RoleModel,
}


@dataclass(frozen=True)
class Row:
    """One kind of what an organisation posts: the first, and whether there is more."""

    shelf: Shelf
    endpoint: str
    postings: Sequence[Posting]
    is_more: bool


@dataclass(frozen=True)
class Group:
    """Organisations that have something in common, and how many they are."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Profile:
    """What everybody may know of a verified organisation beside its own words."""

    organisation: Organisation

    @cached_property
    def rows(self) -> Sequence[Row]:
        """What it has posted, by kind; kinds without anything are left out."""
        rows = [_row(shelf, self.organisation) for shelf in Shelf]
        return [row for row in rows if row.postings]

    @cached_property
    def gives(self) -> Sequence[Any]:
        """The lines of what it would give now, from its newest sponsorships."""
        shown: list[Any] = [
            one
            for row in self.rows
            for one in row.postings
            if row.shelf is Shelf.SPONSORSHIPS and one.is_bookable
        ]
        return [line for sponsorship in shown for line in sponsorship.lines]

    @cached_property
    def answer_days(self) -> int | None:
        """In how many days it usually answers; None where that is not known."""
        return usual_answer_days(self.organisation.id)


def postings_on(shelf: Shelf, organisation: Organisation) -> Select[Any]:
    """What is public of one kind, with what a card shows."""
    model = MODELS[shelf]
    query = as_cards(public_postings(model), model)
    query = query.where(model.organisation_id == organisation.id)
    if model is Sponsorship:
        query = query.options(selectinload(Sponsorship.lines))
    return query


def groups_by_topic() -> Sequence[Group]:
    """How many verified organisations there are for each topic, the largest first."""
    sums = [
        func.sum(case((Organisation.topics.overlaps({t}), 1), else_=0)) for t in Topic
    ]
    query = select(*sums).where(Organisation.state == OrganisationState.VERIFIED)
    counts = db.session.execute(query).one()
    groups = [
        Group(topic.value, str(topic.label), count or 0)
        for topic, count in zip(Topic, counts, strict=True)
    ]
    return sorted((g for g in groups if g.count), key=lambda g: (-g.count, g.name))


def groups_by_district() -> Sequence[Group]:
    """How many verified organisations have a place in each district, by name.

    Where a town and the country around it share a name, its kind stands behind.
    """
    count = func.count(Site.organisation_id.distinct())
    query = (
        select(District.ags, District.name, District.kind, count)
        .join(Site, Site.district_ags == District.ags)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .where(Organisation.state == OrganisationState.VERIFIED)
        .group_by(District.ags, District.name, District.kind)
        .order_by(District.name, District.ags)
    )
    rows = db.session.execute(query).all()
    names = Counter(name for _ags, name, _kind, _count in rows)
    return [
        Group(ags, f"{name} ({kind.label})" if names[name] > 1 else name, count)
        for ags, name, kind, count in rows
    ]


def _row(shelf: Shelf, organisation: Organisation) -> Row:
    model = MODELS[shelf]
    keys = [key.desc() for key in newest_first(model)]
    query = postings_on(shelf, organisation).order_by(*keys).limit(SHOWN + 1)
    found = db.session.scalars(query).all()
    endpoint = f"{model.__tablename__}.show"
    return Row(shelf, endpoint, found[:SHOWN], len(found) > SHOWN)
