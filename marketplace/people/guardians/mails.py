from datetime import date

from flask_babel import force_locale, format_date

from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.models import Letter


def majority_near(child: User, birthday: date) -> Letter:
    """Tells a pupil that she decides alone from her 18th birthday on."""
    words = {"child": child.first_name, "day": _day(birthday)}
    return Letter("majority_near", _("Bald entscheidest du selbst"), words)


def majority_near_guardian(child: User, birthday: date) -> Letter:
    """Tells a guardian that the view ends on that day."""
    subject = _("%(name)s wird volljährig: Ihre Einsicht endet", name=child.first_name)
    words = {"child": child.first_name, "day": _day(birthday)}
    return Letter("majority_near_guardian", subject, words)


def unlinked_guardian(child: User) -> Letter:
    """Tells a guardian that the office has ended a link."""
    subject = _("Die Verknüpfung mit %(name)s ist gelöst", name=child.first_name)
    return Letter("guardian_unlinked", subject, {"child": child.first_name})


def _day(day: date) -> str:
    with force_locale("de"):
        return str(format_date(day, "full"))
