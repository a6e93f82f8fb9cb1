from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import (
    lapsed_internships,
    overdue_internships,
)
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.services import follow_age, move_posting, rest_posting


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Ends what is over; rests what lacks a declaration; then follows the age.

    Safe to run twice: what it has moved it no longer finds.
    """
    at = now()
    today = day_of(at)
    for internship in db.session.scalars(overdue_internships(today)).all():
        move_posting(internship, Act.END, actor=None, at=at)
    with force_locale("de"):
        why = _("Die Erklärung nach § 25 JArbSchG fehlt oder ist älter als 12 Monate.")
    for internship in db.session.scalars(lapsed_internships(today)).all():
        rest_posting(internship, why, at=at)
    follow_age(Internship, at=at)
