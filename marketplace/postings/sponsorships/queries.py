from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.queries import (
    Narrowing,
    narrowed,
    postings_of,
)
from marketplace.postings.sponsorships.models import GiveLine, PastGrant, Sponsorship


def sponsorships_of(organisation: Organisation) -> Select[Sponsorship]:
    """Everything a company has written, newest first, with its lines."""
    query = postings_of(Sponsorship, organisation)
    return query.options(selectinload(Sponsorship.lines))


def giving_sites_of(organisations: Sequence[Organisation]) -> Sequence[Site]:
    """The sites from which some organisations give something."""
    own = [organisation.id for organisation in organisations]
    ids = select(Sponsorship.site_id).where(Sponsorship.organisation_id.in_(own))
    query = select(Site).where(Site.id.in_(ids)).order_by(Site.id)
    return db.session.scalars(query.options(joinedload(Site.organisation))).all()


def matchable_sponsorships() -> Select[Sponsorship]:
    """The published ones at a site; what their site gives."""
    return (
        select(Sponsorship)
        .where(
            Sponsorship.state == PostingState.PUBLISHED,
            Sponsorship.site_id.is_not(None),
        )
        .options(selectinload(Sponsorship.lines))
        .order_by(Sponsorship.id)
    )


def overdue_sponsorships(day: date) -> Select[Sponsorship]:
    """What is public though its last day has passed; never what has none."""
    return select(Sponsorship).where(
        Sponsorship.state.in_(PUBLIC_STATES), Sponsorship.valid_to < day
    )


def narrowed_sponsorships(
    query: Select[Sponsorship], by: Narrowing
) -> Select[Sponsorship]:
    """Keeps of a list what fits the filters, and brings the give lines along."""
    if by.kind:
        gives = exists().where(
            GiveLine.sponsorship_id == Sponsorship.id,
            GiveLine.kind.in_([by.kind]),
        )
        query = query.where(gives)
    if by.starts_from:
        ends = func.coalesce(Sponsorship.valid_to, by.starts_from)
        query = query.where(ends >= by.starts_from)
    if by.ends_by:
        begins = func.coalesce(Sponsorship.valid_from, by.ends_by)
        query = query.where(begins <= by.ends_by)
    query = query.options(selectinload(Sponsorship.lines))
    return narrowed(query, Sponsorship, by)


def past_grants() -> Select[PastGrant]:
    """Who funded whom before, from public sources."""
    return select(PastGrant)
