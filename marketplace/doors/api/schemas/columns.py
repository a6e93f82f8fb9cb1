"""Columns: one table that makes the records of a kind and the schema they keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
TIME: Schema = {"type": "string", "pattern": r"^\d\d:\d\d$", "examples": ["08:00"]}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}


def maybe(schema: Schema) -> Schema:
    """The same, or null where it is not told."""
    return {**schema, "type": [schema["type"], "null"]}


def one_of(kinds: type[StrEnum]) -> Schema:
    """One member of an enum, by its value."""
    return {"type": "string", "enum": [kind.value for kind in kinds]}


def maybe_one_of(kinds: type[StrEnum]) -> Schema:
    """One member of an enum, or null."""
    return {"type": ["string", "null"], "enum": [*(k.value for k in kinds), None]}


def some_of(kinds: type[StrEnum]) -> Schema:
    """Any number of members of an enum, each once."""
    return {"type": "array", "items": one_of(kinds), "uniqueItems": True}


def list_of(schema: Schema) -> Schema:
    """Any number of the same."""
    return {"type": "array", "items": schema}


@dataclass(frozen=True)
class Column:
    """One property of a record; without `get` the attribute of the same name."""

    name: str
    schema: Schema
    says: str = ""
    get: Callable[[Any], Any] | None = None

    def of(self, thing: Any) -> Any:
        """What it is of one thing, as JSON can say it."""
        value = self.get(thing) if self.get else getattr(thing, self.name)
        return plain_value(value)


def schema_of(columns: Sequence[Column]) -> dict[str, Any]:
    """The schema of records with these columns; nothing else is in them."""
    properties = {
        column.name: {**column.schema, "description": column.says}
        if column.says
        else dict(column.schema)
        for column in columns
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def record_of(columns: Sequence[Column], thing: Any) -> dict[str, Any]:
    """One thing as a record with these columns."""
    return {column.name: column.of(thing) for column in columns}


def records(columns: Sequence[Column]) -> Callable[[Any], list[dict[str, Any]]]:
    """Makes records of the things of a list."""
    return lambda things: [record_of(columns, thing) for thing in things]


def plain_value(value: Any) -> Any:
    """A value as JSON can say it: sets in order, days as text."""
    if isinstance(value, frozenset):
        return sorted(member.value for member in value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value
