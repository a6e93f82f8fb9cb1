from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import (
    lapsed_internships,
    overdue_internships,
)
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.queries import stale_postings
from marketplace.postings.lives.rules import year_before
from marketplace.postings.lives.services import move_posting, rest_posting


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Ends what is over; rests what lacks a declaration or a confirmation.

    Safe to run twice: what it has moved it no longer finds.
    """
    at = now()
    today = day_of(at)
    for internship in db.session.scalars(overdue_internships(today)).all():
        move_posting(internship, Act.END, actor=None, at=at)
    for internship in db.session.scalars(lapsed_internships(today)).all():
        why = _("Die Erklärung nach § 25 JArbSchG fehlt oder ist älter als 12 Monate.")
        rest_posting(internship, why, at=at)
    stale = stale_postings(Internship, year_before(today))
    for internship in db.session.scalars(stale).all():
        why = _("Seit 12 Monaten hat niemand bestätigt, dass er noch gilt.")
        rest_posting(internship, why, at=at)
