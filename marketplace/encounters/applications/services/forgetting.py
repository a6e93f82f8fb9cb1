"""What ended without a placement is kept for a while, and then deleted."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.queries import unchanged_since
from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.database import db
from marketplace.upkeep.mail.services import forget

_S = ApplicationState
# In days from the last change: a refusal, a withdrawal, a lapse. 180 after § 15 Abs. 4
# AGG and § 61b ArbGG; the company sees none of them in the meantime.
KEPT: Mapping[ApplicationState, int] = {
    **dict.fromkeys((_S.DRAFT, _S.REFUSED, _S.UNAPPROVED), 30),
    **dict.fromkeys((_S.DECLINED, _S.UNANSWERED, _S.MISSED, _S.WITHDRAWN), 180),
    **dict.fromkeys((_S.CANCELLED_BY_PUPIL, _S.CANCELLED_BY_COMPANY), 180),
}


def forget_applications(*, at: datetime) -> int:
    """Deletes what was kept long enough, with its letters and links; says how many."""
    count = 0
    for state, days in KEPT.items():
        last_day = day_of(at) - timedelta(days=days + 1)
        for application in unchanged_since(state, end_of(last_day)):
            forget(mails.APPROVAL, application.id)
            forget(mails.SCHOOL, application.id)
            forget(mails.WAY_OUT, application.id)
            db.session.delete(application)
            count += 1
    return count
