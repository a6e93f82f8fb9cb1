"""Applications follow their periods, when two internships become one."""

from sqlalchemy import update

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.postings.internships.models import Internship


def follow_periods(internship: Internship, to: Internship) -> int:
    """Makes what was sent for one internship stand under another; says how many."""
    of_one = Application.internship_id == internship.id
    moved = update(Application).where(of_one).values(internship_id=to.id)
    return int(db.session.execute(moved).rowcount)  # type: ignore[attr-defined]
