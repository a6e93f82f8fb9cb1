from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from marketplace.foundation.clock import end_of, start_of
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import PUBLIC_STATES
from marketplace.postings.lives.queries import (
    Narrowing,
    narrowed,
    posting_by_key,
    postings_of,
)

# When it is over, as far as that is told.
LAST = func.coalesce(Event.ends_at, Event.starts_at)


def events_of(organisation: Organisation) -> Select[Event]:
    """Everything an organisation has written, newest first."""
    return postings_of(Event, organisation)


def event_by_key(key: str) -> Event | None:
    """The event of this public id, in whatever state."""
    return posting_by_key(Event, key)


def overdue_events(day: date) -> Select[Event]:
    """What is public though it was over before this day began."""
    return select(Event).where(Event.state.in_(PUBLIC_STATES), start_of(day) > LAST)


def narrowed_events(query: Select[Event], by: Narrowing) -> Select[Event]:
    """Keeps of a list what fits the filters: by days, what lies at least partly in."""
    if by.starts_from:
        query = query.where(start_of(by.starts_from) <= LAST)
    if by.ends_by:
        query = query.where(Event.starts_at <= end_of(by.ends_by))
    return narrowed(query, Event, by)


def soonest_first(_model: type[Event]) -> tuple[Any, ...]:
    """The keys of the usual order, which ascends."""
    return (Event.starts_at, Event.id)
