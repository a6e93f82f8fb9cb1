from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.services import follow_age, move_posting
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import overdue_offers


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Ends what is over the day after its last one; then follows the age.

    Safe to run twice: what it has moved it no longer finds.
    """
    at = now()
    for offer in db.session.scalars(overdue_offers(day_of(at))).all():
        move_posting(offer, Act.END, actor=None, at=at)
    follow_age(Offer, at=at)
