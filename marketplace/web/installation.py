"""The site as an app: how it installs, what it keeps, what one reads without a net."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import _
from marketplace.foundation.refusals import permit
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.theme import theme

blueprint = Blueprint("installation", __name__)

WORKER = "built/service-worker.js"
# Surface and paper of the tokens, in light and dark: the head of each page, its ground.
SURFACE, PAPER = {"light": "#ffffff", "dark": "#171c3a"}, "#fdfcf9"
# Name of the file, sizes, purpose.
ICONS = (
    ("brand.svg", "any", "any"),
    ("app-192.png", "192x192", "any"),
    ("app-512.png", "512x512", "any"),
    ("app-mask-512.png", "512x512", "maskable"),
)


@dataclass(frozen=True)
class Colour:
    """A colour of the browser's own frame, and for whom."""

    value: str
    media: str = ""


@blueprint.app_template_global()
def theme_colours() -> list[Colour]:
    """The colour of the head, in the theme that was chosen or in both."""
    chosen = theme()
    if chosen:
        return [Colour(SURFACE[chosen])]
    return [
        Colour(value, f"(prefers-color-scheme: {name})")
        for name, value in SURFACE.items()
    ]


@blueprint.get("/manifest.webmanifest")
@open_to(EVERYONE)
def manifest() -> ResponseReturnValue:
    """Says how the site is called and looks where somebody installs it."""
    told = {
        "id": "/",
        "name": "MINT-Börse Mitteldeutschland",
        "short_name": "MINT-Börse",
        "description": _("Praktika und Angebote in Sachsen, Sachsen-Anhalt, Thüringen"),
        "lang": "de",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": SURFACE["light"],
        "categories": ["education"],
        "icons": [_icon(*icon) for icon in ICONS],
    }

    body = json.dumps(told, ensure_ascii=False)
    return Response(body, content_type="application/manifest+json")


@blueprint.get("/service-worker.js")
@open_to(EVERYONE)
def worker() -> ResponseReturnValue:
    """Gives what a browser runs beside the pages; missing where nothing was built."""
    built = Path(str(current_app.static_folder)) / WORKER

    permit(built.is_file())

    # A browser compares it sign by sign: a new build lets it fetch all anew.
    build = url_for("static", filename="built/site.css")

    response = Response(
        f"{built.read_text('utf-8')}// {build}\n", content_type="text/javascript"
    )
    response.cache_control.no_cache = True
    return response


@blueprint.get("/offline")
@open_to(EVERYONE)
def offline() -> ResponseReturnValue:
    """Shows what one reads without a net; the worker puts in what was kept."""
    return render_template("web/offline.html")


def _icon(file: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = "image/svg+xml" if file.endswith(".svg") else "image/png"
    source = url_for("static", filename=f"built/{file}")
    return {"src": source, "sizes": sizes, "type": kind, "purpose": purpose}
