"""Where the bytes of files lie: a folder of this instance, or a bucket (S3)."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, current_app
from obstore.store import LocalStore, ObjectStore, S3Store

from marketplace.foundation.clock import day_of
from marketplace.foundation.refusals import NotFound

# Beside the files, so that every machine that shares them sees it. Each backup has a
# mark of its own in there: of two at once the first to end lifts only its own.
_HOLDS = "held-for-backups"
# A backup that was killed leaves its mark; after this it counts no more.
LONGEST_HOLD = timedelta(hours=6)


class Stored(RawIOBase):
    """The bytes of a key to be read here and there; each read asks for its own alone.

    It needs no application, so an answer may still read while it is being sent.
    """

    def __init__(self, store: ObjectStore, key: str) -> None:
        self._store, self._key, self._at = store, key, 0
        self.byte_count: int = store.head(key)["size"]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Goes to a byte; not before the first."""
        starts = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self.byte_count}
        self._at = max(0, starts[whence] + offset)
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Gives the next bytes, as many as asked for or as there are."""
        left = max(0, self.byte_count - self._at)
        wanted = left if size is None or size < 0 else min(size, left)
        if not wanted:
            return b""
        start, self._at = self._at, self._at + wanted
        return bytes(self._store.get_range(self._key, start=start, length=wanted))


def init_app(app: Flask) -> None:
    """Opens the store that `STORAGE_URL` names; without one, a folder."""
    url = app.config["STORAGE_URL"]
    app.extensions["storage"] = _bucket(url) if url else _folder(app.config["INSTANCE"])


def new_key(at: datetime) -> str:
    """Draws a key that says the day and else nothing: no name, no owner."""
    return f"{day_of(at).isoformat()}/{secrets.token_hex(16)}"


def day_of_key(key: str) -> date | None:
    """Gives the day on which a key was drawn; None where it is not one of ours."""
    try:
        return date.fromisoformat(key.partition("/")[0])
    except ValueError:
        return None


def put(key: str, content: bytes) -> None:
    """Keeps bytes under a key, wholly or not at all; the same key is overwritten."""
    _store().put(key, content)


def get(key: str) -> bytes:
    """Gives the bytes of a key; raises NotFound where there are none."""
    try:
        return bytes(_store().get(key).bytes())
    except FileNotFoundError:
        raise _lost(key) from None


def opened(key: str) -> Stored:
    """Opens the bytes of a key without reading them; NotFound where there are none."""
    try:
        return Stored(_store(), key)
    except FileNotFoundError:
        raise _lost(key) from None


def delete(key: str) -> None:
    """Forgets a key; one that is gone already is no error."""
    with suppress(FileNotFoundError):
        _store().delete(key)


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Asks those who delete to wait meanwhile, so that a backup finds all it names."""
    mark = f"{_HOLDS}/{secrets.token_hex(8)}"
    put(mark, at.isoformat().encode())
    try:
        yield
    finally:
        delete(mark)


def is_held(at: datetime) -> bool:
    """Says whether a backup is being written, so that nothing may be deleted."""
    marks = [entry["path"] for some in _store().list(_HOLDS) for entry in some]
    return any(at - began < LONGEST_HOLD for began in map(_began, marks) if began)


def keys() -> Iterator[str]:
    """Gives every key there is, without holding them all."""
    for some in _store().list():
        for entry in some:
            yield entry["path"]


def _began(mark: str) -> datetime | None:
    try:
        return datetime.fromisoformat(bytes(_store().get(mark).bytes()).decode())
    except FileNotFoundError:  # it ended in this instant
        return None


def _lost(key: str) -> NotFound:
    """Notes that bytes are gone which somebody still names."""
    current_app.logger.error("No bytes under %s", key)
    return NotFound()


def _store() -> ObjectStore:
    store: ObjectStore = current_app.extensions["storage"]
    return store


def _folder(instance: Path) -> LocalStore:
    folder = instance / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    return LocalStore(folder)


def _bucket(url: str) -> S3Store:
    """Opens `s3://bucket/prefix`; the rest comes from the usual AWS_… variables."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise SystemExit("MARKET_STORAGE_URL has the form s3://bucket/prefix.")
    is_plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        client_options={"allow_http": is_plain, "timeout": "20s"},
    )
