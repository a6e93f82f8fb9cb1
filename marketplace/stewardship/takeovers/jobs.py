from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.stewardship.takeovers.queries import (
    forgotten_takeovers,
    old_takeovers,
)
from marketplace.stewardship.takeovers.services.giving import discard_file

# A file that was only looked at is forgotten, and so are reports in the end.
CHOSEN_FOR, REPORTS_FOR = timedelta(days=7), timedelta(days=365)


def tidy(_payload: Mapping[str, Any]) -> None:
    """Throws away what was given and never taken over, and reports after a year."""
    at = now()
    for takeover in db.session.scalars(forgotten_takeovers(at - CHOSEN_FOR)).all():
        discard_file(takeover, actor=None, at=at)
    for takeover in db.session.scalars(old_takeovers(at - REPORTS_FOR)).all():
        db.session.delete(takeover)
