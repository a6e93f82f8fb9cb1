from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.stewardship.duplicates.services.finding import find_pairs


def find(_payload: Mapping[str, Any]) -> None:
    """Looks for pairs, once a night; nobody is asked twice about one."""
    find_pairs(at=now())
