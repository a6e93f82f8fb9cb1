from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.people.guardians.services import end_links_of_adults, tell_of_majority


def follow_birthdays(_payload: Mapping[str, Any]) -> None:
    """Tells of coming birthdays and ends links on them, once a day."""
    tell_of_majority(at=now())
    end_links_of_adults(at=now())
