"""The log of who looked at whom."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.foundation.database import afterwards
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record_each


def note_found(people: Sequence[User], *, actor: User, at: datetime) -> None:
    """Notes that somebody of the office saw these accounts, whatever is answered."""
    ids, reader_id = [user.id for user in people], actor.id
    if ids:
        afterwards(
            lambda: record_each("account.read", User, ids, actor_id=reader_id, at=at)
        )
