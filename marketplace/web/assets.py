"""Styles, scripts, typefaces and pictures, under names that tell their content."""

import json
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, g, url_for
from whitenoise import WhiteNoise

from marketplace.web.headers import strict_headers

# Written by the build of the front end, as are the ready-made compressed files.
NAMES = "built/names.json"
NAMED = r"-[0-9a-f]{10}\.[a-z0-9]+$"


ICONS, THINGS = "built/icons.svg", "built/things.svg"


def icons_file() -> str:
    """The address of the icons; it is asked for once a page, which has hundreds."""
    kept: str | None = g.get("icons_file")
    if kept is None:
        kept = g.icons_file = url_for("static", filename=ICONS)
    return kept


def things_file() -> str:
    """The address of the drawings of things."""
    return url_for("static", filename=THINGS)


def init_app(app: Flask) -> None:
    """Serves the files of static/; `url_for` leads to the names of their content.

    Without a build, or while one follows each change, names stay as they are.
    """
    static = Path(str(app.static_folder))
    noted = static / NAMES
    names: dict[str, str] = json.loads(noted.read_text()) if noted.is_file() else {}
    kept = strict_headers(app)
    app.add_template_global(icons_file)
    app.add_template_global(things_file)

    def set_headers(headers: Headers, _path: str, _url: str) -> None:
        for name, value in kept.items():
            headers[name] = value

    @app.url_defaults
    def name_by_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = names.get(values["filename"], values["filename"])

    served = WhiteNoise(
        app.wsgi_app,
        root=str(static) if static.is_dir() else None,
        prefix=str(app.static_url_path),
        autorefresh=not names,
        max_age=0 if not names else 60,
        allow_all_origins=False,
        add_headers_function=set_headers,
        immutable_file_test=NAMED,
    )
    app.wsgi_app = served  # type: ignore[method-assign]
