"""What lies below the marks beside the towns: the outlines of districts."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.geometry import on_map, simplified
from marketplace.foundation.refusals import permit
from marketplace.overview.maps.views.blueprint import blueprint
from marketplace.region.places.queries import district_rings
from marketplace.web.access import EVERYONE, open_to

# Corners that stand out less, in units of the map, are left out: some 350 metres.
TOLERANCE = 0.6
# Outlines change with an import, not more often.
SECONDS = 86_400


@blueprint.get("/kreise.svg")
@open_to(EVERYONE)
def districts() -> ResponseReturnValue:
    rings = district_rings()

    permit(bool(rings))

    lines = [simplified([on_map(point) for point in ring], TOLERANCE) for ring in rings]
    drawing = render_template("overview/maps/districts.svg", lines=lines)
    response = make_response(drawing)
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.add_etag()
    return response.make_conditional(request)
