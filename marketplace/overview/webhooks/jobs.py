from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.overview.webhooks import services
from marketplace.overview.webhooks.enums import Subject


def gather(_payload: Mapping[str, Any]) -> None:
    """Looks for what changed, every five minutes; nothing is lost with one job."""
    services.gather(at=now())


def tell_of_owner(payload: Mapping[str, Any]) -> None:
    """Tells a subscriber of the next things of an organisation that came or went."""
    services.tell_of_owner(
        payload["subscription_id"],
        Subject(payload["subject"]),  # type: ignore[call-arg]
        payload["owner_id"],
        payload["after"],
        at=now(),
    )


def deliver(payload: Mapping[str, Any]) -> None:
    """Sends one message."""
    services.deliver(payload["delivery_id"], at=now())


def forget(_payload: Mapping[str, Any]) -> None:
    """Forgets old messages, once a day."""
    services.forget_deliveries(at=now())
