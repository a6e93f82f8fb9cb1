from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.encounters.introductions.enums import LIVE, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation

NEWEST_FIRST = (Introduction.created_at, Introduction.id)


def introduction_by_key(key: str) -> Introduction | None:
    """The introduction of this public id."""
    query = _with_parties(select(Introduction).where(Introduction.public_id == key))
    return db.session.scalar(query)


def introductions_of(organisations: Iterable[Organisation]) -> Select[Introduction]:
    """All introductions in which one of these organisations is a side."""
    ids = [organisation.id for organisation in organisations]
    return _with_parties(
        select(Introduction).where(
            or_(Introduction.provider_id.in_(ids), Introduction.company_id.in_(ids))
        )
    )


def all_introductions() -> Select[Introduction]:
    """Every introduction, for the office."""
    return _with_parties(select(Introduction))


def due_introductions() -> Select[Introduction]:
    """The live ones, the next deadline first."""
    return _with_parties(
        select(Introduction)
        .where(Introduction.state.in_(LIVE))
        .order_by(Introduction.due_at, Introduction.id)
    )


def overdue_introductions(at: datetime) -> Sequence[Introduction]:
    """The live ones whose deadline has passed."""
    query = due_introductions().where(Introduction.due_at < at)
    return db.session.scalars(query).all()


def past_of_pair(provider_id: int, company_id: int) -> Introduction | None:
    """The last introduction of two organisations."""
    return db.session.scalar(
        select(Introduction)
        .where(
            Introduction.provider_id == provider_id,
            Introduction.company_id == company_id,
        )
        .order_by(Introduction.id.desc())
        .limit(1)
    )


def others_in_bundle(introduction: Introduction) -> Sequence[Introduction]:
    """Those that were asked together with this one, to cover one list of needs."""
    if introduction.bundle_id is None:
        return []
    query = select(Introduction).where(
        Introduction.bundle_id == introduction.bundle_id,
        Introduction.id != introduction.id,
    )
    return db.session.scalars(_with_parties(query.order_by(Introduction.id))).all()


def contacts_of(organisation: Organisation) -> Sequence[Introduction]:
    """The last introduction to each other organisation, whatever became of it."""
    newest = (
        select(func.max(Introduction.id))
        .where(
            or_(
                Introduction.provider_id == organisation.id,
                Introduction.company_id == organisation.id,
            )
        )
        .group_by(Introduction.provider_id, Introduction.company_id)
    )
    query = _with_parties(select(Introduction).where(Introduction.id.in_(newest)))
    return db.session.scalars(query.order_by(Introduction.due_at)).all()


def live_incoming_counts() -> dict[int, int]:
    """How many live introductions others proposed to each organisation, by its id."""
    counts: dict[int, int] = {}
    for column, other in (
        (Introduction.company_id, Side.COMPANY),
        (Introduction.provider_id, Side.PROVIDER),
    ):
        rows = db.session.execute(
            select(column, func.count())
            .where(Introduction.state.in_(LIVE), Introduction.proposed_by != other)
            .group_by(column)
        )
        for organisation_id, count in rows:
            counts[organisation_id] = counts.get(organisation_id, 0) + count
    return counts


def live_outgoing_count(*, offer_id: int | None, site_id: int | None) -> int:
    """How many live introductions a profile (offer or site) has proposed itself."""
    if offer_id:
        mine = (Introduction.offer_id == offer_id, Side.PROVIDER)
    else:
        mine = (Introduction.site_id == site_id, Side.COMPANY)
    query = select(func.count(Introduction.id)).where(
        mine[0], Introduction.proposed_by == mine[1], Introduction.state.in_(LIVE)
    )
    return db.session.scalar(query) or 0


def _with_parties(query: Select[Introduction]) -> Select[Introduction]:
    return query.options(
        joinedload(Introduction.provider),
        joinedload(Introduction.company),
        joinedload(Introduction.offer),
        joinedload(Introduction.site),
    )
