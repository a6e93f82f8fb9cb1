"""The map of the whole region: counted, drawn and written, against a plain count."""

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping

from flask import get_template_attribute, render_template
from sqlalchemy import select

from benchmarks.order import Line, Order, line
from benchmarks.searches import inside, lines_of, times_of
from benchmarks.world import world_of
from marketplace.foundation.database import db, transaction
from marketplace.foundation.geometry import Point, on_map
from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.queries import MODELS, Asked, heaps
from marketplace.overview.maps.rules import Cluster, Square, clusters_of, square_at
from marketplace.overview.maps.views.drawing import level_for, map_of_clusters
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.enums import PUBLIC_STATES
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.offers.models import NeedLine
from marketplace.region.places.queries import dots
from marketplace.upkeep.search.services import gather_spots
from marketplace.web.maps import WHOLE

# What of the made-up market stands in the index, alone and together.
LAYERS = (
    (Layer.INTERNSHIP, Layer.OFFER, Layer.NEED),
    (Layer.INTERNSHIP, Layer.OFFER),
    (Layer.INTERNSHIP,),
    (Layer.OFFER,),
    (Layer.NEED,),
)


def clusters(order: Order) -> Iterator[Line]:
    """The clusters of the whole region, up to the drawing that is sent."""
    with inside(world_of(order.size, order.database)):
        with transaction():  # as the worker does within minutes
            gather_spots()
        questions = [Asked(layers, Narrowing()) for layers in LAYERS]
        times = times_of(questions, _drawn)
        is_right = all(_counts(_clusters(one)) == _plainly(one) for one in questions)
        size = max(len(gzip.compress(_sent(one))) for one in questions)
    yield from lines_of("map", order.size, times, is_right=is_right)
    yield line("map", order.size, "bytes", size, is_right=is_right)


def _clusters(asked: Asked) -> list[Cluster]:
    return clusters_of(heaps(asked, level_for(WHOLE)))


def _drawn(asked: Asked) -> str:
    seen = map_of_clusters(_clusters(asked), WHOLE, None, _address)
    return str(get_template_attribute("components/map.html", "map")(seen))


def _address(square: Square) -> str:
    return f"/karte?feld={square}"


def _sent(asked: Asked) -> bytes:
    """The drawing with the ground that every map shares."""
    points = sorted({on_map(point) for point in dots()})
    ground = render_template("overview/discovery/towns.svg", points=points)
    return (_drawn(asked) + ground).encode()


def _counts(some: list[Cluster]) -> Mapping[Square, int]:
    return {cluster.square: cluster.count for cluster in some}


def _plainly(asked: Asked) -> Mapping[Square, int]:
    """Goes through all postings, one by one."""
    level, found = level_for(WHOLE), Counter[Square]()
    needy = set(db.session.scalars(select(NeedLine.offer_id)))
    for layer in asked.layers:
        if layer is Layer.NEED and Layer.OFFER in asked.layers:
            continue
        model = MODELS[layer]
        rows = db.session.execute(
            select(model.id, model.lat, model.lon)
            .join(Organisation, Organisation.id == model.organisation_id)
            .where(Organisation.state == OrganisationState.VERIFIED)
            .where(model.state.in_(PUBLIC_STATES), model.lat.is_not(None))
        )
        for number, lat, lon in rows:
            if layer is not Layer.NEED or number in needy:
                found[square_at(Point(lat or 0.0, lon or 0.0), level)] += 1
    return dict(found)
