from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import overdue_events
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.services import follow_age, move_posting


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Ends what is over the day after its last one; then follows the age.

    Safe to run twice: what it has moved it no longer finds.
    """
    at = now()
    for event in db.session.scalars(overdue_events(day_of(at))).all():
        move_posting(event, Act.END, actor=None, at=at)
    follow_age(Event, at=at)
