"""Requests that bring a file, and answers that are one."""

from collections.abc import Callable
from io import RawIOBase
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from werkzeug.wsgi import FileWrapper

View = TypeVar("View", bound=Callable[..., Any])

# So much of a long file is held at a time.
PORTION = 256 * 1024


def takes_files(limit: int) -> Callable[[View], View]:
    """Declares that a view takes requests of up to `limit` bytes; others take text."""

    def declare(view: View) -> View:
        view.largest_request = limit  # type: ignore[attr-defined]
        return view

    return declare


def download(content: bytes, *, name: str, content_type: str) -> Response:
    """Answers with a file to be kept, never to be shown as a page of ours."""
    response = Response(content, content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def in_portions(
    file: RawIOBase, byte_count: int, *, content_type: str, sign: str
) -> Response:
    """Answers with a file or the part of it that was asked for, never held whole.

    `sign` changes with the bytes. A part that lies behind the end is refused (416).
    """
    # Not the wrapper of the server: it knows no way into the middle of a file.
    portions = FileWrapper(file, PORTION)  # type: ignore[arg-type]
    response = Response(portions, content_type=content_type, direct_passthrough=True)
    response.content_length = byte_count
    response.set_etag(sign)
    response.make_conditional(request, accept_ranges=True, complete_length=byte_count)
    return response


def init_app(app: Flask) -> None:
    """Raises the limit before anybody reads the request."""
    app.url_value_preprocessor(_raise_limit)


def _raise_limit(endpoint: str | None, _values: object) -> None:
    view = current_app.view_functions.get(endpoint or "")
    limit = getattr(view, "largest_request", None)
    if limit is not None:
        request.max_content_length = limit
