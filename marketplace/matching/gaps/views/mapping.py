from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import _
from marketplace.matching.gaps.services.mapping import WhiteSpot, white_spots
from marketplace.matching.gaps.views.office import WORDS, asked_quarter, blueprint
from marketplace.people.accounts.enums import Role
from marketplace.region.lines.enums import LineKind
from marketplace.web.access import open_to
from marketplace.web.tiles import BORDERS, STATE_NAMES, Tile


@blueprint.get("/karte")
@open_to(Role.COORDINATOR)
def white_map() -> ResponseReturnValue:
    quarter, filters = asked_quarter()

    kind = filters.values.get("art") or LineKind.MONEY
    filters.art.data = kind
    spots = white_spots(quarter, kind)

    return render_template(
        "matching/gaps/map.html",
        filters=filters,
        quarter=quarter,
        kind=kind,
        tiles=[_tile(spot, quarter, kind) for spot in spots],
        rows=[spot for spot in spots if spot.step],
        borders=BORDERS,
        states=STATE_NAMES,
        **WORDS,
    )


def _tile(spot: WhiteSpot, quarter: str, kind: LineKind) -> Tile:
    district = spot.district
    return Tile(
        district.plate,
        district.name,
        _words(spot),
        spot.step,
        url_for("gaps.index", quartal=quarter, art=kind.value, kreis=district.ags),
        district.tile_x,
        district.tile_y,
    )


def _words(spot: WhiteSpot) -> str:
    if spot.is_hidden:
        return _("verdeckt")
    if spot.step and spot.percent is None:
        return _("offen")
    return f"{spot.percent or 0} %"
