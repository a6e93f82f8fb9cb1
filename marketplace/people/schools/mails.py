from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School
from marketplace.upkeep.mail.models import Letter


def staff_bound(school: School) -> Letter:
    """Tells a person that she acts for a school now."""
    subject = _("Freigeschaltet: %(name)s", name=school.name)
    return Letter("staff_bound", subject, {"name": school.name})


def staff_joined(school: School, user: User) -> Letter:
    """Tells the others of a school who acts for it, too."""
    subject = _("Neu an Ihrer Schule: %(name)s", name=user.name)
    words = {"name": school.name, "person": user.name, "email": user.email}
    return Letter("staff_joined", subject, words)


def staff_refused(school: School, reason: str) -> Letter:
    """Tells a person that the office did not believe her, and why."""
    subject = _("Nicht freigeschaltet: %(name)s", name=school.name)
    return Letter("staff_refused", subject, {"name": school.name, "reason": reason})


def staff_ended(school: School, reason: str) -> Letter:
    """Tells a person that she does not act for a school any more, and why."""
    subject = _("Beendet: Ihr Zugang zu %(name)s", name=school.name)
    return Letter("staff_ended", subject, {"name": school.name, "reason": reason})
