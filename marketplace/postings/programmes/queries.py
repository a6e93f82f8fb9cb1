from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from marketplace.postings.programmes.models import Programme
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.queries.matching import matching_ids

# What has no deadline comes after everything that has.
NEVER = date(9999, 12, 31)
SOONEST_FIRST = (func.coalesce(Programme.closes_on, NEVER), Programme.id)
LATEST_FIRST = (Programme.closes_on, Programme.id)


def programmes(
    *,
    q: str = "",
    land: FederalState | None = None,
    topics: Collection[Topic] = (),
) -> Select[Programme]:
    """The programmes, narrowed; one that names no topic pays for every one."""
    query = select(Programme)
    if q:
        query = query.where(Programme.id.in_(matching_ids(Programme.kind, q)))
    if land:
        query = query.where(Programme.states.overlaps({land}))
    if topics:
        is_any = Programme.topics == frozenset[Topic]()
        query = query.where(or_(is_any, Programme.topics.overlaps(topics)))
    return query


def still_open(query: Select[Programme], today: date) -> Select[Programme]:
    """Keeps what can still be asked for, as far as the source tells."""
    return query.where(not_(_expired(today)))


def expired(query: Select[Programme], today: date) -> Select[Programme]:
    """Keeps what is over."""
    return query.where(_expired(today))


def closed_of_late(today: date) -> Select[Programme]:
    """What is over since a month at most, though the worker may have rested."""
    since = today - timedelta(days=31)
    return expired(select(Programme), today).where(Programme.closes_on >= since)


def _expired(today: date) -> ColumnElement[bool]:
    return and_(
        Programme.closes_on.is_not(None),
        Programme.closes_on < today,
        not_(Programme.is_recurring),
    )
