from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Float, Row, case, cast, func, select
from sqlalchemy.orm import defer

from marketplace.encounters.introductions.enums import LIVE
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import GapEnd
from marketplace.matching.gaps.models import Gap
from marketplace.matching.partners.models import Listed
from marketplace.matching.quality.models import QualityFigure
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import NeedLine, Offer

# So many months are drawn, and so many explanations are read each night.
SHOWN_MONTHS, READ_PAIRS = 12, 100


def shown_counts() -> dict[int, int]:
    """In how many stored lists each profile stands."""
    rows = db.session.execute(
        select(Listed.other_id, func.count()).group_by(Listed.other_id)
    )
    counts: dict[int, int] = dict(rows.all())
    return counts


def first_pairs() -> Sequence[Row[int, int]]:
    """Readers and their first partners, some of them."""
    query = select(Listed.profile_id, Listed.other_id).where(Listed.rank == 1)
    return db.session.execute(query.order_by(Listed.id).limit(READ_PAIRS)).all()


def ended_introductions() -> Sequence[Introduction]:
    """All that have come to an end, whatever became of them."""
    query = select(Introduction).where(Introduction.state.not_in(LIVE))
    query = query.options(defer(Introduction.reasons), defer(Introduction.parts))
    return db.session.scalars(query.order_by(Introduction.id)).all()


def agreed_shares(published_before: datetime) -> Row[int, Any, Any]:
    """Of need lines with a quantity in public offers: how much of them is agreed.

    How many there are, the mean share that is agreed, and how many are wholly so.
    """
    agreed = cast(NeedLine.quantity - NeedLine.open_quantity, Float)
    query = (
        select(
            func.count(),
            func.avg(agreed / NeedLine.quantity),
            func.sum(case((NeedLine.open_quantity == 0, 1), else_=0)),
        )
        .join(Offer, Offer.id == NeedLine.offer_id)
        .where(
            Offer.state == PostingState.PUBLISHED,
            Offer.published_at <= published_before,
            NeedLine.quantity.is_not(None),
        )
    )
    return db.session.execute(query).one()


def closed_gap_count(quarter: str) -> int:
    """How many gaps of a quarter were covered within it."""
    query = select(func.count(Gap.id)).where(
        Gap.quarter == quarter, Gap.closed_by == GapEnd.COVERED
    )
    return db.session.scalar(query) or 0


def figures_since(month: str) -> Sequence[QualityFigure]:
    """What was measured from a month on, the oldest first."""
    query = select(QualityFigure).where(QualityFigure.month >= month)
    return db.session.scalars(query.order_by(QualityFigure.month)).all()
