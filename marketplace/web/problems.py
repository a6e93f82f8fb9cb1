"""What a program reads when it did not work (RFC 9457), and at which addresses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, g, request

# What lies below is for programs: it answers in JSON and reads no cookie.
PREFIX = "/api/v1/"
CONTENT_TYPE = "application/problem+json"
# Every site may read the open data; no cookie ever goes along.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one entry, by its name."""

    field: str
    detail: str


class BadEntries(Exception):
    """Entries of a program that cannot be used; nothing was done."""

    def __init__(self, mistakes: Sequence[Mistake], *, status: int = 400) -> None:
        super().__init__("; ".join(f"{m.field}: {m.detail}" for m in mistakes))
        self.mistakes, self.status = mistakes, status


def is_for_programs() -> bool:
    """Says whether the request goes to an address for programs."""
    return request.path.startswith(PREFIX)


def problem(
    status: int,
    detail: str,
    *,
    mistakes: Sequence[Mistake] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answers with what went wrong, and with the number under which it is logged."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": f"urn:request:{g.get('request_id', '-')}",
    }
    if mistakes:
        told["errors"] = [{"field": m.field, "detail": m.detail} for m in mistakes]
    body = json.dumps(told, ensure_ascii=False)
    answer = Response(body, status, content_type=CONTENT_TYPE)
    answer.headers.extend(CORS | dict(headers or {}))
    return answer
