"""The site as it is measured, and the same pages fed from memory: the floor.

Both are the same application with the same templates. When the floor starts, each page
is made once in the usual way, and what its template was given is kept. From then on a
request only renders; the database is not asked.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, render_template, template_rendered
from jinja2 import Template

from marketplace import create_app
from marketplace.foundation.database import db
from marketplace.web.access import EVERYONE, open_to

# Names the pages, in one line with blanks between.
PAGES = "BENCH_PAGES"


# One machine asks for all; what is counted stays counted.
LIMITS = {"ADDRESS_LIMIT": 1_000_000_000, "PERSON_LIMIT": 1_000_000_000}


def create_site() -> Flask:
    """Builds the site, which refuses nobody for asking too often."""
    return create_app(**LIMITS)


def create_floor() -> Flask:
    """Builds the same, then feeds the pages that the environment names from memory."""
    app = create_site()
    for path in os.environ[PAGES].split():
        _feed_from_memory(app, path)
    return app


def _feed_from_memory(app: Flask, path: str) -> None:
    kept: list[tuple[str, Mapping[str, Any]]] = []

    def keep(sender: Flask, template: Template, context: dict[str, Any]) -> None:
        # What each request brings by itself must stay that of the request.
        own: dict[str, Any] = {}
        sender.update_template_context(own)
        given = {name: value for name, value in context.items() if name not in own}
        kept.append((str(template.name), given))
        db.session.expunge_all()  # else its end would make the objects forget

    with template_rendered.connected_to(keep, app):
        answer = app.test_client().get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status}.")
    [(name, given)] = kept
    with app.test_request_context(path) as context:
        endpoint = str(context.request.endpoint)
    app.view_functions[endpoint] = _view(name, given)


def _view(name: str, given: Mapping[str, Any]) -> Callable[..., str]:
    @open_to(EVERYONE)
    def view(**_parts: str) -> str:
        return render_template(name, **given)

    return view
