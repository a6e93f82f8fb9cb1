from collections.abc import Mapping
from typing import Any

from marketplace.encounters.applications.services.deadlines import (
    forget_origins,
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.ending import follow_days
from marketplace.encounters.applications.services.waiting import close_lists
from marketplace.foundation.clock import now


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends and reminds, once a day."""
    lapse_applications(at=now())
    close_lists(at=now())
    follow_days(at=now())
    remind(at=now())
    forget_origins(at=now())
