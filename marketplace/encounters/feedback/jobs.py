from collections.abc import Mapping
from typing import Any

from marketplace.encounters.feedback.services import ask_all, forget_words
from marketplace.foundation.clock import now


def ask(_payload: Mapping[str, Any]) -> None:
    """Asks how it was, and empties old words, once a day."""
    ask_all(at=now())
    forget_words(at=now())
