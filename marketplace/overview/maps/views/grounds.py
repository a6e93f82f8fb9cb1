"""What lies below the marks beside the towns: the outlines of districts."""

import json
from collections.abc import Sequence
from functools import lru_cache

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.geometry import Point, on_map, simplified
from marketplace.foundation.refusals import permit
from marketplace.overview.maps.views.blueprint import blueprint
from marketplace.region.places.queries import outline_texts
from marketplace.web.access import EVERYONE, open_to

# Corners that stand out less, in units of the map, are left out: some 350 metres.
TOLERANCE = 0.6
# Outlines change with an import, not more often.
SECONDS = 86_400


@blueprint.get("/kreise.svg")
@open_to(EVERYONE)
def districts() -> ResponseReturnValue:
    path = _drawn(outline_texts())

    permit(bool(path))

    drawing = render_template("overview/maps/districts.svg", path=path)
    response = make_response(drawing)
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.add_etag()
    return response.make_conditional(request)


@lru_cache(maxsize=1)
def _drawn(outlines: tuple[str, ...]) -> str:
    """The lines of some outlines, worked out once until an import brings others."""
    rings = [ring for outline in outlines for ring in json.loads(outline) or ()]
    return "".join(
        _line([on_map(Point(lat, lon)) for lon, lat in ring]) for ring in rings
    )


def _line(ring: Sequence[tuple[float, float]]) -> str:
    return f"M{' '.join(f'{x:g} {y:g}' for x, y in simplified(ring, TOLERANCE))}Z"
