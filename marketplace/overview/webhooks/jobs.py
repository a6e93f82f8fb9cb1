from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.overview.webhooks import services


def gather(_payload: Mapping[str, Any]) -> None:
    """Looks for what changed, every five minutes; nothing is lost with one job."""
    services.gather(at=now())


def deliver(payload: Mapping[str, Any]) -> None:
    """Sends one message."""
    services.deliver(payload["delivery_id"], at=now())


def forget(_payload: Mapping[str, Any]) -> None:
    """Forgets old messages, once a day."""
    services.forget_deliveries(at=now())
