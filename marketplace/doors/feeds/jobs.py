from collections.abc import Mapping
from typing import Any

from flask import current_app

from marketplace.doors.feeds.services.cards import sweep_cards
from marketplace.foundation.clock import now


def sweep(_payload: Mapping[str, Any]) -> None:
    """Throws away pictures drawn a month ago; who asks for one gets it drawn anew.

    So none outlives by long what it tells of. Safe to run twice.
    """
    sweep_cards(current_app.config["INSTANCE"] / "cards", at=now())
