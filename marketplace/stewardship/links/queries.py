from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.foundation.database import db
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.links.enums import FAILED
from marketplace.stewardship.links.models import CheckedLink, LinkUse

POSTINGS: tuple[type[Any], ...] = (Event, Internship, Offer, Sponsorship)
# What is told of a use: kind, public id, title, address, whose.
Use = tuple[str, str, str, str, int | None]


def uses_there_are() -> Iterator[Use]:
    """Everything public that links somewhere."""
    shown = (*PUBLIC_STATES, PostingState.LISTED)
    for model in POSTINGS:
        rows = select(
            model.public_id, model.title, model.link, model.organisation_id
        ).where(model.state.in_(shown), model.link != "")
        for key, title, link, owner in db.session.execute(rows):
            yield model.__tablename__, key, title, link, owner
    actions = select(Action.public_id, Action.title, Action.link)
    actions = actions.where(Action.is_public, Action.link != "")
    for key, title, link in db.session.execute(actions):
        yield "actions", key, title, link, None
    verified = Organisation.state == OrganisationState.VERIFIED
    own = select(
        Organisation.public_id, Organisation.name, Organisation.website, Organisation.id
    ).where(verified, Organisation.website != "")
    for key, title, link, owner in db.session.execute(own):
        yield "organisations", key, title, link, owner


def uses_known() -> Sequence[LinkUse]:
    """The uses that were found before, with their addresses."""
    query = select(LinkUse).options(joinedload(LinkUse.link))
    return db.session.scalars(query.order_by(LinkUse.id)).all()


def known_links() -> Sequence[CheckedLink]:
    """Every address that was found before."""
    return db.session.scalars(select(CheckedLink).order_by(CheckedLink.id)).all()


def due_links(at: datetime, limit: int) -> Sequence[CheckedLink]:
    """The next addresses to be asked, the longest due first."""
    query = select(CheckedLink).where(CheckedLink.due_at <= at)
    return db.session.scalars(
        query.order_by(CheckedLink.due_at, CheckedLink.id).limit(limit)
    ).all()


def failed_uses() -> Select[LinkUse]:
    """What links to an address that failed, with whose it is."""
    return (
        select(LinkUse)
        .join(LinkUse.link)
        .where(CheckedLink.state.in_(FAILED))
        .options(contains_eager(LinkUse.link), joinedload(LinkUse.organisation))
        .order_by(LinkUse.id)
    )


def uses_of(organisation: Organisation) -> Select[LinkUse]:
    """Where an organisation links to, with what each address said last."""
    return (
        select(LinkUse)
        .where(LinkUse.organisation_id == organisation.id)
        .options(joinedload(LinkUse.link), joinedload(LinkUse.organisation))
        .order_by(LinkUse.id)
    )


def uses_of_link(link: CheckedLink) -> Sequence[LinkUse]:
    """What links to an address, with whose it is."""
    query = select(LinkUse).where(LinkUse.link_id == link.id)
    return db.session.scalars(
        query.options(joinedload(LinkUse.organisation)).order_by(LinkUse.id)
    ).all()


def use_by_id(number: int) -> LinkUse | None:
    """The use of this number, with address and organisation."""
    query = select(LinkUse).where(LinkUse.id == number)
    with_both = (joinedload(LinkUse.link), joinedload(LinkUse.organisation))
    return db.session.scalar(query.options(*with_both))
