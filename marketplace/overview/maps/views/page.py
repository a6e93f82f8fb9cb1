from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.forms import MapFilters
from marketplace.overview.maps.views.blueprint import blueprint
from marketplace.overview.maps.views.showing import link_to, shown_for
from marketplace.overview.maps.views.streets import ground_for
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import district_names
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.navigation import Link

# What a way to another part of the map takes out of the address.
ELSEWHERE = dict.fromkeys(("ort", "umkreis", "land", "kreis", "feld"))


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = MapFilters(request.args)

    shown = shown_for(filters, ".index", ground_for(filters, may_keep=True))

    return render_template(
        "overview/maps/index.html",
        filters=filters,
        shown=shown,
        layers=list(Layer),
        whole=_whole(filters),
        states=_states(filters),
        districts=_districts(filters),
        embedding=link_to(".pass_on", filters, strassen=None),
    )


def _whole(filters: MapFilters) -> str:
    """The whole region with what is shown of it, narrowed by nothing."""
    sent = filters.query
    kept: dict[str, Any] = {k: sent[k] for k in ("ebene", "strassen") if k in sent}
    return url_for(".index", **kept)


def _states(filters: MapFilters) -> list[Link]:
    to = partial(link_to, ".index", filters)
    here = filters.values.get("land")
    return [
        Link(str(state.label), to(**ELSEWHERE | {"land": state.value}), state == here)
        for state in FederalState
    ]


def _districts(filters: MapFilters) -> list[Link]:
    """The districts of the state that is shown; all of them where none is."""
    to = partial(link_to, ".index", filters)
    here = filters.values.get("kreis")
    return [
        Link(name, to(**ELSEWHERE | {"kreis": ags}), ags == here)
        for ags, name in district_names(filters.values.get("land"))
    ]
