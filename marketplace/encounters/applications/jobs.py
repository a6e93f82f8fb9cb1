from collections.abc import Mapping
from typing import Any

from marketplace.encounters.applications.services import telling
from marketplace.encounters.applications.services.deadlines import (
    forget_origins,
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.majority import pass_on
from marketplace.encounters.applications.services.waiting import close_lists
from marketplace.foundation.clock import now


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends and reminds, once a day."""
    lapse_applications(at=now())
    close_lists(at=now())
    pass_on(at=now())
    remind(at=now())
    forget_origins(at=now())


def lapse(_payload: Mapping[str, Any]) -> None:
    """Ends what is overdue, at the minute an offer to who moved up runs out."""
    lapse_applications(at=now())


def tell_of_change(payload: Mapping[str, Any]) -> None:
    """Tells who applied that dates, hours or tasks changed, or of a freeze."""
    telling.tell_of_change(payload["internship_id"], payload["change"], at=now())


def tell_of_organisation(payload: Mapping[str, Any]) -> None:
    """Tells who applied that a company is frozen, or no longer."""
    organisation_id, change = payload["organisation_id"], payload["change"]
    telling.tell_of_organisation(organisation_id, change, at=now())
