from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.postings.programmes.queries import closed_of_late
from marketplace.postings.programmes.services import index_programme


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Takes out of search what closed of late; safe to run twice."""
    today = day_of(now())
    for programme in db.session.scalars(closed_of_late(today)).all():
        index_programme(programme, on=today)
