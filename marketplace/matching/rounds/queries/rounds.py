"""Rounds by key, by clock, by what is still to do."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, undefer

from marketplace.foundation.database import db
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import (
    Round,
    RoundSeat,
)
from marketplace.postings.internships.models import Period

LAST_CLOSED_FIRST = (Round.closes_at, Round.id)


def round_by_key(key: str) -> Round | None:
    """The round of this public id."""
    return db.session.scalar(select(Round).where(Round.public_id == key))


def sealed_round(round_id: int) -> Round:
    """A round with its seed and its frozen seats, which are not read otherwise."""
    query = select(Round).where(Round.id == round_id)
    sealed = (Round.seed, Round.seats_row, Round.late_seats_row)
    return db.session.scalars(query.options(*map(undefer, sealed))).one()


def announced_rounds() -> Select[Round]:
    """The rounds everybody may read of."""
    return all_rounds().where(Round.announced_at.is_not(None))


def all_rounds() -> Select[Round]:
    """The rounds, those in preparation too."""
    return select(Round).options(joinedload(Round.school))


def rounds_due(at: datetime) -> Sequence[Round]:
    """The rounds whose next step by the clock has come."""
    is_due = (
        ((Round.state == RoundState.DRAFT) & (Round.opens_at <= at))
        | ((Round.state == RoundState.OPEN) & (Round.closes_at < at))
        | ((Round.state == RoundState.PUBLISHED) & (Round.confirm_until < at))
    )
    query = select(Round).where(Round.announced_at.is_not(None), is_due)
    return db.session.scalars(query.order_by(Round.id)).all()


def rounds_to_fill(day: date) -> Sequence[Round]:
    """The rounds that are over but for places which may still become free."""
    is_ahead = (
        select(RoundSeat.id)
        .join(RoundSeat.period)
        .where(RoundSeat.round_id == Round.id, Period.starts_on > day)
        .exists()
    )
    query = select(Round).where(Round.state == RoundState.DONE, is_ahead)
    return db.session.scalars(query.order_by(Round.id)).all()
