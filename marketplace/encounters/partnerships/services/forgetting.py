"""What is kept of partnerships that are over, and for how long."""

from datetime import datetime

from sqlalchemy import delete, select, update

from marketplace.encounters.introductions.services.forgetting import (
    forget_introductions,
    long_over,
)
from marketplace.encounters.partnerships.enums import RUNNING
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipFeedback,
    PartnershipLine,
)
from marketplace.foundation.database import db


def forget_partnerships(*, at: datetime) -> int:
    """Takes out pairs that were over 24 months ago, and says how many.

    With them go their partnerships, feedback and log. Who decided for a school is no
    longer named once a partnership has ended; that it was decided, and when, stays.
    """
    over = select(Partnership.id).where(Partnership.introduction_id.in_(long_over(at)))
    for part in (PartnershipLine, PartnershipFeedback):
        db.session.execute(delete(part).where(part.partnership_id.in_(over)))
    db.session.execute(
        delete(Partnership).where(Partnership.introduction_id.in_(long_over(at)))
    )
    db.session.execute(
        update(Partnership)
        .where(Partnership.state.not_in(RUNNING), Partnership.decided_by != "")
        .values(decided_by="")
    )
    return forget_introductions(at=at)
