"""Applications follow their periods, when two internships become one."""

from sqlalchemy import update

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.postings.internships.models import Internship


def follow_periods(internship: Internship, to: Internship) -> None:
    """Makes what was begun or sent for one internship stand under another."""
    of_one = Application.internship_id == internship.id
    db.session.execute(update(Application).where(of_one).values(internship_id=to.id))
