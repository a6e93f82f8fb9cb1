from collections.abc import Mapping
from typing import Any

from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
    remind_silent_sides,
)
from marketplace.foundation.clock import now


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends and reminds, once a day."""
    expire_introductions(at=now())
    remind_silent_sides(at=now())
