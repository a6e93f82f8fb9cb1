"""What is known of pupils in a round ends; the numbers stay."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update

from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.matching.rounds.mails import CONSENT
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundList,
    RoundResult,
    RoundWish,
)
from marketplace.upkeep.mail.services import forget_all

KEPT_DAYS = 180


def rounds_before(day: date) -> Select[Any]:
    """The numbers of rounds published before a day whose lists are still there.

    One that was never published counts from its closing.
    """
    has_entries = select(RoundEntry.id).where(RoundEntry.round_id == Round.id).exists()
    ended_at = func.coalesce(Round.published_at, Round.closes_at)
    query = select(Round.id).where(ended_at < start_of(day), has_entries)
    return query.order_by(Round.id)


def forget_rounds(ids: Sequence[int]) -> None:
    """Deletes wishes, consents, lists and results of some rounds."""
    _forget_entries(RoundEntry.round_id.in_(ids))
    for kind in (RoundList, RoundResult):
        db.session.execute(delete(kind).where(kind.round_id.in_(ids)))
    empty = {"seats_row": None, "late_seats_row": None}
    db.session.execute(update(Round).where(Round.id.in_(ids)).values(empty))


def forget_pupil(user_id: int) -> None:
    """Deletes what a pupil wished in all rounds, the frozen lists among it.

    The hash of those lists stays, though nobody can compute it any more.
    """
    is_hers = RoundEntry.pupil_id == user_id
    codes = select(RoundEntry.public_id).where(is_hers)
    for kind in (RoundList, RoundResult):
        db.session.execute(delete(kind).where(kind.pupil_code.in_(codes)))
    _forget_entries(is_hers)


def _forget_entries(condition: ColumnElement[bool]) -> None:
    own = select(RoundEntry.id).where(condition)
    forget_all(CONSENT, own)
    for kind in (RoundWish, RoundConsent):
        db.session.execute(delete(kind).where(kind.entry_id.in_(own)))
    db.session.execute(delete(RoundEntry).where(condition))
