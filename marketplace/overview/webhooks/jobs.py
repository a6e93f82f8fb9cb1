from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marketplace.foundation.clock import now
from marketplace.overview.webhooks import services
from marketplace.upkeep.jobs.services import ask_for

# While anybody listens, the record is read so often.
EVERY = timedelta(minutes=5)


def gather(_payload: Mapping[str, Any]) -> None:
    """Looks for what changed; while anybody listens, it leaves the next look.

    The hour begins it anew, so that nothing is lost with one job.
    """
    at = now()
    if services.gather(at=at):
        due = at + EVERY
        name = f"webhooks.gather {due:%Y-%m-%dT%H}:{due.minute // 5}"
        ask_for("webhooks.gather", name=name, due_at=due)


def deliver(payload: Mapping[str, Any]) -> None:
    """Sends one message."""
    services.deliver(payload["delivery_id"], at=now())


def forget(_payload: Mapping[str, Any]) -> None:
    """Forgets old messages, once a day."""
    services.forget_deliveries(at=now())
