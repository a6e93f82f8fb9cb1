from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.geometry import on_map
from marketplace.region.places.queries import dots, suggested_places
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("discovery", __name__)

# The ground of the maps changes with an import of places, not more often.
TOWNS_SECONDS = 86_400


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
    places = suggested_places(request.args.get("q", "")[:80])

    return jsonify([place.name for place in places])
