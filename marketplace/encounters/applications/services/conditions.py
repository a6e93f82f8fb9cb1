"""What must hold around an application before it goes a step further."""

from datetime import datetime

from flask_babel import format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import is_served
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import (
    is_open_on,
    last_day_to_apply,
    takes_applications,
)
from marketplace.region.labour.enums import Basis


def require_taken(period: Period, basis: Basis, *, at: datetime) -> None:
    """Refuses a period for which nobody can apply (any more), and a wrong basis."""
    internship, day = period.internship, day_of(at)
    is_known = is_verified(internship.organisation)
    if not is_known or not takes_applications(internship) or not period.is_open:
        raise Refusal(_("Hier kannst du dich gerade nicht bewerben."))
    if not is_open_on(period, day):
        last_day = format_date(last_day_to_apply(period), "long")
        raise Refusal(
            _("Bewerben ging nur bis %(day)s. Nimm andere Tage.", day=last_day)
        )
    if basis not in internship.bases:
        raise Refusal(_("Diese Art gibt es hier nicht. Wähl die andere."))


def require_class(internship: Internship, level: int) -> None:
    """Refuses a class for which the company does not offer it, and says for which."""
    first, last = internship.grade_from or 0, internship.grade_to or level
    if first <= level <= last:
        return
    words = _("ab Klasse %(first)s", first=first)
    if internship.grade_to:
        words = _("bis Klasse %(last)s", last=last)
        if first:
            words = _("von Klasse %(first)s bis %(last)s", first=first, last=last)
    raise Refusal(
        _("Dieses Praktikum ist %(classes)s.", classes=words)
        + " "
        + _("Such etwas für deine Klasse, oder sieh nach, ob sie oben stimmt.")
    )


def require_ahead(application: Application, *, familiar: bool, at: datetime) -> None:
    """Refuses from the first day on what only makes sense before it."""
    if application.period.starts_on > day_of(at):
        return
    if familiar:
        raise Refusal(_("Der Zeitraum hat schon begonnen. Nimm andere Tage."))
    raise Refusal(_("Der Zeitraum hat schon begonnen. Jetzt geht das nicht mehr."))


def require_served(application: Application, *, familiar: bool) -> None:
    """Refuses while the office has stopped the company or its posting."""
    if is_served(application):
        return
    if familiar:
        raise Refusal(
            _("Dieser Betrieb ist gerade gesperrt. Die Bewerbung bleibt stehen.")
            + " "
            + _("Frag die Koordinationsstelle.")
        )
    raise Refusal(
        _("Dieser Betrieb oder dieses Praktikum ist gerade gesperrt.")
        + " "
        + _("Bitte fragen Sie die Koordinationsstelle.")
    )
