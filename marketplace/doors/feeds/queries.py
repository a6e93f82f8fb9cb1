from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.licences import may_be_handed_on
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.actions.models import Action
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import hints
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.audit.queries import last_acts

# So many rows are in memory at once.
AT_ONCE = 200
# What is read along with each thing, a few statements for each portion.
WITH: dict[type[Any], Sequence[InstrumentedAttribute[Any]]] = {
    Internship: (Internship.periods, Internship.occupations),
    Offer: (Offer.lines,),
    Sponsorship: (Sponsorship.lines,),
}


@dataclass(frozen=True)
class Stamp:
    """After which acts a list was so, and when the last of them was."""

    acts: tuple[int, ...]
    at: datetime | None


def stamp_of(model: type[Any]) -> Stamp:
    """Tells whether a list has changed: whatever changes one is recorded.

    Postings say where they are and who can get in there as their sites do.
    """
    acts = tuple(last_acts(model, Organisation, Site))
    at = db.session.scalar(select(AuditEntry.at).where(AuditEntry.id == max(acts)))
    return Stamp(acts, at)


def left_out_count(model: type[Any]) -> int:
    """How many of a list are shown and not handed on, for want of an open licence."""
    if model is Organisation:  # what a list names says nothing of its licence
        known = Organisation.state == OrganisationState.IMPORTED
        query = select(Organisation.id).where(known)
    elif issubclass(model, Posting):
        query = hints(model).options().with_only_columns(model.id)
        query = query.where(not_(may_be_handed_on(model)))
    else:
        query = select(model.id).where(not_(may_be_handed_on(model)))
        query = query.where(Action.is_public) if model is Action else query
    counted = select(func.count()).select_from(query.subquery())
    return db.session.scalar(counted) or 0


def last_number(model: type[Any]) -> int:
    """The highest number of a table; 0 where it is empty."""
    return db.session.scalar(select(func.max(model.id))) or 0


def in_portions(query: Select[Any], model: type[Any]) -> Iterator[Any]:
    """The things of a list, the newest first, a few in memory at a time."""
    if issubclass(model, Posting):
        both = (joinedload(model.organisation), joinedload(model.site))
        query = query.options(*both)
    query = query.options(*map(selectinload, WITH.get(model, ())))
    query = query.order_by(None).order_by(model.id.desc())
    return iter(db.session.scalars(query.execution_options(yield_per=AT_ONCE)))


def in_numbers(
    query: Select[Any], model: type[Any], first: int, end: int
) -> Iterator[Any]:
    """The things of a list with these numbers, in their order."""
    query = query.where(model.id >= first, model.id < end)
    query = query.order_by(None).order_by(model.id)
    return iter(db.session.scalars(query.execution_options(yield_per=AT_ONCE)))
