"""The log of who looked at whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.foundation.database import afterwards, db
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def note_found(people: Sequence[User], *, actor: User, at: datetime) -> None:
    """Notes that somebody of the office saw these accounts, whatever is answered."""
    if not people:
        return
    ids, reader_id = [user.id for user in people], actor.id
    afterwards(lambda: _note(ids, reader_id, at))


def _note(ids: Sequence[int], reader_id: int, at: datetime) -> None:
    """Reads all of them at once: what the page had read is gone by now."""
    query = select(User).where(User.id.in_([*ids, reader_id]))
    found = {user.id: user for user in db.session.scalars(query)}
    for user_id in ids:
        if user_id in found:
            record("account.read", found[user_id], actor=found[reader_id], at=at)
