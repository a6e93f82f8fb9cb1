from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Row,
    Select,
    String,
    and_,
    case,
    false,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Bundle, contains_eager, joinedload, selectinload

from marketplace.encounters.introductions.enums import LIVE, IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.foundation.text import plain
from marketplace.matching.partners.models import (
    Change,
    DigestShowing,
    Listed,
    Price,
    TopicWeight,
    WeightsVersion,
)
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.postings.sponsorships.queries import matchable_sponsorships

# Offers that partners are looked for come before others of the same provider.
MATCHED_FIRST = case(
    (and_(Offer.state == PostingState.PUBLISHED, Offer.lines.any()), 1), else_=0
)
# Transactions may commit in another order than their changes are numbered in: so far
# back a change may still turn up.
LOOK_BACK = 500
# So many numbers are asked for in one query.
SOME = 500


def last_changes() -> dict[int, int]:
    """The profile of each of the last changes, by the number of the change."""
    last = select(func.max(Change.id)).scalar_subquery()
    query = select(Change.id, Change.profile_id).where(Change.id > last - LOOK_BACK)
    return dict(db.session.execute(query).all())


def waiting_changes(most: int | None = None) -> list[tuple[int, int]]:
    """Number and profile of each change that the stored lists do not have yet.

    The oldest first; of many only the first ones, if so many are named.
    """
    query = select(Change.id, Change.profile_id).where(~Change.is_followed)
    query = query.order_by(Change.id).limit(most)
    return [(number, profile) for number, profile in db.session.execute(query)]


def weights_version() -> WeightsVersion | None:
    """The version that counts: the weights, and since when ("Stand 02:10").

    One whose lists are not all stored does not count yet.
    """
    query = select(WeightsVersion).where(WeightsVersion.stored_at.is_not(None))
    return db.session.scalar(query.order_by(WeightsVersion.id.desc()).limit(1))


def last_begun() -> datetime | None:
    """When the last version was begun that has come to no end, if a newer one has not.

    It is being made, or it failed.
    """
    query = select(WeightsVersion.made_at, WeightsVersion.stored_at)
    row = db.session.execute(query.order_by(WeightsVersion.id.desc()).limit(1)).first()
    return row.made_at if row and row.stored_at is None else None


def weights_of(version: WeightsVersion) -> list[int]:
    """What each topic weighs in a version, in the order of the catalogue."""
    query = select(TopicWeight.weight).where(TopicWeight.version_id == version.id)
    return list(db.session.scalars(query.order_by(TopicWeight.topic_id)))


def price_of_profiles(profile_ids: Collection[int] | None = None) -> dict[int, int]:
    """The price of each profile that has one."""
    query = select(Price.profile_id, Price.price_pm)
    some = _some(query, Price.profile_id, profile_ids)
    return dict(db.session.execute(some).all())


_LISTED = (
    *(Listed.profile_id, Listed.rank, Listed.other_id),
    *(Listed.key, Listed.r),
)


def stored_lists(profile_ids: Collection[int] | None = None) -> Sequence[Any]:
    """Profile, rank, other, key and mutual score of all stored lists or of some."""
    query = _some(select(*_LISTED), Listed.profile_id, profile_ids)
    return db.session.execute(query.order_by(Listed.id)).all()


def places_at_rank(rank: int) -> Sequence[Any]:
    """The same, only of one rank."""
    return db.session.execute(select(*_LISTED).where(Listed.rank == rank)).all()


def readers_holding(profile_ids: Collection[int]) -> set[int]:
    """Those in whose stored list one of some profiles stands."""
    ids, readers = sorted(profile_ids), set[int]()
    for begin in range(0, len(ids), SOME):
        some = Listed.other_id.in_(ids[begin : begin + SOME])
        readers |= set(db.session.scalars(select(Listed.profile_id).where(some)))
    return readers


def shown_profiles() -> list[int]:
    """Who stands in the stored lists, once for each of them."""
    return list(db.session.scalars(select(Listed.other_id)))


def offer_columns(ids: Collection[int] | None = None) -> Sequence[Any]:
    """What is matched of the published offers of verified providers."""
    query = (
        select(
            *(Offer.id, Offer.organisation_id, Offer.lat, Offer.lon),
            *(_bits(Offer.topics), _bits(Offer.audiences), _since(Offer)),
            *(Organisation.capacity, Site.radius_km, Site.is_radius_hard),
        )
        .join(Organisation, Offer.organisation_id == Organisation.id)
        .outerjoin(Site, Offer.site_id == Site.id)
        .where(
            Offer.state == PostingState.PUBLISHED,
            Offer.lat.is_not(None),
            Organisation.state == OrganisationState.VERIFIED,
        )
    )
    return _rows(_some(query, Offer.id, ids).order_by(Offer.id))


