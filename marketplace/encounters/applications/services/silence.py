"""What follows where a company does not answer: a nudge, then a posting that rests."""

from datetime import datetime

from flask_babel import force_locale

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import unanswered_count
from marketplace.encounters.applications.rules import can_nudge
from marketplace.encounters.applications.services.moving import write_company
from marketplace.foundation.clock import end_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import rest_posting
from marketplace.upkeep.audit.services import record

MOST_UNANSWERED = 3


def nudge(application: Application, *, actor: User, at: datetime) -> None:
    """Asks a silent company, once and kindly, from the tenth day on."""
    if application.nudged_at:
        raise Refusal(_("Du hast schon einmal nachgefragt. Jetzt heißt es warten."))
    if not can_nudge(application, at):
        raise Refusal(
            _("Nachfragen geht ab dem zehnten Tag, solange keine Antwort da ist.")
        )
    application.nudged_at = at
    record("application.nudged", application, actor=actor, at=at)
    write_company(mails.application_nudge(application), application, at=at)


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
