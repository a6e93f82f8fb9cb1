from datetime import date

from flask_babel import force_locale, format_date

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
