"""Rows as lines of JSON, the same from every database.

Values stand as the database keeps them: a mask as its number, a sealed field as its
bytes. A line is an object; its order is that of the columns.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from itertools import islice
from typing import IO, Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Enum,
    MetaData,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.types import TypeDecorator

from marketplace.foundation.columns import UtcDateTime

AT_ONCE = 1000


@dataclass(frozen=True)
class Part:
    """One table or file of an archive: how much is in it, and its hash."""

    count: int
    sha256: str


def _plain(table: Table) -> Table:
    """The same table with types that give its values as the database keeps them.

    What the database works out by itself is left to it.
    """
    columns = (
        Column(c.name, _plain_type(c.type)) for c in table.columns if not c.computed
    )
    return Table(table.name, MetaData(), *columns)


def _plain_type(kind: Any) -> Any:
    if isinstance(kind, JSON):
        return JSON(none_as_null=True)
    if isinstance(kind, Enum):
        return String()
    if isinstance(kind, TypeDecorator) and not isinstance(kind, UtcDateTime):
        return kind.impl_instance
    return kind


def write_rows(
    connection: Connection, table: Table, write: Callable[[bytes], object]
) -> Part:
    """Hands every row of a table to `write`, in the order of their numbers."""
    plain, digest, count = _plain(table), sha256(), 0
    query = select(plain).order_by(plain.c.id)
    streaming = connection.execution_options(yield_per=AT_ONCE)
    for row in streaming.execute(query):
        line = json.dumps(
            dict(row._mapping), default=_written, ensure_ascii=False, allow_nan=False
        )
        content = f"{line}\n".encode()
        digest.update(content)
        write(content)
        count += 1
    return Part(count, digest.hexdigest())


def _written(value: object) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an archive")


def load_rows(connection: Connection, table: Table, stream: IO[bytes]) -> None:
    """Inserts rows; what points to a row of the same table is set once all are in."""
    plain = _plain(table)
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    later: list[dict[str, Any]] = []
    rows = (_read(plain, line) for line in stream)
    for some in _parted(rows):
        later += [{"_id": row["id"], **{n: row[n] for n in own}} for row in some if own]
        emptied = [row | dict.fromkeys(own) for row in some]
        connection.execute(insert(plain), emptied)
    if later:
        values: dict[str, Any] = {name: bindparam(name) for name in own}
        statement = update(plain).where(plain.c.id == bindparam("_id")).values(values)
        connection.execute(statement, later)


def _read(plain: Table, line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    if set(row) != set(plain.c.keys()):
        raise ValueError(f"{plain.name} has other columns")
    return {name: _valued(plain.c[name], value) for name, value in row.items()}


def _valued(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(column.type, JSON):
        return value
    kind = column.type.python_type
    if kind is bytes:
        return b64decode(value)
    return kind.fromisoformat(value) if kind in {date, datetime, time} else value


def _parted(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def move_sequence(connection: Connection, table: Table) -> None:
    """Lets new rows come after those that brought their numbers."""
    highest = connection.scalar(select(func.max(table.c.id)))
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :next, false)"),
        {"name": table.name, "next": (highest or 0) + 1},
    )
