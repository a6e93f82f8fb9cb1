from datetime import date

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.models import Application
from marketplace.foundation.language import format_span
from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import ClassPeriod, SchoolClass
from marketplace.upkeep.mail.models import Letter


def place_reminder(own: SchoolClass, period: ClassPeriod, pupil: User) -> Letter:
    """Reminds a pupil that she has no place yet for the period of her class."""
    with force_locale("de"):
        days = format_span(period.starts_on, period.ends_on)
    words = {
        "pupil": pupil.first_name,
        "school": own.school.name,
        "days": days,
        "first": period.starts_on.isoformat(),
        "last": period.ends_on.isoformat(),
    }
    return Letter("place_reminder", _("Dein Platz fürs Praktikum fehlt noch"), words)


def visit_noted(application: Application, day: date | None) -> Letter:
    """Tells the pupil on which day somebody of her school comes; None: not at all."""
    words = _words(application, day) | {"pupil": application.pupil.first_name}
    return Letter("visit_noted", _("Besuch aus der Schule im Praktikum"), words)


def visit_noted_company(application: Application, day: date | None) -> Letter:
    """Tells the company the same; nothing of the pupil stands in the letter."""
    subject = _("Besuch aus der Schule: %(title)s", title=application.internship.title)
    return Letter("visit_noted_company", subject, _words(application, day))


def _words(application: Application, day: date | None) -> dict[str, object]:
    with force_locale("de"):
        told = format_date(day, "full") if day else ""
    return {
        "key": application.public_id,
        "title": application.internship.title,
        "organisation": application.internship.organisation.name,
        "day": told,
    }
