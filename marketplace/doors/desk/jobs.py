from collections.abc import Mapping
from typing import Any

from marketplace.doors.desk.services import forget_cares


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops who looks after what is done."""
    forget_cares()
