"""The part of the description that needs a token: writing, and partners."""

from collections.abc import Mapping
from typing import Any

from marketplace.doors.api.schemas.columns import TEXT, schema_of
from marketplace.doors.api.schemas.matches import MATCH
from marketplace.doors.api.schemas.parts import answers, problems, refer

SECURED: list[dict[str, list[str]]] = [{"token": []}]
ID = {"name": "id", "in": "path", "required": True, "schema": TEXT}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Under one key the same is done once, for a week.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "pattern": "^[!-~]+$",
    },
}
STEPS = ("submit", "pause", "resume", "end")
WRONG = (400, 401, 403, 404, 409)


def written(name: str, thing: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    """The paths by which one kind is written; `entries` is the schema of its form."""
    one = f"/{name}/{{id}}"
    return {
        f"/{name}": {"post": _create(name, thing, entries)},
        one: {"patch": _revise(name, thing, entries), "delete": _withdraw(name)},
        f"{one}/{{act}}": {"post": _move(name, thing)},
    }


def _create(name: str, thing: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    wrong = (400, 401, 403, 409, 413, 415, 422)
    return {
        **_act(f"create_{name}", name, "Begins a draft for the organisation"),
        "parameters": [KEY],
        "requestBody": _body({**entries, "required": ["title"]}),
        "responses": answers(refer(thing), "The draft.", *wrong, good="201"),
    }


def _revise(name: str, thing: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    wrong = (*WRONG, 413, 415, 422)
    return {
        **_act(f"revise_{name}", name, "Changes what is sent, and nothing else"),
        "parameters": [ID, KEY],
        "requestBody": _body(entries),
        "responses": answers(refer(thing), "As it is now.", *wrong),
    }


def _withdraw(name: str) -> dict[str, Any]:
    gone = {"204": {"description": "Deleted or ended."}}
    return {
        **_act(f"withdraw_{name}", name, "Deletes a draft, ends what is public"),
        "parameters": [ID, KEY],
        "responses": gone | problems(*WRONG),
    }


def _move(name: str, thing: str) -> dict[str, Any]:
    step = {**ID, "name": "act", "schema": {"type": "string", "enum": list(STEPS)}}
    return {
        **_act(f"move_{name}", name, "Takes a step, as the buttons of its page"),
        "parameters": [ID, step, KEY],
        "responses": answers(refer(thing), "As it is now.", *WRONG),
    }


def matched() -> dict[str, Any]:
    """The path by which partners are read."""
    asked = {
        "name": "for",
        "in": "query",
        "required": True,
        "description": "Id of one's own offer or site.",
        "schema": {"type": "string", "maxLength": 100},
    }
    whole = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": refer("Match")}},
        "required": ["items"],
        "additionalProperties": False,
    }
    operation = {
        **_act("matches", "matches", "Partners of an offer or a site, with reasons"),
        "parameters": [asked],
        "responses": answers(whole, "The first twenty.", 400, 401, 403, 404),
    }
    return {"/matches": {"get": operation}}


def match_schema() -> dict[str, Any]:
    """What is told of one partner."""
    return schema_of(MATCH)


def _act(operation: str, tag: str, says: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": says,
        "tags": [tag],
        "security": SECURED,
    }


def _body(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": dict(schema)}}}
