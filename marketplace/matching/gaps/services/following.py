"""Gaps follow their offer, when two offers become one."""

from sqlalchemy import update

from marketplace.foundation.database import db
from marketplace.matching.gaps.models import Gap
from marketplace.postings.offers.models import Offer


def follow_offer(offer: Offer, to: Offer) -> None:
    """Makes the gaps of one offer those of another."""
    moved = update(Gap).where(Gap.offer_id == offer.id).values(offer_id=to.id)
    db.session.execute(moved)
