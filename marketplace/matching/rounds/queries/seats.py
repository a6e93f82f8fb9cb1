"""Seats of a round, and what could become one."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.lives.enums import PostingState

BY_NUMBER = (RoundSeat.seat_no,)


def seats_of(round_: Round) -> Select[RoundSeat]:
    """The seats of a round with period, internship and company."""
    return _with_company(select(RoundSeat).where(RoundSeat.round_id == round_.id))


def seats_by_number(round_: Round) -> dict[int, RoundSeat]:
    """All seats of a round by their numbers."""
    rows = db.session.scalars(seats_of(round_).order_by(RoundSeat.seat_no))
    return {seat.seat_no: seat for seat in rows}


def seats_to_wish(entry: RoundEntry) -> Select[RoundSeat]:
    """The seats of a round that are not on the list of a pupil yet."""
    listed = [wish.seat_id for wish in entry.wishes]
    return seats_of(entry.round).where(RoundSeat.id.not_in(listed))


def seats_numbered(round_: Round, numbers: Iterable[int]) -> dict[int, RoundSeat]:
    """Some seats of a round by their numbers."""
    query = seats_of(round_).where(RoundSeat.seat_no.in_(list(numbers)))
    return {seat.seat_no: seat for seat in db.session.scalars(query)}


def seat_by_id(seat_id: int) -> RoundSeat | None:
    """The seat of this number, with its round."""
    query = _with_company(select(RoundSeat).where(RoundSeat.id == seat_id))
    return db.session.scalar(query.options(joinedload(RoundSeat.round)))


def seats_entered_by(
    round_: Round, organisations: Iterable[Organisation]
) -> Sequence[RoundSeat]:
    """What some companies have entered into a round."""
    query = (
        seats_of(round_)
        .join(RoundSeat.period)
        .join(Period.internship)
        .where(Internship.organisation_id.in_([one.id for one in organisations]))
    )
    return db.session.scalars(query.order_by(RoundSeat.seat_no)).all()


def seats_of_internship(internship: Internship) -> Sequence[RoundSeat]:
    """The seats of an internship in rounds that are announced and not over."""
    query = (
        select(RoundSeat)
        .join(RoundSeat.round)
        .join(RoundSeat.period)
        .where(
            Period.internship_id == internship.id,
            Round.announced_at.is_not(None),
            Round.state.in_((RoundState.DRAFT, RoundState.OPEN)),
        )
        .options(joinedload(RoundSeat.round), joinedload(RoundSeat.period))
    )
    return db.session.scalars(query.order_by(Round.closes_at, RoundSeat.id)).all()


def periods_to_enter(
    round_: Round, organisations: Iterable[Organisation], day: date
) -> Sequence[Period]:
    """The open periods of published internships that are not in the round yet."""
    entered = select(RoundSeat.period_id).where(RoundSeat.round_id == round_.id)
    query = (
        select(Period)
        .join(Period.internship)
        .where(
            Internship.organisation_id.in_([one.id for one in organisations]),
            Internship.state == PostingState.PUBLISHED,
            Internship.bases.overlaps({round_.basis}),
            Period.is_open,
            Period.starts_on > day,
            Period.id.not_in(entered),
        )
        .options(joinedload(Period.internship))
        .order_by(Period.starts_on, Period.id)
    )
    return db.session.scalars(query).all()


def next_seat_no(round_: Round) -> int:
    """The number for a new seat; numbers are never used again."""
    query = select(func.max(RoundSeat.seat_no)).where(RoundSeat.round_id == round_.id)
    return (db.session.scalar(query) or 0) + 1


def places_of(round_: Round) -> tuple[int, int]:
    """How many seats and how many places there are."""
    query = select(func.count(RoundSeat.id), func.sum(RoundSeat.capacity))
    seats, places = db.session.execute(
        query.where(RoundSeat.round_id == round_.id)
    ).one()
    return seats, places or 0


def _with_company(query: Select[RoundSeat]) -> Select[RoundSeat]:
    internship = joinedload(RoundSeat.period).joinedload(Period.internship)
    return query.options(internship.joinedload(Internship.organisation))
