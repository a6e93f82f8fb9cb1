"""The filters of every list, in English; what they mean, the pages decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.doors.api.schemas.columns import DAY, Schema, one_of
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place
from marketplace.region.topics.enums import Sign, Topic
from marketplace.web.problems import BadEntries, Mistake

MOST, USUAL = 100, 20
LONGEST_CURSOR = 400
UNKNOWN_PLACE = (
    "This must be a town of Saxony, Saxony-Anhalt or Thuringia, or a postal code of"
    " theirs that is known here."
)


@dataclass(frozen=True)
class Parameter:
    """One filter, and how the pages call it."""

    name: str
    schema: Schema
    says: str
    german: str = ""

    @property
    def is_list(self) -> bool:
        """Says whether it may stand in an address more than once."""
        return bool(self.schema["type"] == "array")

    @property
    def description(self) -> dict[str, Any]:
        """Its part of the OpenAPI description."""
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.says,
            "schema": dict(self.schema),
        }


def whole(least: int, most: int, usual: int | None = None) -> Schema:
    """A whole number between two bounds."""
    bounds = {"type": "integer", "minimum": least, "maximum": most}
    return bounds if usual is None else bounds | {"default": usual}


THEMES: Schema = {
    "type": "array",
    "items": {"type": "string", "enum": [t.value for t in (*Sign, *Topic)]},
}
Q = Parameter("q", {"type": "string", "maxLength": 100}, "Words to look for.", "q")
STATE = Parameter("state", one_of(FederalState), "Federal state.", "land")
DISTRICT = Parameter(
    "district",
    {"type": "string", "pattern": r"^[0-9]{5}$"},
    "Key of a district (AGS), as in `/districts`.",
    "kreis",
)
PLACE = Parameter(
    "place",
    {"type": "string", "maxLength": 80},
    "Name of a town, or a postal code; one that is not known is refused.",
    "ort",
)
RADIUS = Parameter(
    "radius_km", whole(1, 300, 25), "How far around `place`, in km.", "umkreis"
)
TOPIC = Parameter(
    "topic", THEMES, "Topics, or the letter of a field (m, i, n, t).", "thema"
)
GRADE = Parameter("grade", whole(1, 13), "Grade at school.", "klasse")
AGE = Parameter("age", whole(3, 99), "Age in years.", "alter")
FROM = Parameter("from", DAY, "Not before this day.", "von")
TO = Parameter("to", DAY, "Not after this day; not before `from`.", "bis")
LIMIT = Parameter("limit", whole(1, MOST, USUAL), "How many records at most.")
AFTER = Parameter(
    "after",
    {"type": "string", "maxLength": LONGEST_CURSOR},
    "The cursor that the page before gave as `next`.",
)
PAGING = (LIMIT, AFTER)
FOR_POSTINGS = (Q, STATE, DISTRICT, PLACE, RADIUS, TOPIC, GRADE, AGE, FROM, TO)


def kind_of(kinds: type[StrEnum]) -> Parameter:
    """The filter by kind; each list has kinds of its own."""
    return Parameter("kind", one_of(kinds), "Kind.", "art")


def read(entries: MultiDict[str, str], known: Sequence[Parameter]) -> dict[str, Any]:
    """The filters that were sent, each checked; refuses what it does not know."""
    by_name = {parameter.name: parameter for parameter in known}
    mistakes = [
        Mistake(name, "This list has no such filter.")
        for name in entries
        if name not in by_name
    ]
    values: dict[str, Any] = {}
    for name in by_name.keys() & entries.keys():
        values[name], wrong = _read_one(by_name[name], entries.getlist(name))
        mistakes += [Mistake(name, words) for words in wrong]
    if not mistakes and "to" in values and values["to"] < values.get("from", date.min):
        mistakes.append(Mistake("to", "This day is before `from`."))
    if mistakes:
        raise BadEntries(mistakes)
    return values


def _read_one(parameter: Parameter, sent: Sequence[str]) -> tuple[Any, list[str]]:
    """The value of one filter, or what is wrong with it."""
    if len(sent) > 1 and not parameter.is_list:
        return None, ["This filter may be sent only once."]
    schema = parameter.schema["items"] if parameter.is_list else parameter.schema
    wrong = [words for text in sent if (words := _fault(text, schema))]
    if wrong:
        return None, wrong
    values = [_value(text, schema) for text in sent]
    return (values if parameter.is_list else values[0]), []


def require_known(place: Place | None, values: Mapping[str, Any]) -> None:
    """Refuses a place that was named and is not known; it may lie in another state."""
    if values.get("place") and place is None:
        raise BadEntries([Mistake("place", UNKNOWN_PLACE)])


def in_german(
    values: Mapping[str, Any], known: Sequence[Parameter]
) -> MultiDict[str, str]:
    """The same filters as they stand in the address of the page."""
    sent: MultiDict[str, str] = MultiDict()
    for parameter in known:
        value = values.get(parameter.name)
        if parameter.german and value is not None:
            every = value if isinstance(value, list) else [value]
            sent.setlist(parameter.german, [str(one) for one in every])
    return sent


def _fault(text: str, schema: Schema) -> str:
    """What is wrong with an entry, in a sentence; empty where nothing is."""
    if len(text) > schema.get("maxLength", LONGEST_CURSOR):
        return "This is too long."
    if "enum" in schema and text not in schema["enum"]:
        return f"This must be one of: {', '.join(schema['enum'])}."
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        return "This must be five digits."
    if schema.get("format") == "date" and _day(text) is None:
        return "This must be a day, as 2027-02-01."
    return _fault_of_number(text, schema) if schema["type"] == "integer" else ""


def _fault_of_number(text: str, schema: Schema) -> str:
    least, most = schema["minimum"], schema["maximum"]
    is_number = re.fullmatch(r"[0-9]{1,9}", text) is not None
    if is_number and least <= int(text) <= most:
        return ""
    return f"This must be a whole number from {least} to {most}."


def _value(text: str, schema: Schema) -> Any:
    if schema["type"] == "integer":
        return int(text)
    return _day(text) if schema.get("format") == "date" else text


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
