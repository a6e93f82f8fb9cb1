from collections.abc import Mapping
from typing import Any

from marketplace.encounters.placements.services.caring import forget_past_visits
from marketplace.foundation.clock import now


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops the visits of past school years."""
    forget_past_visits(at=now())
