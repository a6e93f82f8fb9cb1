from typing import Any

from flask_babel import force_locale

from marketplace.encounters.applications.models import Application
from marketplace.foundation.language import format_span
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def breach_found(application: Application, sentence: str) -> Letter:
    """Tells the pupil what does not fit any more, and that somebody sees to it."""
    subject = _("Etwas passt nicht mehr: %(title)s", title=_title(application))
    return Letter("breach_found", subject, _words(application, sentence))


def breach_found_guardian(application: Application, sentence: str) -> Letter:
    """Tells the guardian the same."""
    name = application.pupil.first_name
    subject = _("Am Platz von %(name)s passt etwas nicht mehr", name=name)
    return Letter("breach_found_guardian", subject, _words(application, sentence))


def breach_found_company(application: Application, sentence: str) -> Letter:
    """Tells the company what to change; who it is stands on the page."""
    subject = _("Bitte prüfen: %(title)s", title=_title(application))
    words = _words(application, sentence)
    del words["pupil"]
    return Letter("breach_found_company", subject, words)


def _title(application: Application) -> str:
    return application.internship.title


def _words(application: Application, sentence: str) -> dict[str, Any]:
    with force_locale("de"):
        days = format_span(application.period.starts_on, application.period.ends_on)
    return {
        "key": application.public_id,
        "title": _title(application),
        "days": days,
        "sentence": sentence,
        "pupil": application.pupil.first_name,
        "guardian": application.guardian_name,
        "organisation": application.internship.organisation.name,
    }
