import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from marketplace.overview.webhooks.models import Subscription
from marketplace.people.organisations.rules import takes_members

# How long after each try the next one comes; then the message is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
# An address at which nothing arrives for so long is left in peace.
PATIENCE = timedelta(days=3)


def is_listening(subscription: Subscription) -> bool:
    """Says whether messages go to a subscriber now."""
    is_active = subscription.paused_at is None
    return is_active and takes_members(subscription.organisation)


def pause_after(try_count: int) -> timedelta | None:
    """How long to wait after so many tries; None where it was the last one."""
    return PAUSES[try_count - 1] if try_count <= len(PAUSES) else None


def is_lost(failing_since: datetime | None, at: datetime) -> bool:
    """Says whether an address has failed for too long."""
    return failing_since is not None and at - failing_since >= PATIENCE


def signature_of(secret: str, body: str, at: datetime) -> str:
    """What proves who sent it, and when: HMAC-SHA256 of seconds, dot and body."""
    seconds = int(at.timestamp())
    signed = f"{seconds}.{body}".encode()
    proof = hmac.new(secret.encode(), signed, sha256).hexdigest()
    return f"t={seconds},v1={proof}"
