import re

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.geometry import Point, on_map
from marketplace.region.places.queries import dots, nearest_place, suggested_places
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("discovery", __name__)

# The ground of the maps changes with an import of places, not more often.
TOWNS_SECONDS = 86_400
DEGREES = re.compile(r"(\d{1,2}(?:\.\d{1,4})?),(\d{1,3}(?:\.\d{1,4})?)", re.ASCII)


@blueprint.get("/karte/orte.svg")
@open_to(EVERYONE)
def towns() -> ResponseReturnValue:
    points = sorted({on_map(point) for point in dots()})

    drawing = render_template("overview/discovery/towns.svg", points=points)

    response = make_response(drawing)
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={TOWNS_SECONDS}"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/orte")
@open_to(EVERYONE)
def suggest() -> Response:
    here = _point(request.args.get("nahe", ""))
    if here:
        nearest = nearest_place(here)
        return jsonify([nearest.name] if nearest else [])

    places = suggested_places(request.args.get("q", "")[:80])
    return jsonify([place.name for place in places])


def _point(text: str) -> Point | None:
    """Reads degrees such as 51.34,12.37; what is none is passed over."""
    hit = DEGREES.fullmatch(text)
    return Point(float(hit[1]), float(hit[2])) if hit else None
