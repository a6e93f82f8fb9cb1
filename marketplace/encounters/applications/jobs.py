from collections.abc import Mapping
from typing import Any

from marketplace.encounters.applications.services.deadlines import (
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.ending import follow_days
from marketplace.foundation.clock import now


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends and reminds, once a day."""
    lapse_applications(at=now())
    follow_days(at=now())
    remind(at=now())
