from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.people.tokens.services import forget_reservations


def forget(_payload: Mapping[str, Any]) -> None:
    """Forgets under which keys programs sent something, after a week."""
    forget_reservations(at=now())
