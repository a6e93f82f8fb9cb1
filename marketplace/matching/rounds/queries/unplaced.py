"""Who was left without a place, for counts alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select

from marketplace.foundation.database import db
from marketplace.matching.rounds.models import Round, RoundEntry, RoundResult
from marketplace.people.accounts.models import Pupil
from marketplace.people.schools.models import School


def unplaced_pupils(after: datetime, until: datetime) -> Sequence[Row[Any]]:
    """Pupils whom no run gave a seat in rounds published in a time, each once.

    With their school, its district, and their interests; `school_id` and
    `district_ags` are empty for who named no school of the list.
    """
    of_hers = and_(
        RoundResult.round_id == RoundEntry.round_id,
        RoundResult.pupil_code == RoundEntry.public_id,
    )
    was_drawn = select(RoundResult.id).where(of_hers).exists()
    has_seat = select(RoundResult.id).where(of_hers, RoundResult.seat_no.is_not(None))
    named = (Pupil.id, Pupil.school_id, School.district_ags, Pupil.interests)
    query = (
        select(*named)
        .join(RoundEntry, RoundEntry.pupil_id == Pupil.user_id)
        .join(Round, Round.id == RoundEntry.round_id)
        .outerjoin(School, School.id == Pupil.school_id)
        .where(Round.published_at > after, Round.published_at <= until)
        .where(was_drawn, ~has_seat.exists())
        .order_by(Pupil.id)
    )
    found: Sequence[Any] = db.session.execute(query).all()
    return list({row.id: row for row in found}.values())
