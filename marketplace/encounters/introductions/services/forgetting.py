"""What is over long enough is forgotten, with its log."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select

from marketplace.encounters.introductions.enums import LIVE, IntroductionState
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionEvent,
    IntroductionLine,
    IntroductionRelease,
)
from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db


def over_before(day: date) -> Select[Any]:
    """The numbers of introductions that ended before a day, with what followed."""
    failed = Introduction.state.not_in((*LIVE, IntroductionState.AGREED))
    first = start_of(day)
    query = select(Introduction.id).where(
        (failed & (Introduction.ended_at < first)) | (Introduction.over_at < first)
    )
    return query.order_by(Introduction.id)


def forget_introductions(ids: Sequence[int]) -> None:
    """Takes some out, with lines, releases and log; what followed must be gone."""
    for part in (IntroductionEvent, IntroductionRelease, IntroductionLine):
        db.session.execute(delete(part).where(part.introduction_id.in_(ids)))
    db.session.execute(delete(Introduction).where(Introduction.id.in_(ids)))
