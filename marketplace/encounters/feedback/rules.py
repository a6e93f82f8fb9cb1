from datetime import datetime, timedelta

from marketplace.encounters.applications.enums import TOOK_PART
from marketplace.encounters.applications.models import Application
from marketplace.encounters.feedback.models import Request

# Below so many answers no figure is shown.
FEWEST = 5
# So long after the end one is asked, and so long after the letter one may answer.
ASKED_WITHIN, ANSWERED_WITHIN = timedelta(days=30), timedelta(days=60)
MONTHS_OF_WORDS = 12


def took_place(application: Application) -> bool:
    """Says whether some days were spent there."""
    return application.state in TOOK_PART


def can_answer(request: Request | None, at: datetime) -> bool:
    """Says whether a side may still say how it was; once, and not years later."""
    if request is None or request.is_answered:
        return False
    return at - request.asked_at <= ANSWERED_WITHIN
