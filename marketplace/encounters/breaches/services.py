from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.breaching import breach_of
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.breaches import mails
from marketplace.people.organisations.rules import is_verified
from marketplace.upkeep.audit.services import record


def judge_places(places: Sequence[Application], *, at: datetime) -> int:
    """Judges places anew and says how many broke a rule that was not known before."""
    return sum(judge_place(application, at=at) for application in places)


def judge_place(application: Application, *, at: datetime) -> bool:
    """Judges one place anew; says whether it breaks a rule that was not known before.

    All sides are told once of each rule. What is lawful again, or was bad on days that
    are over, waits for nobody; the record of it stays.
    """
    with force_locale("de"):  # as the letters
        breach = breach_of(application, familiar=True, at=at)
    if breach is None:
        _close(application, at=at)
        return False
    if application.breach == breach.key.value:
        return False
    application.breach = breach.key.value
    application.breached_at = application.breached_at or at
    record("application.breach_found", application, actor=None, at=at)
    _tell(application, breach.sentence, at=at)
    return True


def _close(application: Application, *, at: datetime) -> None:
    if application.breach:
        application.breach = application.breached_at = None
        record("application.breach_ended", application, actor=None, at=at)


def _tell(application: Application, sentence: str, *, at: datetime) -> None:
    """A company that the office does not vouch for hears of nobody."""
    with force_locale("de"):
        breach = breach_of(application, familiar=False, at=at)
    polite = breach.sentence if breach else sentence
    write_pupil(mails.breach_found(application, sentence), application, at=at)
    letter = mails.breach_found_guardian(application, polite)
    write_guardian(letter, application, at=at)
    if is_verified(application.internship.organisation):
        letter = mails.breach_found_company(application, polite)
        write_company(letter, application, at=at)