def sponsorship_columns(site_ids: Collection[int] | None = None) -> Sequence[Any]:
    """What is matched of the published sponsorships of verified companies, by site."""
    query = (
        select(
            *(Sponsorship.site_id, Site.organisation_id, Site.lat, Site.lon),
            *(_bits(Sponsorship.topics), _bits(Sponsorship.audiences)),
            *(_since(Sponsorship), Organisation.capacity),
            *(Site.radius_km, Site.is_radius_hard, Organisation.safeguarding_on),
            *(_bits(Organisation.topics), _bits(Organisation.audiences)),
        )
        .join(Organisation, Sponsorship.organisation_id == Organisation.id)
        .join(Site, Sponsorship.site_id == Site.id)
        .where(*_IS_GIVEN)
    )
    some = _some(query, Sponsorship.site_id, site_ids)
    return _rows(some.order_by(Sponsorship.id))


def need_line_columns(offer_ids: Collection[int] | None = None) -> Sequence[Any]:
    """The lines of offers, in their order; the first column is the offer."""
    query = select(NeedLine.offer_id, *_line_columns(NeedLine))
    query = _some(query, NeedLine.offer_id, offer_ids)
    return _rows(query.order_by(NeedLine.offer_id, NeedLine.line_no))


def give_line_columns(site_ids: Collection[int] | None = None) -> Sequence[Any]:
    """The lines given at sites, in their order; the first column is the site."""
    query = (
        select(Sponsorship.site_id, *_line_columns(GiveLine))
        .join(GiveLine, GiveLine.sponsorship_id == Sponsorship.id)
        .join(Organisation, Sponsorship.organisation_id == Organisation.id)
        .join(Site, Sponsorship.site_id == Site.id)
        .where(*_IS_GIVEN)
    )
    query = _some(query, Sponsorship.site_id, site_ids)
    return _rows(query.order_by(Sponsorship.id, GiveLine.line_no))


_IS_GIVEN = (
    Sponsorship.state == PostingState.PUBLISHED,
    Site.lat.is_not(None),
    Organisation.state == OrganisationState.VERIFIED,
)


def _line_columns(line: type[NeedLine | GiveLine]) -> list[Any]:
    return [
        *(type_coerce(line.kind, String), line.item, line.open_quantity),
        *(line.months_from, line.months_to),
        *(_bits(line.slots), _bits(line.topics)),
        *(_bits(line.audiences), _bits(line.hard)),
    ]


def _rows(query: Any) -> Sequence[Any]:
    """Columns as they are; the session would handle each row as if it were objects."""
    return db.session.connection().execute(query).all()


def _since(posting: type[Offer | Sponsorship]) -> Any:
    """When it was published, in UTC; without a zone where the database forgets it."""
    return type_coerce(posting.published_at, DateTime).label("since")


def _bits(column: Any) -> Any:
    """A set as the integer it is stored as."""
    return type_coerce(column, BigInteger).label(
        f"{column.class_.__tablename__}_{column.key}"
    )


def _some(query: Any, column: Any, ids: Collection[int] | None) -> Any:
    """Narrows to some ids; of none, SQLite would look at every row to find out."""
    if ids is None:
        return query
    return query.where(column.in_(ids) if ids else false())


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


def running_bundle(offer_id: int) -> Sequence[Introduction]:
    """Those of the last bundle of an offer who have not declined, nor are done."""
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
        Introduction.over_at.is_(None),
    )
    return db.session.scalars(query.order_by(Introduction.id)).all()


def offer_by_id(offer_id: int) -> Offer | None:
    """The offer of this number, with its provider."""
    return offers_by_id([offer_id]).get(offer_id)


def offers_by_id(ids: Sequence[int]) -> dict[int, Offer]:
    """Offers by their numbers, with provider and lines."""
    query = select(Offer).where(Offer.id.in_(ids))
    query = query.options(joinedload(Offer.organisation), selectinload(Offer.lines))
    return {offer.id: offer for offer in db.session.scalars(query)}


def listed_things(kind: type[Offer | Site], ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Offers or sites by number, with what a list of partners says of them, no more."""
    if not ids:
        return {}
    at_place = Organisation.name + " " + func.coalesce(kind.place_name, "")
    title = Offer.title if kind is Offer else func.trim(at_place)
    columns = (kind.id, kind.public_id, kind.place_name, kind.state_code)
    named = Organisation.public_id, Organisation.name
    owner: Bundle[Any] = Bundle("organisation", *named)
    query = select(*columns, kind.lat, kind.lon, title.label("title"), owner)
    query = query.join(kind.organisation).where(kind.id.in_(ids))
    return {thing.id: thing for thing in db.session.execute(query)}


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


def all_digest_showings(*, since: date) -> dict[int, dict[int, date]]:
    """The same for every profile, by its number."""
    columns = (DigestShowing.profile_id, DigestShowing.other_id, DigestShowing.shown_on)
    query = select(*columns).where(DigestShowing.shown_on > since)
    shown: dict[int, dict[int, date]] = {}
    for profile_id, other_id, day in db.session.execute(
        query.order_by(DigestShowing.shown_on)
    ):
        shown.setdefault(profile_id, {})[other_id] = day
    return shown


def was_shown(profile_id: int, other_id: int, *, since: date) -> bool:
    """Says whether a Monday letter after a day has shown one profile the other."""
    return other_id in digest_showings(profile_id, since=since)
