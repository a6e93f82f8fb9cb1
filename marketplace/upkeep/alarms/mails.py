from datetime import datetime

from marketplace.foundation.clock import BERLIN
from marketplace.foundation.language import _
from marketplace.upkeep.mail.models import Letter

ALARM = "alarm"


def alarm(what: str, number: str, *, at: datetime) -> Letter:
    """Says what failed and under which number the log tells of it."""
    moment = at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M:%S")
    return Letter(
        ALARM,
        _("Störung: %(what)s", what=what),
        {"what": what, "number": number, "moment": moment},
    )
