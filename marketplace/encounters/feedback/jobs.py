from collections.abc import Mapping
from typing import Any

from marketplace.encounters.feedback.services import ask_all
from marketplace.foundation.clock import now


def ask(_payload: Mapping[str, Any]) -> None:
    """Asks how it was, once a day."""
    ask_all(at=now())
