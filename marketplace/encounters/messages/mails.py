from typing import Any

from flask_babel import force_locale

from marketplace.encounters.applications.models import Application
from marketplace.encounters.messages.models import Message
from marketplace.encounters.messages.rules import said_in
from marketplace.foundation.clock import days_after, end_of
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter, LinkRequest

# What the link in a letter to the guardian opens, and how long after the last day.
LINK, LINK_DAYS = "messages", 30


def message_to_pupil(application: Application) -> Letter:
    """Tells the pupil that the company has said something; not what."""
    subject = _("Neue Nachricht: %(title)s", title=application.internship.title)
    return Letter("message_to_pupil", subject, _words(application))


def message_to_company(application: Application) -> Letter:
    """Tells the company that there is a question; neither whose nor which."""
    subject = _("Neue Nachricht: %(title)s", title=application.internship.title)
    return Letter("message_to_company", subject, _words(application))


def message_to_guardian(application: Application) -> Letter:
    """Tells the guardian that the company has written; the link leads there."""
    subject = _("Der Betrieb hat Ihnen geschrieben")
    words = _words(application) | _people(application)
    return Letter("message_to_guardian", subject, words, _link(application))


def message_copy(application: Application, message: Message) -> Letter:
    """Gives the guardian a copy of what was said between pupil and company."""
    with force_locale("de"):
        said = [said_in(message), message.words]
    words = _words(application) | _people(application)
    words |= {"said": [part for part in said if part], "speaker": message.speaker.value}
    name = application.pupil.first_name
    subject = _("Kopie: Nachricht zum Praktikum von %(name)s", name=name)
    return Letter("message_copy", subject, words, _link(application))


def _words(application: Application) -> dict[str, Any]:
    """Words that say nothing of who applies."""
    return {"key": application.public_id, "title": application.internship.title}


def _people(application: Application) -> dict[str, Any]:
    return {
        "pupil": application.pupil.first_name,
        "guardian": application.guardian_name,
        "organisation": application.internship.organisation.name,
    }


def _link(application: Application) -> LinkRequest:
    until = days_after(end_of(application.period.ends_on), LINK_DAYS)
    return LinkRequest(LINK, application.id, "messages.by_letter", until)
