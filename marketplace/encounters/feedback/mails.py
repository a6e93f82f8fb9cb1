from marketplace.encounters.applications.models import Application
from marketplace.encounters.feedback.enums import Asked
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def feedback_asked(application: Application, side: Asked) -> Letter:
    """Asks how it was; says nothing of who came."""
    title = application.internship.title
    words = {"key": application.public_id, "title": title}
    subject = _("Wie war es? %(title)s", title=title)
    return Letter(f"feedback_asked_{side}", subject, words)
