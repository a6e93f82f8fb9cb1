from collections.abc import Collection

from sqlalchemy import Select, select

from marketplace.foundation import storage
from marketplace.foundation.database import db
from marketplace.upkeep.files.models import StoredFile


def content_of(stored: StoredFile) -> bytes:
    """The bytes of a file."""
    return storage.get(stored.storage_key)


def opened(stored: StoredFile) -> storage.Stored:
    """The bytes of a file, to be read in portions."""
    return storage.opened(stored.storage_key)


def file_by_public_id(public_id: str) -> StoredFile | None:
    """The file of this id; whether it may be read, its keeper says."""
    return db.session.scalar(
        select(StoredFile).where(StoredFile.public_id == public_id)
    )


def all_files() -> Select[StoredFile]:
    """Every file there is a row of, in the order they came."""
    return select(StoredFile).order_by(StoredFile.id)


def named_keys() -> Select[str]:
    """Where the bytes of every file lie that there is a row of."""
    return select(StoredFile.storage_key)


def keys_without_rows(keys: Collection[str]) -> set[str]:
    """Which of these keys no file has."""
    query = select(StoredFile.storage_key).where(StoredFile.storage_key.in_(keys))
    return set(keys) - set(db.session.scalars(query))
