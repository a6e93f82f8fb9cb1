"""The page that shows the description to people, without any script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.doors.api.views.describing import description
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("api_page", __name__)


@dataclass(frozen=True)
class Operation:
    """One way to ask: method, address, what it does, and what it takes."""

    method: str
    path: str
    summary: str
    # Name, kind of value and words of each filter.
    parameters: list[tuple[str, str, str]]
    needs_token: bool


@blueprint.get("/api")
@open_to(EVERYONE)
def show() -> ResponseReturnValue:
    told = description()

    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(told["paths"]):
        groups.setdefault(tag, []).append(operation)

    return render_template(
        "doors/api/show.html", base=told["servers"][0]["url"], groups=groups
    )


def _operations(paths: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, operations in paths.items():
        for method, told in operations.items():
            yield (
                told["tags"][0],
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=told["summary"],
                    parameters=[
                        (one["name"], _kind(one["schema"]), one.get("description", ""))
                        for one in told.get("parameters", ())
                        if one["in"] == "query"
                    ],
                    needs_token="security" in told,
                ),
            )


def _kind(schema: Mapping[str, Any]) -> str:
    """What a filter takes, short."""
    if schema["type"] == "array":
        return f"{_kind(schema['items'])} …"
    if "enum" in schema:
        first = " | ".join(str(one) for one in schema["enum"][:4])
        return f"{first} | …" if len(schema["enum"]) > 4 else first
    if "minimum" in schema:
        return f"{schema['minimum']} – {schema['maximum']}"
    return str(schema.get("format", schema["type"]))
