from collections.abc import Mapping
from typing import Any

from marketplace.encounters.watchlist.services import forget_lists
from marketplace.foundation.clock import now


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops the lists of those who have long been away, once a day."""
    forget_lists(at=now())
