from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.takeovers.enums import TakeoverKind, TakeoverState
from marketplace.stewardship.takeovers.models import TakenEntry, Takeover

# What one may still be the same as.
ALIVE = (PostingState.DRAFT, PostingState.SUBMITTED, *PUBLIC_STATES)


def takeover_by_key(key: str) -> Takeover | None:
    """The file of this public id, with its organisation."""
    query = select(Takeover).where(Takeover.public_id == key)
    return db.session.scalar(query.options(joinedload(Takeover.organisation)))


def takeovers_of(organisation: Organisation) -> Select[Takeover]:
    """The files an organisation gave, newest first, with who gave them."""
    return (
        select(Takeover)
        .where(Takeover.organisation_id == organisation.id)
        .options(
            joinedload(Takeover.given_by),
            defer(Takeover.items),
            defer(Takeover.vanished),
        )
        .order_by(Takeover.given_at.desc(), Takeover.id.desc())
    )


def taken_of(organisation: Organisation) -> Sequence[TakenEntry]:
    """What was taken over of an organisation, of every kind."""
    query = select(TakenEntry).where(TakenEntry.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(TakenEntry.id)).all()


def living_postings(model: type[Any], organisation: Organisation) -> Sequence[Any]:
    """What an organisation wrote of a kind that is not over."""
    query = select(model).where(
        model.organisation_id == organisation.id, model.state.in_(ALIVE)
    )
    return db.session.scalars(query.order_by(model.id)).all()


def postings_by_keys(model: type[Any], keys: Sequence[str]) -> dict[str, Posting]:
    """The postings of these public ids that are still there."""
    found = db.session.scalars(select(model).where(model.public_id.in_(keys)))
    return {posting.public_id: posting for posting in found}


def forgotten_takeovers(before: datetime) -> Select[Takeover]:
    """What was only looked at, before an instant."""
    return select(Takeover).where(
        Takeover.state == TakeoverState.CHOSEN, Takeover.given_at < before
    )


def old_takeovers(before: datetime) -> Select[Takeover]:
    """What was taken over before an instant."""
    return select(Takeover).where(
        Takeover.state == TakeoverState.DONE, Takeover.taken_at < before
    )


def kind_named(name: str) -> TakeoverKind | None:
    """The kind of this name, if there is one."""
    return next((kind for kind in TakeoverKind if kind == name), None)
