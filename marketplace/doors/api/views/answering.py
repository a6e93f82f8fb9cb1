"""How an answer for programs looks."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request


def answer(
    told: Any, status: int = 200, *, headers: Mapping[str, str] | None = None
) -> Response:
    """JSON with an ETag; who has it already is told so (304)."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    response = Response(body, status, content_type="application/json")
    response.headers.extend(dict(headers or {}))
    response.vary.add("Authorization")
    if request.method in ("GET", "HEAD"):
        # Always asked for anew, so that what is withdrawn is gone at once.
        is_private = "Authorization" in request.headers
        control = "private, no-store" if is_private else "public, no-cache"
        response.headers["Cache-Control"] = control
        response.add_etag()
        response.make_conditional(request)
    return response
