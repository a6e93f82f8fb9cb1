"""The OpenAPI description, made of the same tables as the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.doors.api.schemas.acts import match_schema, matched, written
from marketplace.doors.api.schemas.catalogue import ACTIONS, ORGANISATIONS, PROGRAMMES
from marketplace.doors.api.schemas.columns import TEXT, WHOLE, maybe, schema_of
from marketplace.doors.api.schemas.figures import GAP, STATISTIC
from marketplace.doors.api.schemas.parameters import PAGING
from marketplace.doors.api.schemas.parts import (
    RESPONSES,
    answers,
    refer,
)
from marketplace.doors.api.schemas.postings import (
    EVENTS,
    INTERNSHIPS,
    OFFERS,
    SPONSORSHIPS,
)
from marketplace.doors.api.schemas.resources import Resource
from marketplace.doors.api.schemas.vocabulary import (
    DISTRICTS,
    OCCUPATIONS,
    PLACES,
    TOPIC_COLUMNS,
)
from marketplace.web.problems import CONTENT_TYPE

RESOURCES: Sequence[Resource] = (
    *(INTERNSHIPS, OFFERS, SPONSORSHIPS, EVENTS),
    *(ORGANISATIONS, ACTIONS, PROGRAMMES),
    *(OCCUPATIONS, PLACES, DISTRICTS),
)
BY_NAME: Mapping[str, Resource] = {one.name: one for one in RESOURCES}
TITLE = "MINT-Börse Mitteldeutschland"
ABOUT = (
    "What the marketplace shows to everybody, for other programs. Reading needs no "
    "key. Every record says where it comes from and how it may be used; what may not "
    "be handed on is left out, and so is everything about persons. Lists give up to "
    "100 records and the cursor of the next page; a walk along the cursors sees each "
    "record once, whatever is added or withdrawn meanwhile. Writing needs the token of "
    "an organisation and goes through the same forms and rules as its pages."
)
PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "instance": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": TEXT, "detail": TEXT},
                "required": ["field", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def described(base: str, forms: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All that can be asked for below an address; `forms` are the schemas of forms."""
    schemas = {one.thing: schema_of(one.columns) for one in RESOURCES}
    schemas |= {
        "Topic": schema_of(TOPIC_COLUMNS),
        "Statistic": schema_of(STATISTIC),
        "Gap": schema_of(GAP),
        "Problem": PROBLEM,
    }
    paths: dict[str, Any] = {}
    for resource in RESOURCES:
        parameters = (*resource.parameters, *PAGING)
        paths |= _of_list(
            resource.name,
            resource.thing,
            resource.says,
            [parameter.description for parameter in parameters],
        )
    paging = [parameter.description for parameter in PAGING]
    paths |= _of_list("topics", "Topic", "The topics, in their order", paging)
    paths |= _figures("statistics", "Statistic", "How much is public now")
    paths |= _figures("gaps", "Gap", "What is missing where")
    for name, entries in forms.items():
        for path, acts in written(name, BY_NAME[name].thing, entries).items():
            paths[path] = paths.get(path, {}) | acts
    paths |= matched()
    schemas["Match"] = match_schema()
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": ABOUT},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": _responses(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _of_list(
    name: str, thing: str, says: str, parameters: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": refer(thing), "maxItems": 100},
            "next": {**maybe(TEXT), "description": "Cursor of the next page."},
        },
        "required": ["items", "next"],
        "additionalProperties": False,
    }
    key = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    return {
        f"/{name}": {
            "get": {
                "operationId": f"list_{name}",
                "summary": says,
                "tags": [name],
                "parameters": list(parameters),
                "responses": answers(page, "One page of the list.", 400),
            }
        },
        f"/{name}/{{id}}": {
            "get": {
                "operationId": f"show_{name}",
                "summary": f"One record of /{name}",
                "tags": [name],
                "parameters": [key],
                "responses": answers(refer(thing), "The record.", 400, 404),
            }
        },
    }


def _figures(name: str, thing: str, says: str) -> dict[str, Any]:
    whole = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": refer(thing)}},
        "required": ["items"],
        "additionalProperties": False,
    }
    operation = {
        "operationId": name,
        "summary": says,
        "tags": ["figures"],
        "responses": answers(whole, "All of it.", 400),
    }
    return {f"/{name}": {"get": operation}}


def _responses() -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": refer("Problem")}}
    return {
        name: {"description": words, "content": content}
        for name, words in RESPONSES.values()
    }
