from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.postings.lives.services import follow_age
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.services.showing import forget_ended


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Forgets who has ended; asks once a year whether the others still hold."""
    at = now()
    forget_ended(at=at)
    follow_age(RoleModel, at=at)
