"""Requests that bring a file: only views that say so take more than a text."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(most_bytes: int) -> Callable[[View], View]:
    """Declares that a view takes a file of so many bytes, beside its other fields."""

    def declare(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return declare


def init_app(app: Flask) -> None:
    """Widens the limit of a request before anything reads its body."""
    app.before_request(_widen)


def _widen() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most_bytes = getattr(view, "most_bytes", 0)
    if most_bytes:
        usual = current_app.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = most_bytes + usual
