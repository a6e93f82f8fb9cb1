"""Pupils who take part, and what was said at home."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundSeat,
    RoundWish,
)
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.rules import adult_since
from marketplace.postings.internships.models import Internship, Period


def entry_of(round_: Round, pupil: User) -> RoundEntry | None:
    """That a pupil takes part, with wishes, seats and what was said at home."""
    query = select(RoundEntry).where(
        RoundEntry.round_id == round_.id, RoundEntry.pupil_id == pupil.id
    )
    return db.session.scalar(_whole(query))


def entry_by_key(key: str) -> RoundEntry | None:
    """The entry of this code."""
    return db.session.scalar(
        _whole(select(RoundEntry).where(RoundEntry.public_id == key))
    )


def entry_by_id(entry_id: int) -> RoundEntry | None:
    """The entry of this number."""
    return db.session.scalar(
        _whole(select(RoundEntry).where(RoundEntry.id == entry_id))
    )


def entry_count(round_: Round) -> int:
    """How many pupils take part."""
    query = select(func.count(RoundEntry.id)).where(RoundEntry.round_id == round_.id)
    return db.session.scalar(query) or 0


def entries_to_tell(round_: Round, run: int, most: int) -> Sequence[RoundEntry]:
    """Some of those who were not told yet what a run gave them."""
    query = select(RoundEntry).where(
        RoundEntry.round_id == round_.id, RoundEntry.told_run < run
    )
    return db.session.scalars(_whole(query).order_by(RoundEntry.id).limit(most)).all()


def entries_of_children(guardian: User, day: date) -> Sequence[RoundEntry]:
    """Where children of a guardian take part in a round that is not over.

    Hers are those linked with her, and who named her confirmed address.
    """
    children = select(Guardianship.child_id).where(
        Guardianship.guardian_id == guardian.id
    )
    is_hers: ColumnElement[bool] = RoundEntry.pupil_id.in_(children)
    if is_confirmed(guardian):
        is_hers |= _names(guardian.email)
    query = (
        select(RoundEntry)
        .join(RoundEntry.round)
        .join(Pupil, Pupil.user_id == RoundEntry.pupil_id)
        .where(
            is_hers,
            Pupil.birth_on > adult_since(day),
            Round.state.in_((RoundState.OPEN, RoundState.PUBLISHED)),
        )
        .options(joinedload(RoundEntry.round), joinedload(RoundEntry.pupil))
    )
    return db.session.scalars(query.order_by(RoundEntry.id)).all()


def entries_coded(round_: Round, codes: Sequence[str]) -> dict[str, RoundEntry]:
    """The entries of some codes."""
    query = select(RoundEntry).where(
        RoundEntry.round_id == round_.id, RoundEntry.public_id.in_(codes)
    )
    return {entry.public_id: entry for entry in db.session.scalars(_whole(query))}


def held_consents(round_: Round) -> Sequence[RoundConsent]:
    """What waits for the office because of signals of a self-approval."""
    query = (
        select(RoundConsent)
        .join(RoundConsent.entry)
        .where(
            RoundEntry.round_id == round_.id,
            RoundConsent.is_held,
            RoundConsent.is_granted,
        )
        .options(joinedload(RoundConsent.entry), joinedload(RoundConsent.organisation))
    )
    return db.session.scalars(query.order_by(RoundConsent.id)).all()


def families_of(address: str) -> int:
    """For how many pupils in rounds this address was named as a guardian's."""
    query = select(func.count(func.distinct(RoundEntry.pupil_id))).where(
        _names(address)
    )
    return db.session.scalar(query) or 0


def _names(address: str) -> ColumnElement[bool]:
    """Whether one of the guardians that were named has an address."""
    first = RoundEntry.guardian_email == address
    return first | (RoundEntry.second_guardian_email == address)


def applied_before(entry: RoundEntry, seat: RoundSeat) -> bool:
    """Says whether a pupil has or had an application for the days of a seat."""
    query = select(Application.id).where(
        Application.pupil_id == entry.pupil_id,
        Application.period_id == seat.period_id,
    )
    return db.session.scalar(query.limit(1)) is not None


def _whole(query: Select[RoundEntry]) -> Select[RoundEntry]:
    wishes = selectinload(RoundEntry.wishes).joinedload(RoundWish.seat)
    internship = wishes.joinedload(RoundSeat.period).joinedload(Period.internship)
    return query.options(
        joinedload(RoundEntry.round),
        joinedload(RoundEntry.pupil).joinedload(User.pupil),
        joinedload(RoundEntry.application),
        internship.joinedload(Internship.organisation),
        selectinload(RoundEntry.consents).joinedload(RoundConsent.organisation),
    )
