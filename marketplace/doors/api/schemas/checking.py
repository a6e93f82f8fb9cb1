"""Whether what a program sent keeps its schema: the part of JSON Schema we write."""

from collections.abc import Iterator, Mapping
from typing import Any

from marketplace.doors.api.schemas.columns import Schema
from marketplace.web.problems import Mistake

KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def mistakes_in(value: Any, schema: Schema, where: str = "") -> Iterator[Mistake]:
    """Everything that does not keep the schema, each by the place where it stands."""
    if not _is_of_type(value, schema):
        yield Mistake(where, f"This must be: {_names(schema)}.")
    elif "enum" in schema and value not in schema["enum"]:
        yield Mistake(where, "This is none of the values there are.")
    elif isinstance(value, str):
        yield from _in_text(value, schema, where)
    elif isinstance(value, list):
        yield from _in_list(value, schema, where)
    elif isinstance(value, dict):
        yield from _in_object(value, schema, where)
    elif "minimum" in schema and isinstance(value, int):
        least, most = schema["minimum"], schema["maximum"]
        if not least <= value <= most:
            yield Mistake(where, f"This must be from {least} to {most}.")


def _is_of_type(value: Any, schema: Schema) -> bool:
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, KINDS[name]) for name in names)


def _names(schema: Schema) -> str:
    kind = schema["type"]
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _in_text(text: str, schema: Schema, where: str) -> Iterator[Mistake]:
    if len(text) > schema.get("maxLength", len(text)):
        yield Mistake(where, f"At most {schema['maxLength']} characters.")
    # Neither half a sign nor the sign that ends a text can be stored.
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        yield Mistake(where, "This has signs that cannot be stored.")


def _in_list(values: list[Any], schema: Schema, where: str) -> Iterator[Mistake]:
    if len(values) > schema.get("maxItems", len(values)):
        yield Mistake(where, f"At most {schema['maxItems']}.")
        return
    for number, value in enumerate(values):
        yield from mistakes_in(value, schema["items"], f"{where}[{number}]")


def _in_object(values: dict[str, Any], schema: Schema, where: str) -> Iterator[Mistake]:
    dot = f"{where}." if where else ""
    properties = schema["properties"]
    for name in schema.get("required", ()):
        if name not in values:
            yield Mistake(f"{dot}{name}", "This is missing.")
    for name, value in values.items():
        if name in properties:
            yield from mistakes_in(value, properties[name], f"{dot}{name}")
        else:
            yield Mistake(f"{dot}{name}"[:200], "There is no such entry.")
