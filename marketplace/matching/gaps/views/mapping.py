from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import _
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.forms import MapFilters
from marketplace.matching.gaps.services.mapping import (
    PupilSpot,
    WhiteSpot,
    pupil_spots,
    white_spots,
)
from marketplace.matching.gaps.views.office import WORDS, asked_quarter, blueprint
from marketplace.people.accounts.enums import Role
from marketplace.region.lines.enums import LineKind
from marketplace.region.places.models import District
from marketplace.web.access import open_to
from marketplace.web.tiles import BORDERS, STATE_NAMES, Tile


@blueprint.get("/karte")
@open_to(Role.COORDINATOR)
def white_map() -> ResponseReturnValue:
    quarter, filters = asked_quarter(MapFilters)

    kind = filters.values.get("art") or LineKind.MONEY
    filters.art.data = kind
    if isinstance(kind, PupilSource):
        drawn = _pupils(quarter, kind)
    else:
        drawn = _needs(quarter, kind)

    return render_template(
        "matching/gaps/map.html",
        filters=filters,
        quarter=quarter,
        kind=kind,
        is_of_pupils=isinstance(kind, PupilSource),
        borders=BORDERS,
        states=STATE_NAMES,
        **drawn,
        **WORDS,
    )


def _needs(quarter: str, kind: LineKind) -> dict[str, Any]:
    """What of a kind of needs is missing: a tile leads to the gaps there."""
    link = partial(url_for, "gaps.index", quartal=quarter, art=kind.value)
    spots = white_spots(quarter, kind)
    return {
        "words": _(
            "Wie viel von dem fehlt, was in einem Kreis gebraucht und von niemandem "
            "ganz gedeckt wird. Was weniger als drei Organisationen betrifft, ist "
            "schraffiert, ebenso, was sich daraus errechnen ließe."
        ),
        "tiles": [
            _tile(
                spot.district,
                _words(spot),
                spot.step,
                link(kreis=spot.district.ags),
            )
            for spot in spots
        ],
        "rows": [spot for spot in spots if spot.step],
    }


def _pupils(quarter: str, source: PupilSource) -> dict[str, Any]:
    """How many pupils found nothing: a tile leads to the internships there."""
    spots = pupil_spots(quarter, source)
    return {
        "words": _(
            "Wie viele Jugendliche in einem Kreis nichts fanden. Zahlen unter zehn "
            "oder aus nur einer Schule sind schraffiert, ebenso, was sich daraus "
            "errechnen ließe. Ein Kreis führt zu den Praktika, die es dort gibt."
        ),
        "tiles": [
            _tile(
                spot.district,
                _count(spot),
                spot.step,
                url_for("internships.index", kreis=spot.district.ags),
            )
            for spot in spots
        ],
        "rows": [spot for spot in spots if spot.step],
    }


def _tile(district: District, words: str, step: int, link: str) -> Tile:
    place = (district.tile_x, district.tile_y)
    return Tile(district.plate, district.name, words, step, link, *place)


def _words(spot: WhiteSpot) -> str:
    if spot.is_hidden:
        return _("verdeckt")
    if spot.step and spot.percent is None:
        return _("offen")
    return f"{spot.percent or 0} %"


def _count(spot: PupilSpot) -> str:
    return _("verdeckt") if spot.is_hidden else str(spot.count)
