from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.encounters.introductions.enums import LIVE, IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.foundation.text import plain
from marketplace.matching.partners.models import DigestShowing
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.postings.sponsorships.queries import matchable_sponsorships
from marketplace.upkeep.audit.models import AuditEntry

# Offers that partners are looked for come before others of the same provider.
MATCHED_FIRST = case(
    (and_(Offer.state == PostingState.PUBLISHED, Offer.lines.any()), 1), else_=0
)
# Acts on these change what is matched.
THINGS = (
    *("offers", "sponsorships", "organisations", "sites"),
    *("introductions", "partnerships"),
)


# Transactions may commit in another order than their acts are numbered in: so far
# back an act may still turn up.
LOOK_BACK = 1000


def last_change() -> tuple[int, int]:
    """What tells whether anything changed that is matched.

    The number of the last act on it, and how many of the numbers before are there.
    """
    newest = (
        select(func.max(AuditEntry.id)).where(AuditEntry.thing == thing)
        for thing in THINGS
    )
    last = max(db.session.scalar(query) or 0 for query in newest)
    near = select(func.count(AuditEntry.id)).where(
        AuditEntry.id > last - LOOK_BACK, AuditEntry.thing.in_(THINGS)
    )
    return last, db.session.scalar(near) or 0


def offers_to_match() -> Sequence[Offer]:
    """The published offers of verified providers, with lines, place and provider."""
    query = (
        select(Offer)
        .join(Offer.organisation)
        .where(
            Offer.state == PostingState.PUBLISHED,
            Offer.lat.is_not(None),
            Organisation.state == OrganisationState.VERIFIED,
        )
        .options(
            joinedload(Offer.organisation),
            joinedload(Offer.site),
            selectinload(Offer.lines),
        )
    )
    return db.session.scalars(query).all()


def sponsorships_to_match() -> Sequence[Sponsorship]:
    """The published sponsorships of verified companies, with lines and site."""
    query = (
        select(Sponsorship)
        .join(Sponsorship.organisation)
        .join(Sponsorship.site)
        .where(
            Sponsorship.state == PostingState.PUBLISHED,
            Site.lat.is_not(None),
            Organisation.state == OrganisationState.VERIFIED,
        )
        .options(
            joinedload(Sponsorship.organisation),
            joinedload(Sponsorship.site),
            selectinload(Sponsorship.lines),
        )
        # The order numbers the lines of a site, and so decides what is taken first.
        .order_by(Sponsorship.id)
    )
    return db.session.scalars(query).all()


def running_bundle(offer_id: int) -> Sequence[Introduction]:
    """Those of the last bundle of an offer who have not declined."""
    last = (
        select(Introduction.bundle_id)
        .where(Introduction.offer_id == offer_id, Introduction.bundle_id.is_not(None))
        .order_by(Introduction.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(Introduction).where(
        Introduction.offer_id == offer_id,
        Introduction.bundle_id == last,
        Introduction.state.in_(LIVE | {IntroductionState.AGREED}),
    )
    return db.session.scalars(query.order_by(Introduction.id)).all()


def offer_by_id(offer_id: int) -> Offer | None:
    """The offer of this number, with its provider."""
    query = select(Offer).where(Offer.id == offer_id)
    return db.session.scalar(
        query.options(joinedload(Offer.organisation), selectinload(Offer.lines))
    )


def offers_by_id(ids: Sequence[int]) -> dict[int, Offer]:
    """Offers by their numbers, with provider and lines."""
    query = select(Offer).where(Offer.id.in_(ids))
    query = query.options(joinedload(Offer.organisation), selectinload(Offer.lines))
    return {offer.id: offer for offer in db.session.scalars(query)}


def sites_by_id(ids: Sequence[int]) -> dict[int, Site]:
    """Sites by their numbers, with their organisation."""
    query = select(Site).where(Site.id.in_(ids))
    query = query.options(joinedload(Site.organisation))
    return {site.id: site for site in db.session.scalars(query)}


def lines_given_at(site: Site) -> list[GiveLine]:
    """What is given from a site, line by line, numbered as the matching does."""
    query = matchable_sponsorships().where(Sponsorship.site_id == site.id)
    return [line for given in db.session.scalars(query) for line in given.lines]


def sites_named(name: str, most: int = 10) -> Sequence[Site]:
    """Some sites of verified organisations with this in their name."""
    query = _named(select(Site).join(Site.organisation), name)
    query = query.options(contains_eager(Site.organisation)).order_by(Site.id)
    return db.session.scalars(query.limit(most)).all()


def offers_named(name: str, most: int = 10) -> Sequence[Offer]:
    """Some published offers of verified organisations with this in their name."""
    query = _named(select(Offer).join(Offer.organisation), name)
    query = query.where(Offer.state == PostingState.PUBLISHED)
    query = query.options(contains_eager(Offer.organisation)).order_by(Offer.id)
    return db.session.scalars(query.limit(most)).all()


def _named(query: Select[Any], name: str) -> Select[Any]:
    return query.where(
        Organisation.state == OrganisationState.VERIFIED,
        Organisation.sort_name.contains(plain(name), autoescape=True),
    )


def digest_showings(profile_id: int, *, since: date) -> dict[int, date]:
    """Whom Monday letters have shown a profile after a day, and when last."""
    query = select(DigestShowing).where(
        DigestShowing.profile_id == profile_id, DigestShowing.shown_on > since
    )
    rows = db.session.scalars(query.order_by(DigestShowing.shown_on))
    return {row.other_id: row.shown_on for row in rows}


def was_shown(profile_id: int, other_id: int, *, since: date) -> bool:
    """Says whether a Monday letter after a day has shown one profile the other."""
    return other_id in digest_showings(profile_id, since=since)
