from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.people.organisations.services.inviting import forget_invitations


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops invitations that ended long ago."""
    forget_invitations(at=now())
