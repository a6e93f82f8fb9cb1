from datetime import date

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.models import Application
from marketplace.foundation.language import format_span
from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.models import Letter


def account_leaving(user: User, last_day: date) -> Letter:
    """Tells who has long been away that her account goes, and how it stays."""
    is_pupil = user.role is Role.PUPIL
    subject = _("Dein Konto wird bald gelöscht")
    if not is_pupil:
        subject = _("Ihr Konto wird bald gelöscht")
    with force_locale("de"):
        words = {"name": user.first_name, "is_pupil": is_pupil}
        words["last_day"] = format_date(last_day, "long")
    return Letter("account_leaving", subject, words)


def account_gone(user: User) -> Letter:
    """Tells who has just deleted her account that it is gone, and what stays."""
    is_pupil = user.role is Role.PUPIL
    subject = _("Dein Konto ist gelöscht") if is_pupil else _("Ihr Konto ist gelöscht")
    return Letter("account_gone", subject, {"is_pupil": is_pupil})


def application_gone(application: Application) -> tuple[Letter, Letter]:
    """Tells that nobody comes after all: to the company, and with a name to her own.

    Neither says of which application, for it is gone by then.
    """
    period, title = application.period, application.internship.title
    with force_locale("de"):
        days = format_span(period.starts_on, period.ends_on)
    words = {"title": title, "days": days, "who": ""}
    subject = _("Zurückgezogen: %(title)s", title=title)
    named = words | {"who": application.pupil.first_name}
    name = "application_gone"
    return Letter(name, subject, words), Letter(name, subject, named)
