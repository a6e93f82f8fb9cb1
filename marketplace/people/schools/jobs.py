from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.people.schools.services.classes import forget_past_classes


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops the classes of past school years, with their codes."""
    forget_past_classes(at=now())
