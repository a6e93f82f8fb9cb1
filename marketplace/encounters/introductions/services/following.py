"""Introductions follow their offer, when two offers become one."""

from sqlalchemy import update

from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.postings.offers.models import Offer


def follow_offer(offer: Offer, to: Offer) -> int:
    """Makes the introductions of one offer those of another; says how many."""
    of_one = Introduction.offer_id == offer.id
    moved = update(Introduction).where(of_one).values(offer_id=to.id)
    return int(db.session.execute(moved).rowcount)  # type: ignore[attr-defined]
