"""What follows for a posting whose company does not answer."""

from datetime import datetime

from flask_babel import force_locale

from marketplace.encounters.applications.queries import unanswered_count
from marketplace.foundation.clock import end_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import rest_posting

MOST_UNANSWERED = 3


def rest_if_silent(internship: Internship, *, at: datetime) -> None:
    """Lets an open internship rest once three applications to it went unanswered.

    It counts from the day after somebody last opened or confirmed it.
    """
    if internship.state is not PostingState.PUBLISHED or not internship.confirmed_on:
        return
    db.session.flush()  # the one that lapsed just now counts
    count = unanswered_count(internship, end_of(internship.confirmed_on))
    if count >= MOST_UNANSWERED:
        with force_locale("de"):
            why = _("Drei Bewerbungen sind ohne Antwort geblieben.")
        rest_posting(internship, why, at=at)
