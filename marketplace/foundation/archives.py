"""One archive of all rows and files, the same whichever database wrote it.

A zip with `tables/<name>.jsonl` for each table, `files/<key>` for each file, and
`manifest.json` with counts and hashes. Values stand as the database keeps them, so
encrypted fields stay encrypted; the key is not in the archive.
"""

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from flask import current_app
from sqlalchemy import Connection, Select, delete

from marketplace.foundation import storage
from marketplace.foundation.database import apart, db
from marketplace.foundation.refusals import NotFound, Refusal
from marketplace.foundation.revisions import newest_revision, revision_of
from marketplace.foundation.rows import Part, load_rows, move_sequence, write_rows

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024

# Told how many of how many parts are done.
Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Manifest:
    """What an archive holds and where it fits."""

    format: int
    revision: str
    # Tells whether encrypted fields can be read with the key at hand.
    key_mark: str
    tables: dict[str, Part]
    files: dict[str, Part]
    # Keys of files that rows tell of and the store did not have.
    missing: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(part.count for part in self.tables.values())

    @property
    def byte_count(self) -> int:
        """How many bytes there are in all files."""
        return sum(part.count for part in self.files.values())

    @property
    def hash(self) -> str:
        """Names the content: equal for equal rows and files, wherever they lie."""
        parts = {**self.tables, **self.files}
        lines = (f"{name} {parts[name].sha256}\n" for name in sorted(parts))
        return sha256("".join(lines).encode()).hexdigest()


def write_archive(
    place: Path, tell: Tell, *, named: Select[str], at: datetime
) -> Manifest:
    """Writes what one moment of the database holds, and the files; streams both.

    `named` gives the keys of the files that its rows tell of. They are read in that
    moment too, and nobody deletes bytes before all are copied, so what the rows tell
    of is there; what came later is in neither.
    """
    tables = db.metadata.sorted_tables
    with (
        storage.held(at),
        ZipFile(place, "w", ZIP_DEFLATED) as archive,
        _one_moment() as connection,
    ):
        keys = sorted(connection.scalars(named))
        total = len(tables) + len(keys)
        parts, files, missing = {}, {}, []
        for done, table in enumerate(tables):
            tell(done, total)
            with archive.open(
                f"tables/{table.name}.jsonl", "w", force_zip64=True
            ) as stream:
                parts[table.name] = write_rows(connection, table, stream.write)
        for done, key in enumerate(keys):
            tell(len(tables) + done, total)
            try:
                content = storage.get(key)
            except NotFound:
                missing.append(key)
                continue
            archive.writestr(f"files/{key}", content, ZIP_STORED)
            files[key] = Part(len(content), sha256(content).hexdigest())
        manifest = Manifest(
            FORMAT, newest_revision(), _key_mark(), parts, files, missing
        )
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


# What the readers of zip, JSON and rows say of bytes that are not as they were.
DAMAGED = (
    *(BadZipFile, EOFError, zlib.error, struct.error, NotImplementedError),
    *(KeyError, TypeError, ValueError),
)


def restore_archive(place: Path, tell: Tell) -> Manifest:
    """Puts an archive into this instance in place of what the product itself knows.

    Refuses one that is damaged, of another release, or written with another field
    key. That the instance is empty, the caller has made sure.
    """
    try:
        with ZipFile(place) as archive:
            manifest = _manifest_of(archive)
            _require_fit(manifest)
            _require_whole(archive, manifest)
            _load(archive, manifest, tell)
    except DAMAGED as error:
        raise Refusal(f"The archive is damaged: {error}.") from error
    return manifest


def _one_moment() -> Connection:
    """Opens a connection that sees one and the same state to its end."""
    connection = db.engine.connect()
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _manifest_of(archive: ZipFile) -> Manifest:
    told = json.loads(archive.read(MANIFEST))
    for group in ("tables", "files"):
        told[group] = {name: Part(**part) for name, part in told[group].items()}
    return Manifest(**told)


def _require_fit(manifest: Manifest) -> None:
    if manifest.format != FORMAT:
        raise Refusal(f"The archive has format {manifest.format}, not {FORMAT}.")
    with db.engine.connect() as connection:
        present = revision_of(connection)
    if present != newest_revision():
        raise Refusal("The database is not up to date: run `market db upgrade` first.")
    if manifest.revision != present:
        raise Refusal(
            f"The archive is of revision {manifest.revision}, the database of "
            f"{present}: restore it with the release that wrote it."
        )
    if manifest.key_mark != _key_mark():
        raise Refusal(
            "The archive was written with another field key: set MARKET_FIELD_KEY, or "
            "put the file field-key of that instance into this one."
        )


def _require_whole(archive: ZipFile, manifest: Manifest) -> None:
    """Reads everything once before a single row is touched."""
    names = {f"tables/{name}.jsonl": part for name, part in manifest.tables.items()}
    names |= {f"files/{key}": part for key, part in manifest.files.items()}
    expected, present = {*names, MANIFEST}, set(archive.namelist())
    if lost := sorted(expected - present):
        raise ValueError(f"{len(lost)} parts are missing, the first is {lost[0]}")
    if present - expected:
        raise ValueError("there are parts that its manifest does not name")
    if set(manifest.tables) != set(db.metadata.tables):
        raise ValueError("its tables are not ours")
    for name, part in names.items():
        digest = sha256()
        with archive.open(name) as stream:
            for chunk in iter(partial(stream.read, CHUNK), b""):
                digest.update(chunk)
        if digest.hexdigest() != part.sha256:
            raise ValueError(f"{name} was changed")


def _load(archive: ZipFile, manifest: Manifest, tell: Tell) -> None:
    """Files first: bytes without rows are swept away, rows without bytes stay wrong."""
    tables = db.metadata.sorted_tables
    total = len(tables) + len(manifest.files)
    for done, key in enumerate(manifest.files):
        tell(done, total)
        storage.put(key, archive.read(f"files/{key}"))
    with apart() as connection:
        for table in reversed(tables):
            connection.execute(delete(table))
        for done, table in enumerate(tables):
            tell(len(manifest.files) + done, total)
            # What triggers wrote for the tables before goes: the archive has it, too.
            connection.execute(delete(table))
            with archive.open(f"tables/{table.name}.jsonl") as stream:
                load_rows(connection, table, stream)
            if connection.dialect.name == "postgresql":
                move_sequence(connection, table)
        for table in tables:
            if write_rows(connection, table, len) != manifest.tables[table.name]:
                raise ValueError(f"{table.name} did not come back as it was")


def _key_mark() -> str:
    return sha256(f"mark of {current_app.config['FIELD_KEY']}".encode()).hexdigest()[
        :16
    ]
