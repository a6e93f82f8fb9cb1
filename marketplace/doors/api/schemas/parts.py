"""What several parts of the description are made of."""

from collections.abc import Mapping
from typing import Any

RESPONSES: Mapping[int, tuple[str, str]] = {
    400: ("BadEntries", "An entry of the address cannot be used."),
    401: ("NoToken", "No token, or one that is not valid."),
    403: ("NotAllowed", "The token may not do this."),
    404: ("NotFound", "It is not there, or not for this token."),
    409: ("Refused", "A rule of the marketplace says no; `detail` says which."),
    413: ("TooLarge", "The body is too large."),
    415: ("NotJson", "The body is not JSON."),
    422: ("Mistakes", "The body has mistakes; `errors` says which."),
    429: ("TooMany", "Too often; `Retry-After` says how long to wait."),
    503: ("Busy", "Too much at once; `Retry-After` says how long to wait."),
}


def refer(name: str) -> dict[str, str]:
    """Points to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def answers(
    schema: Mapping[str, Any], says: str, *wrong: int, good: str = "200"
) -> dict[str, Any]:
    """The answers of an operation: the good one, and what it may refuse."""
    content = {"application/json": {"schema": schema}}
    return {good: {"description": says, "content": content}} | problems(*wrong)


def problems(*statuses: int) -> dict[str, Any]:
    """The refusals of an operation; asking too often always is one."""
    return {
        str(status): {"$ref": f"#/components/responses/{RESPONSES[status][0]}"}
        for status in (*statuses, 429, 503)
    }
