"""What is kept of partnerships that are over."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from marketplace.encounters.introductions.services.forgetting import (
    forget_introductions,
)
from marketplace.encounters.partnerships.enums import RUNNING
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipFeedback,
    PartnershipLine,
)
from marketplace.foundation.database import db


def forget_pairs(introduction_ids: Sequence[int]) -> None:
    """Takes out introductions, and with them partnerships, feedback and log."""
    of_them = Partnership.introduction_id.in_(introduction_ids)
    for part in (PartnershipLine, PartnershipFeedback):
        whole = select(Partnership.id).where(of_them)
        db.session.execute(delete(part).where(part.partnership_id.in_(whole)))
    db.session.execute(delete(Partnership).where(of_them))
    forget_introductions(introduction_ids)


def forget_deciders() -> None:
    """Names nobody any more who decided for a school, once a partnership has ended.

    That it was decided, and when, stays.
    """
    db.session.execute(
        update(Partnership)
        .where(Partnership.state.not_in(RUNNING), Partnership.decided_by != "")
        .values(decided_by="")
    )
