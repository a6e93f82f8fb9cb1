"""What is over long enough is forgotten, with its log."""

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, delete, select

from marketplace.encounters.introductions.enums import LIVE, IntroductionState
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionEvent,
    IntroductionLine,
    IntroductionRelease,
)
from marketplace.foundation.database import db

KEPT_MONTHS = 24
PARTS = (IntroductionEvent, IntroductionRelease, IntroductionLine)


def long_over(at: datetime) -> Select[Any]:
    """The numbers of introductions that ended, with what followed, 24 months ago."""
    latest = at - relativedelta(months=KEPT_MONTHS)
    failed = Introduction.state.not_in((*LIVE, IntroductionState.AGREED))
    return select(Introduction.id).where(
        (failed & (Introduction.ended_at <= latest)) | (Introduction.over_at <= latest)
    )


def forget_introductions(*, at: datetime) -> int:
    """Takes those out, with lines, releases and log; says how many.

    What followed from them must be gone already.
    """
    ids = db.session.scalars(long_over(at)).all()
    for part in PARTS:
        db.session.execute(delete(part).where(part.introduction_id.in_(long_over(at))))
    db.session.execute(delete(Introduction).where(Introduction.id.in_(long_over(at))))
    return len(ids)
