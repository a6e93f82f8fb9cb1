"""What is frozen, as plain columns, and what the runs left."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundList,
    RoundOutcome,
    RoundResult,
    RoundSeat,
    RoundWish,
)
from marketplace.people.accounts.models import Pupil, User
from marketplace.postings.internships.models import Internship, Period

# So many closed seats are named on a page.
MOST = 50


def entry_columns(round_: Round) -> Sequence[Any]:
    """Of everybody who takes part, by code, what is frozen of her account."""
    query = (
        select(
            RoundEntry.id,
            RoundEntry.public_id,
            RoundEntry.free_from,
            RoundEntry.free_to,
            RoundEntry.friend_code,
            RoundEntry.saved_at,
            Pupil.birth_on,
            Pupil.town,
            Pupil.interests,
        )
        .join(Pupil, Pupil.user_id == RoundEntry.pupil_id)
        .join(User, User.id == RoundEntry.pupil_id)
        .where(RoundEntry.round_id == round_.id, User.disabled_at.is_(None))
    )
    return db.session.execute(query.order_by(RoundEntry.public_id)).all()


def wish_columns(round_: Round) -> Sequence[Any]:
    """Every wish in a round with its seat, company and days, best first."""
    query = (
        select(
            RoundWish.entry_id,
            RoundSeat.seat_no,
            RoundWish.tier,
            Internship.organisation_id,
            Internship.terms_changed_at,
            Period.starts_on,
            Period.ends_on,
        )
        .join(RoundWish.seat)
        .join(RoundSeat.period)
        .join(Period.internship)
        .where(RoundSeat.round_id == round_.id)
        .order_by(RoundWish.entry_id, RoundWish.tier, RoundWish.pos, RoundWish.id)
    )
    return db.session.execute(query).all()


def consent_pairs(round_: Round) -> set[tuple[int, int]]:
    """Which companies are approved for whom, as numbers of entry and company."""
    query = (
        select(RoundConsent.entry_id, RoundConsent.organisation_id)
        .join(RoundConsent.entry)
        .where(
            RoundEntry.round_id == round_.id,
            RoundConsent.is_granted,
            RoundConsent.is_held.is_(False),
        )
        .group_by(
            RoundConsent.entry_id,
            RoundConsent.organisation_id,
            RoundEntry.guardians_asked,
        )
        .having(func.count(RoundConsent.id) >= RoundEntry.guardians_asked)
    )
    return {(entry, firm) for entry, firm in db.session.execute(query)}


def placements_of(round_: Round) -> Sequence[Any]:
    """Which entry has got which application from a round: its state and period."""
    query = (
        select(
            RoundEntry.id,
            RoundEntry.public_id,
            Application.state,
            Application.period_id,
        )
        .join(RoundEntry.application)
        .where(RoundEntry.round_id == round_.id)
    )
    return db.session.execute(query).all()


def frozen_rows(round_: Round, run: int) -> Sequence[Row[str, bytes]]:
    """The frozen lists of a run, by code; as plain rows, there may be a million."""
    table = RoundList.__table__
    query = select(table.c.pupil_code, table.c.row).where(
        table.c.round_id == round_.id, table.c.run == run
    )
    query = query.order_by(table.c.pupil_code)
    return db.session.connection().execute(query).all()


def frozen_row(round_: Round, run: int, code: str) -> bytes | None:
    """The frozen list of one pupil."""
    query = select(RoundList.row).where(
        RoundList.round_id == round_.id,
        RoundList.run == run,
        RoundList.pupil_code == code,
    )
    return db.session.scalar(query)


def result_of(round_: Round, code: str) -> RoundResult | None:
    """What the last run that took her in gave a pupil."""
    query = select(RoundResult).where(
        RoundResult.round_id == round_.id, RoundResult.pupil_code == code
    )
    return db.session.scalar(query.order_by(RoundResult.run.desc()).limit(1))


def lot_ranks_of(round_: Round, run: int) -> dict[str, int]:
    """The lot of each pupil in a run, by code."""
    query = select(RoundResult.pupil_code, RoundResult.lot_rank).where(
        RoundResult.round_id == round_.id, RoundResult.run == run
    )
    return {row.pupil_code: row.lot_rank for row in db.session.execute(query)}


def outcomes_of(
    round_: Round, run: int, numbers: Collection[int] | None = None
) -> dict[int, RoundOutcome]:
    """What a run left of each seat, or of some, by its number."""
    query = select(RoundOutcome).where(
        RoundOutcome.round_id == round_.id, RoundOutcome.run == run
    )
    if numbers is not None:
        query = query.where(RoundOutcome.seat_no.in_(numbers))
    return {row.seat_no: row for row in db.session.scalars(query)}


def closed_outcomes(round_: Round, run: int) -> Sequence[RoundOutcome]:
    """The seats that a run closed for want of people."""
    query = select(RoundOutcome).where(
        RoundOutcome.round_id == round_.id,
        RoundOutcome.run == run,
        RoundOutcome.is_closed,
        RoundOutcome.capacity > 0,
    )
    return db.session.scalars(query.order_by(RoundOutcome.seat_no).limit(MOST)).all()
