"""Outlines of districts out of a GeoJSON file the operator brings."""

import json
from collections.abc import Sequence
from typing import Any

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import Sheet
from marketplace.region.places.queries import all_districts
from marketplace.region.places.services import put_outline
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.imports.services.entries import Entry, RejectedRow
from marketplace.stewardship.imports.services.gazetteer import EAST, NORTH, SOUTH, WEST
from marketplace.stewardship.imports.services.headings import Table
from marketplace.stewardship.imports.services.runs import Run, Take

MAX_BYTES = 10 * 1024 * 1024
FEWEST_POINTS = 4
LONGEST_CREDIT = 200


def read_outlines(content: bytes) -> Table:
    """Reads a collection of districts; refuses any other file."""
    try:
        told = json.loads(content) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        told = None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(features, list) or not features:
        raise Refusal(_("Umrisse werden als GeoJSON mit „features“ gelesen."))
    names = ("attribution", "licence")
    credit = ", ".join(str(told[name]) for name in names if told.get(name))
    entries = [
        Entry(k, {"ags": _ags(feature), "credit": credit, "outline": _text(feature)})
        for k, feature in enumerate(features, 1)
    ]
    columns = frozenset({"ags", "outline"})
    return Table(Sheet(("ags", "name"), ()), entries, columns, [])


def take_districts(_run: Run) -> Take:
    """Rows become the outlines of the districts the product knows."""
    districts = {d.ags: d for d in db.session.scalars(all_districts())}

    def take(entry: Entry) -> Outcome:
        district = districts.get(entry.get("ags"))
        if district is None:
            raise RejectedRow(
                _("Den Kreis „%(ags)s“ gibt es nicht.", ags=entry.get("ags"))
            )
        rings = _rings(json.loads(entry.get("outline")))
        credit = entry.need("credit", "attribution")[:LONGEST_CREDIT]
        return Outcome(put_outline(district, rings, credit))

    return take


def _ags(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return str((properties or {}).get("ags", "")).strip()


def _text(feature: Any) -> str:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return json.dumps(geometry)


def _rings(geometry: Any) -> list[Any]:
    """The rings of a polygon or of several, as points of longitude and latitude."""
    try:
        told = geometry["coordinates"]
        shapes = {"Polygon": [told], "MultiPolygon": told}[geometry["type"]]
        rings = [
            [[float(lon), float(lat)] for lon, lat, *_height in ring]
            for shape in shapes
            for ring in shape
        ]
    except (KeyError, TypeError, ValueError):
        rings = []
    if not rings or not all(_is_ring(ring) for ring in rings):
        raise RejectedRow(_("Der Umriss ist keine Fläche in den drei Ländern."))
    return rings


def _is_ring(ring: Sequence[Sequence[float]]) -> bool:
    return len(ring) >= FEWEST_POINTS and all(
        WEST < lon < EAST and SOUTH < lat < NORTH for lon, lat in ring
    )
