from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.matching.gaps.services.registering import forget_whose, register_gaps


def register(_payload: Mapping[str, Any]) -> None:
    """Writes the register of the day, and forgets whose old rows were."""
    register_gaps(at=now())
    forget_whose(at=now())
