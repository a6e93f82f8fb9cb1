"""Very many rows into a table: prepared once for all, at the pace of the driver."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Connection, Dialect, column, insert, table, text

from marketplace.foundation.database import Base, db, insert_rows
from marketplace.upkeep.search.models import FOUND

BATCH = 5_000
# Of a schema of PostgreSQL every index that no rule of a table rests on.
INDEXES = text(
    """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT indisunique
"""
)
Row = Mapping[str, Any]
Values = tuple[Any, ...]


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Lets indexes be made in one go, of all that the block inserts.

    SQLite keeps its own up but for that of words: it fills those in order anyway.
    """
    if db.engine.dialect.name == "sqlite":
        [made] = [words for words in FOUND["sqlite"] if "search_entries_came" in words]
        db.session.execute(text("DROP TRIGGER search_entries_came"))
        yield
        db.session.execute(text(made))
        found = table("search_found", column("search_found"))
        db.session.execute(insert(found).values(search_found="rebuild"))
        return
    indexes = db.session.execute(INDEXES).all()
    for name, _made in indexes:
        db.session.execute(text(f"DROP INDEX {name}"))
    yield
    for _name, made in indexes:
        db.session.execute(text(made))


def put(model: type[Base], rows: Iterator[Row]) -> None:
    """Inserts rows that all name the same columns, as the columns would write them.

    What a row leaves out takes its default. PostgreSQL copies the rows.
    """
    first = next(rows, None)
    if first is None:
        return
    connection = db.session.connection()
    table: Any = model.__table__
    columns = [c for c in table.columns if c.name in first or c.default]
    names = [column.name for column in columns]
    prepared = _prepared(columns, chain([first], rows), connection.dialect)
    if connection.dialect.name == "postgresql":
        _copy(model, names, prepared, connection)
        return
    while some := list(islice(prepared, BATCH)):
        insert_rows(model, names, some)


def _prepared(
    columns: Sequence[Column[Any]], rows: Iterable[Row], dialect: Dialect
) -> Iterator[Values]:
    """The values of each row in the order of the columns, ready for the driver."""
    made = [
        (column.name, _default(column), _writer(column, dialect)) for column in columns
    ]
    for row in rows:
        yield tuple(
            write(row[name] if name in row else default())
            for name, default, write in made
        )


def _default(column: Column[Any]) -> Callable[[], Any]:
    """What makes the value of a column that a row leaves out."""
    default: Any = column.default
    if default is not None and default.is_callable:
        return lambda: default.arg(None)
    return lambda: getattr(default, "arg", None)


def _writer(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """What a column makes of a value before the driver gets it."""
    write = column.type.dialect_impl(dialect).bind_processor(dialect)
    return write or (lambda value: value)


def _copy(
    model: type[Base], names: Sequence[str], rows: Iterable[Values], on: Connection
) -> None:
    quoted = ", ".join(map(on.dialect.identifier_preparer.quote, names))
    raw: Any = on.connection.driver_connection
    with raw.cursor() as cursor:
        statement = f"COPY {model.__tablename__} ({quoted}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        # What refers to these rows is checked by their index only if they are known.
        cursor.execute(f"ANALYZE {model.__tablename__}")
