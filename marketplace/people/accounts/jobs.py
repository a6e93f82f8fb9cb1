from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.people.accounts.services.sign_ins import forget_old_attempts


def forget(_payload: Mapping[str, Any]) -> None:
    """Drops old failures and what nobody is signed in by any more."""
    forget_old_attempts(at=now())
