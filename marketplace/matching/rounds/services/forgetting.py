"""What is known of pupils in a round ends 180 days after it was published."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

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
from marketplace.matching.rounds.queries.rounds import rounds_kept_since
from marketplace.upkeep.mail.services import forget

KEPT = timedelta(days=180)


def forget_rounds(*, at: datetime) -> int:
    """Deletes wishes, consents, lists and results; the numbers stay. Says of how many.

    A round that was never published counts from its closing.
    """
    rounds = rounds_kept_since(at - KEPT)
    for round_ in rounds:
        _forget(round_)
    return len(rounds)


def _forget(round_: Round) -> None:
    own = select(RoundEntry.id).where(RoundEntry.round_id == round_.id)
    for entry_id in db.session.scalars(own).all():
        forget(CONSENT, entry_id)
    for kind in (RoundWish, RoundConsent):
        db.session.execute(delete(kind).where(kind.entry_id.in_(own)))
    for other in (RoundEntry, RoundList, RoundResult):
        db.session.execute(delete(other).where(other.round_id == round_.id))
    round_.seats_row = round_.late_seats_row = None
