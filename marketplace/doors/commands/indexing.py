"""Puts into the index what is not there yet, or stands there without its card."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import Base, db, reading, transaction
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import KIND as ORGANISATION
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import index_action
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import index_event
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import index_internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import index_offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.services import index_programme
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.services.writing import index_rolemodel
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.services import index_sponsorship
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import KIND as OCCUPATION
from marketplace.region.occupations.services import index_occupation
from marketplace.stewardship.pages.models import TextPage
from marketplace.stewardship.pages.services import KIND as PAGE
from marketplace.stewardship.pages.services import index_page
from marketplace.upkeep.search import jobs
from marketplace.upkeep.search.models import SearchEntry

PIECE = 500
Index = Callable[[Any], None]
KINDS: Mapping[str, tuple[type[Base], Index]] = {
    ORGANISATION: (Organisation, index_organisation),
    Internship.kind: (Internship, index_internship),
    Offer.kind: (Offer, index_offer),
    Sponsorship.kind: (Sponsorship, index_sponsorship),
    Event.kind: (Event, index_event),
    RoleModel.kind: (RoleModel, index_rolemodel),
    OCCUPATION: (Occupation, index_occupation),
    Action.kind: (Action, index_action),
    Programme.kind: (Programme, lambda it: index_programme(it, on=day_of(now()))),
    PAGE: (TextPage, index_page),
}
# What is over stands in no index.
GONE = (PostingState.ARCHIVED, OrganisationState.FROZEN)


def index_missing() -> int:
    """Indexes what has no card, and says how many that were; safe to run again."""
    count = sum(_index(kind, *rest) for kind, rest in KINDS.items())
    if count:
        with transaction():
            jobs.count({})
    return count


def _index(kind: str, model: type[Base], index: Index) -> int:
    has_card = select(SearchEntry.thing_id).where(
        SearchEntry.kind == kind, SearchEntry.key != ""
    )
    query = select(model.id).where(model.id.not_in(has_card)).order_by(model.id)
    with reading():
        ids = db.session.scalars(query).all()
    for k in range(0, len(ids), PIECE):
        with transaction():
            for thing in db.session.scalars(
                select(model).where(model.id.in_(ids[k : k + PIECE])).order_by(model.id)
            ).unique():
                if getattr(thing, "state", None) not in GONE:
                    index(thing)
    return len(ids)
