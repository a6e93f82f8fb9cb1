"""What was deleted after a backup was written is deleted again once it is restored."""

from collections.abc import Iterable
from datetime import datetime

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.stewardship.privacy.services.erasing import (
    erase_account,
    erase_applications,
)
from marketplace.stewardship.privacy.services.noting import Gone, mark_of


def delete_again(gone: Iterable[Gone], *, at: datetime) -> int:
    """Deletes what is listed and came back; says how much that was."""
    count = 0
    for one in gone:
        thing = _thing(one)
        if thing is None or mark_of(thing) != one.mark:
            continue
        if isinstance(thing, User):
            erase_account(thing, at=at)
        else:
            erase_applications([thing.id], at)
        count += 1
    return count


def _thing(one: Gone) -> User | Application | None:
    if one.thing == User.__tablename__:
        return db.session.get(User, one.thing_id)
    return db.session.get(Application, one.thing_id)
