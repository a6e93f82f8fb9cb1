"""What fills the gaps of a sentence: the posting, and nothing that somebody typed."""

from datetime import date, datetime

from marketplace.encounters.applications.models import Application
from marketplace.encounters.messages.enums import Phrase
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.rules import dates_of


def place_of(internship: Internship) -> str:
    """Where the posting says that it is."""
    street = internship.site.street if internship.site else ""
    town = f"{internship.postal_code or ''} {internship.place_name or ''}".strip()
    place = ", ".join(part for part in (street, town) if part)
    if not place:
        raise Refusal(_("In der Anzeige steht noch kein Ort. Ergänzen Sie ihn dort."))
    return place


def person_of(internship: Internship, supervisor_id: int | None) -> str:
    """A supervisor as the page of the posting names her; refuses anybody else."""
    for person in internship.supervisors:
        if person.id == supervisor_id:
            words = (person.first_name, person.function)
            return ", ".join(part for part in words if part)
    raise Refusal(_("Wählen Sie jemanden, der in der Anzeige als Betreuung steht."))


def require_day(
    application: Application, phrase: Phrase, day: date | None, *, at: datetime
) -> None:
    """Refuses a first day that is none of the period, a visit outside the weeks before.

    What is over is refused, too.
    """
    period, today = application.period, day_of(at)
    if day is None or day < today:
        raise Refusal(_("Dieser Tag ist schon vorbei."))
    if phrase is Phrase.FIRST_DAY and day not in dates_of(period):
        raise Refusal(_("Dieser Tag gehört nicht zum Praktikum."))
    if phrase is Phrase.COME_BEFORE and day >= period.starts_on:
        raise Refusal(_("Ein Besuch liegt vor dem ersten Tag."))
