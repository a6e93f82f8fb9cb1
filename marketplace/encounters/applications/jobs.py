from collections.abc import Mapping
from typing import Any

from marketplace.encounters.applications.services.deadlines import (
    forget_origins,
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.ending import follow_days
from marketplace.encounters.applications.services.telling import (
    tell_of_change as posting_changed,
)
from marketplace.encounters.applications.services.waiting import close_lists
from marketplace.foundation.clock import now


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends and reminds, once a day."""
    lapse_applications(at=now())
    close_lists(at=now())
    follow_days(at=now())
    remind(at=now())
    forget_origins(at=now())


def tell_of_change(payload: Mapping[str, Any]) -> None:
    """Tells who applied that dates, hours or tasks changed, or of a freeze."""
    posting_changed(payload["internship_id"], payload["change"], at=now())
