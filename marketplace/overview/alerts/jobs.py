from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.overview.alerts.services.missing import count_hits, count_missed
from marketplace.overview.alerts.services.telling import tell_news


def tell(_payload: Mapping[str, Any]) -> None:
    """Writes about what is new, every five minutes."""
    tell_news(at=now())


def look_after(_payload: Mapping[str, Any]) -> None:
    """Counts what searches find, and whose find nothing, once a day."""
    count_hits(at=now())
    count_missed(at=now())
