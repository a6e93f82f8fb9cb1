from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.postings.lives.services import follow_age
from marketplace.postings.rolemodels.models import RoleModel


def follow_calendar(_payload: Mapping[str, Any]) -> None:
    """Asks once a year whether it still holds, and rests what nobody confirmed."""
    follow_age(RoleModel, at=now())
