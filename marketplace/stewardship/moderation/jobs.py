from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.foundation.clock import now
from marketplace.stewardship.moderation import services


def sum_up(payload: Mapping[str, Any]) -> None:
    """Writes to the office once about all reports of an hour."""
    services.sum_up(datetime.fromisoformat(payload["since"]), at=now())
