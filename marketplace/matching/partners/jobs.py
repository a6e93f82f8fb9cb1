from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from marketplace.foundation.clock import BERLIN, day_of, now
from marketplace.matching.partners.queries import weights_version
from marketplace.matching.partners.services.digesting import send_digests
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild

# When the night's weights, prices and lists are made, Berlin time.
NIGHTLY_AT = time(2, 10)


def send_monday_letters(_payload: Mapping[str, Any]) -> None:
    """Shows organisations their new partners, on Mondays."""
    send_digests(at=now())


def keep_lists_up() -> None:
    """Rebuilds once a day, else takes over what has changed; commits by itself.

    The first lists of an installation do not wait for the night.
    """
    at = now()
    version = weights_version()
    is_first = version is None or version.stored_at is None
    if is_first or (version and is_due(version.day < day_of(at), at)):
        rebuild(at)
    else:
        follow_changes(at=at)


def is_due(is_of_other_day: bool, at: datetime) -> bool:
    """Whether the night has come for lists that are of another day."""
    return is_of_other_day and at.astimezone(BERLIN).time() >= NIGHTLY_AT
