"""The list of what is gone: in the database, and beside it for who restores."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete

from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.stewardship.privacy.models import Deletion
from marketplace.stewardship.privacy.queries import all_deletions

# In the instance folder. It holds numbers and marks, no word about anybody.
LIST = "deletions.jsonl"


@dataclass(frozen=True)
class Gone:
    """One line of the list."""

    thing: str
    thing_id: int
    mark: str


def note_deletion(thing: User | Application, *, at: datetime) -> None:
    """Notes that a row goes now; with a mark, since numbers may come again."""
    row = Deletion(thing=thing.__tablename__, thing_id=thing.id, mark=mark_of(thing))
    row.at = at
    db.session.add(row)


def mark_of(thing: User | Application) -> str:
    """What tells a row from a later one of the same number; says nothing of it."""
    own = thing.opened_at.isoformat() if isinstance(thing, User) else thing.public_id
    return sha256(f"{thing.__tablename__} {thing.id} {own}".encode()).hexdigest()


def forget_deletions(ids: Sequence[int]) -> None:
    """Drops from the list what no backup can bring back any more."""
    db.session.execute(delete(Deletion).where(Deletion.id.in_(ids)))


def copy_list(folder: Path) -> None:
    """Writes the list beside the database, wholly or not at all."""
    lines = [
        json.dumps({"thing": it.thing, "thing_id": it.thing_id, "mark": it.mark})
        for it in all_deletions()
    ]
    part = folder / f"{LIST}.part"
    descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    part.replace(folder / LIST)


def listed(folder: Path) -> Iterator[Gone]:
    """What the list beside the database says is gone; nothing where there is none."""
    path = folder / LIST
    if path.exists():
        for line in path.read_text().splitlines():
            yield Gone(**json.loads(line))
