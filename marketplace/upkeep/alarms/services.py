from datetime import datetime, timedelta

from marketplace.upkeep.alarms.mails import ALARM, alarm
from marketplace.upkeep.mail.queries import count_of_letters
from marketplace.upkeep.mail.services import queue

# A fault on every page must not fill the mailbox.
MOST_ALARMS, WINDOW = 20, timedelta(hours=1)


def raise_alarm(what: str, number: str, *, recipient: str, at: datetime) -> None:
    """Writes to whoever keeps the site running; at most twenty times an hour."""
    if count_of_letters(ALARM, recipient, since=at - WINDOW) < MOST_ALARMS:
        queue(alarm(what, number, at=at), [recipient], at=at)
