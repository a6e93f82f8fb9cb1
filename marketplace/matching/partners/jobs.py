from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from marketplace.foundation.clock import BERLIN, day_of, now
from marketplace.foundation.database import reading, transaction, unlocked
from marketplace.matching.partners.queries import last_begun, weights_version
from marketplace.matching.partners.services.digesting import monday_news, write_news
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild

# When the night's weights, prices and lists are made, Berlin time.
NIGHTLY_AT = time(2, 10)
# So many letters are written at once.
LETTERS = 50
# What was begun is left alone so long: it goes on elsewhere, or it failed.
PAUSE = timedelta(minutes=15)


def send_monday_letters(_payload: Mapping[str, Any]) -> None:
    """Shows organisations their new partners, on Mondays; commits by itself.

    Ranking and reasons take seconds where there are many entries: nobody waits for
    them, and for the letters only some at a time.
    """
    at = now()
    with unlocked():
        news = monday_news(at=at)
    for begin in range(0, len(news), LETTERS):
        with transaction():
            write_news(news[begin : begin + LETTERS], at=at)


def keep_lists_up() -> None:
    """Rebuilds once a day, else takes over what has changed; commits by itself.

    The first lists of an installation do not wait for the night; what failed is begun
    again after a pause.
    """
    at = now()
    with reading():
        version, begun_at = weights_version(), last_begun()
        is_wanted = version is None or is_due(version.day < day_of(at), at)
    if is_wanted and (begun_at is None or begun_at + PAUSE <= at):
        rebuild(at)
    else:
        follow_changes(at=at)


def is_due(is_of_other_day: bool, at: datetime) -> bool:
    """Whether the night has come for lists that are of another day."""
    return is_of_other_day and at.astimezone(BERLIN).time() >= NIGHTLY_AT
