from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.matching.partners.services.digesting import send_digests


def send_monday_letters(_payload: Mapping[str, Any]) -> None:
    """Shows organisations their new partners, on Mondays."""
    send_digests(at=now())
