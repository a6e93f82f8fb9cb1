from collections.abc import Mapping
from typing import Any

from marketplace.encounters.attendances.services.following import (
    follow_days as go_on,
)
from marketplace.encounters.attendances.services.following import tell_of_the_eve
from marketplace.foundation.clock import now


def follow_days(_payload: Mapping[str, Any]) -> None:
    """Begins and ends placements and writes the letters of the eve, once a day."""
    go_on(at=now())
    tell_of_the_eve(at=now())


def tell_late(_payload: Mapping[str, Any]) -> None:
    """Writes the letters of the eve to whoever confirmed after they had gone."""
    tell_of_the_eve(at=now())
