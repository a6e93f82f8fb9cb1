"""The forms of the pages as JSON: their schema, what is stored, and what was sent.

A form knows which fields there are and what fits them, so the interface asks the same
forms and can neither take nor refuse what a page would not.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import Length, NumberRange

from marketplace.doors.api.schemas.columns import DAY, TIME, YES, Schema, maybe
from marketplace.foundation.clock import BERLIN
from marketplace.region.lines.forms import MonthField
from marketplace.web.fields import DaysField, MomentField

# Fields by their name in a form that programs know otherwise: things by public ids.
BY_ID = {"site_id": "site", "occupations": "occupations"}
MONTH: Schema = {
    "type": ["string", "null"],
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
}
# As the clocks of the region show it; seconds are left out.
LOCAL: Schema = {
    "type": ["string", "null"],
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
    "examples": ["2027-03-01T09:30"],
}
KEY: Schema = {"type": ["string", "null"], "maxLength": 10}
LARGEST = 2**31 - 1


def schema_of_form(form: Iterable[Field], *, is_whole: bool = False) -> dict[str, Any]:
    """The schema of what may be sent for a form; only a new thing needs its title."""
    properties = {
        BY_ID.get(field.short_name, field.short_name): _schema_of(field)
        for field in form
        if field.short_name != "csrf_token"
    }
    schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return schema | ({"required": ["title"]} if is_whole else {})


def entries_in(form: Iterable[Field]) -> dict[str, Any]:
    """What a form holds, by field, as programs would send it."""
    return {
        field.short_name: _entry_in(field)
        for field in form
        if field.short_name != "csrf_token"
    }


def sent_as_form(entries: Mapping[str, Any]) -> MultiDict[str, str]:
    """The same as a browser would send it."""
    sent: MultiDict[str, str] = MultiDict()
    for name, value in entries.items():
        _send(sent, name, value)
    return sent


def _schema_of(field: Field) -> Schema:
    if field.short_name == "site_id":
        return {**KEY, "description": "Id of one of the organisation's sites."}
    if isinstance(field, FieldList):
        is_of_ids = field.short_name in BY_ID
        items = KEY if is_of_ids else schema_of_form(field.entries[0].form)
        return {"type": "array", "items": items, "maxItems": field.max_entries}
    if isinstance(field, SelectMultipleField):
        values = _values_of(field)
        one = {"type": "string"} | ({"enum": values} if values else {})
        return {"type": "array", "items": one, "maxItems": 100}
    if isinstance(field, SelectField):
        return _schema_of_choice(field)
    return _schema_of_entry(field)


def _schema_of_choice(field: SelectField) -> Schema:
    values = _values_of(field)
    if all(value.isdigit() for value in values if value):
        numbers = [int(value) for value in values if value]
        return {"type": ["integer", "null"], "enum": [*numbers, None]}
    return {"type": ["string", "null"], "enum": [*values, None]}


# What is written as one entry of a field; the first kind that fits.
OF_ENTRIES: Mapping[type[Field], Schema] = {
    DaysField: {"type": "array", "items": DAY, "maxItems": 200},
    MonthField: MONTH,
    MomentField: LOCAL,
    BooleanField: YES,
    DateField: maybe(DAY),
    TimeField: maybe(TIME),
}


def _schema_of_entry(field: Field) -> Schema:
    for kind, schema in OF_ENTRIES.items():
        if isinstance(field, kind):
            return schema
    if isinstance(field, IntegerField):
        return _schema_of_number(field)
    checks: list[Any] = list(field.validators)
    lengths = [check.max for check in checks if isinstance(check, Length)]
    return {"type": ["string", "null"], "maxLength": min([*lengths, 2000])}


def _schema_of_number(field: IntegerField) -> Schema:
    bounds = [v for v in field.validators if isinstance(v, NumberRange)]
    least = bounds[0].min if bounds else 0
    most = bounds[0].max if bounds else LARGEST
    return {"type": ["integer", "null"], "minimum": least, "maximum": most}


def _values_of(field: SelectField) -> list[str]:
    choices: Any = field.choices or ()
    return [str(choice.value) for choice in choices]


def _entry_in(field: Field) -> Any:
    if isinstance(field, FieldList):
        return [_entry_in(entry) for entry in field.entries]
    if isinstance(field, FormField):
        return entries_in(field.form)
    value: Any = field.data
    if isinstance(field, MonthField):
        return f"{value:%Y-%m}" if value else None
    if isinstance(field, MomentField):
        return f"{value.astimezone(BERLIN):%Y-%m-%dT%H:%M}" if value else None
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | tuple | list | set):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _send(sent: MultiDict[str, str], name: str, value: Any) -> None:
    """Adds one entry; a tick that is not set is not sent, an empty field is."""
    if isinstance(value, Mapping):
        for inner, one in value.items():
            _send(sent, f"{name}-{inner}", one)
    elif isinstance(value, list) and _is_of_fields(value, name):
        for number, one in enumerate(value):
            _send(sent, f"{name}-{number}", one)
    elif isinstance(value, list):
        for one in value:
            sent.add(name, str(one))
    elif value is True:
        sent.add(name, "y")
    elif value is not False:
        sent.add(name, "" if value is None else str(value))


def _is_of_fields(values: list[Any], name: str) -> bool:
    """Says whether each of a list has fields of its own."""
    return name == "occupations" or any(isinstance(one, Mapping) for one in values)
