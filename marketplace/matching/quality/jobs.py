from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.foundation.database import unlocked
from marketplace.matching.quality.services.measuring import keep, measured


def measure(_payload: Mapping[str, Any]) -> None:
    """Keeps the figures of the night."""
    at = now()
    with unlocked():
        found = measured(at)
    keep(found, at=at)
