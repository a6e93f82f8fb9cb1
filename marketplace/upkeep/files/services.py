from datetime import datetime
from hashlib import sha256

from marketplace.foundation import storage
from marketplace.foundation.database import db
from marketplace.upkeep.files.models import LONGEST_NAME, StoredFile
from marketplace.upkeep.jobs.services import ask_for

DROP = "files.drop"


def keep_file(
    content: bytes, *, name: str, content_type: str, kind: str, at: datetime
) -> StoredFile:
    """Keeps a file that was found good; its bytes lie in the store at once."""
    stored = StoredFile(
        kind=kind,
        name=name[-LONGEST_NAME:],
        content_type=content_type,
        byte_count=len(content),
        sha256=sha256(content).hexdigest(),
        storage_key=storage.new_key(at),
        stored_at=at,
    )
    storage.put(stored.storage_key, content)
    db.session.add(stored)
    db.session.flush()
    return stored


def drop_file(stored: StoredFile) -> None:
    """Takes a file away: its row now, its bytes once this has been committed."""
    ask_to_drop(stored.storage_key, due_at=stored.stored_at)
    db.session.delete(stored)


def ask_to_drop(key: str, *, due_at: datetime) -> None:
    """Leaves to the worker to drop bytes whose row is gone."""
    ask_for(DROP, {"key": key}, due_at=due_at)
