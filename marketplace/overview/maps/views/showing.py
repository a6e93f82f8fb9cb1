"""What a map shows for one address: drawn, listed and linked, for page and frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for
from flask_babel.speaklater import LazyString

from marketplace.foundation.geometry import Point, distance_km
from marketplace.foundation.language import _
from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.forms import MapFilters
from marketplace.overview.maps.queries import Asked, Sheet, heaps, sheets_of
from marketplace.overview.maps.rules import Cluster, clusters_of
from marketplace.overview.maps.tables import SHEETS
from marketplace.overview.maps.views.drawing import (
    bounds_asked_for,
    frame_for,
    level_for,
    map_of_clusters,
)
from marketplace.overview.maps.views.streets import Ground, laid_on
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import (
    as_cards,
    nearest_first,
    newest_first,
    youngest_hint_first,
)
from marketplace.postings.lives.rules import point_of, sign_for
from marketplace.postings.lives.views.listing import (
    FEW,
    chips_of,
    place_asked_for,
    suggestions_of,
)
from marketplace.region.places.models import Place
from marketplace.region.places.queries import outline_credits
from marketplace.region.topics.enums import Sign
from marketplace.web.maps import Map
from marketplace.web.navigation import Link
from marketplace.web.pages import Page, Strand, page_of_all


@dataclass(frozen=True)
class Line:
    """A thing as the list beside the map shows it."""

    posting: Posting
    layer: Layer
    is_hint: bool
    link: str
    sign: Sign | None
    km: int | None

    @property
    def kind(self) -> LazyString:
        """What it is: an internship, an offer."""
        return SHEETS[self.layer].single


@dataclass(frozen=True)
class Shown:
    """One part of the map with all that lies there, as marks and as a list.

    The numbers are exact: `count` is the sum of the marks, and the pages of the list
    together hold as many lines.
    """

    place: Place | None
    map: Map
    clusters: Sequence[Cluster]
    lines: Sequence[Line]
    next_link: str | None
    chips: Sequence[Link]
    # Towns that may be meant, where the one named is not known.
    suggestions: Sequence[Link]
    # Whom to name for the outlines of districts.
    credits: Sequence[str]
    # What is said of streets; None where there are none to be had.
    ground: Ground | None

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(cluster.count for cluster in self.clusters)

    @property
    def hint_count(self) -> int:
        """How many of them nobody has confirmed."""
        return sum(cluster.hint_count for cluster in self.clusters)


def shown_for(filters: MapFilters, endpoint: str, ground: Ground | None) -> Shown:
    """Answers one request for the map; links lead back to the same endpoint."""
    place = place_asked_for(filters)
    centre = (place.lat, place.lon) if place else None
    by = filters.narrowing(centre)
    bounds = bounds_asked_for(by.state, by.district)
    frame, ring = frame_for(filters.square, place, by.radius_km or 0, bounds)

    asked, clusters = _clusters(filters, by, level_for(frame))
    page = _page(asked, filters, centre)
    sources = outline_credits()
    link = partial(link_to, endpoint, filters)

    drawn = map_of_clusters(
        *(clusters, frame, ring, lambda s: link(feld=s)),
        districts_link=url_for("maps.districts") if sources else "",
    )

    return Shown(
        place=place,
        map=laid_on(drawn, ground),
        ground=ground,
        credits=sources,
        clusters=clusters,
        lines=[
            line_of(sheet.layer, posting, centre, is_hint=sheet.is_hint)
            for sheet, posting in page.rows
        ],
        next_link=link(nach=page.next) if page.next else None,
        chips=_chips(filters, place, link(feld=None)),
        suggestions=suggestions_of(filters) if by.is_unknown_place else [],
    )


def link_to(endpoint: str, filters: MapFilters, **changes: Any) -> str:
    """The address of this map with some entries changed; None takes one away."""
    entries: dict[str, Any] = {**filters.query, **changes}
    return url_for(endpoint, **{k: v for k, v in entries.items() if v is not None})


def _clusters(filters: MapFilters, by: Any, level: int) -> tuple[Asked, list[Cluster]]:
    """What lies where; hints too where they are asked for or little is confirmed."""
    wants_hints = bool(filters.hinweise.data)
    asked = Asked(filters.layers, by, filters.square, wants_hints)
    found = clusters_of(heaps(asked, level))
    if wants_hints or sum(cluster.count for cluster in found) >= FEW:
        return asked, found
    asked = Asked(filters.layers, by, filters.square, has_hints=True)
    return asked, clusters_of(heaps(asked, level))


def _page(
    asked: Asked, filters: MapFilters, centre: tuple[float, float] | None
) -> Page[tuple[Sheet, Any]]:
    sheets = list(sheets_of(asked))
    is_near = centre is not None and filters.is_nearest_first
    strands = [_strand(sheet, centre if is_near else None) for sheet in sheets]
    page = page_of_all(strands, after=filters.values.get("nach"))
    return Page([(sheets[number], thing) for number, thing in page.rows], page.next)


def _strand(sheet: Sheet, centre: tuple[float, float] | None) -> Strand:
    model = sheet.model
    query = as_cards(sheet.query, model)
    if sheet.is_hint:
        return Strand(query, youngest_hint_first(model), stage=0)
    keys = nearest_first(model, centre) if centre else newest_first(model)
    return Strand(query, keys, stage=1)


def line_of(
    layer: Layer,
    posting: Any,
    centre: tuple[float, float] | None = None,
    *,
    is_hint: bool,
) -> Line:
    """A thing as a line: with its way from a place, if one is named."""
    here = point_of(posting)
    km = round(distance_km(Point(*centre), here)) if centre and here else None
    link = url_for(SHEETS[layer].show, key=posting)
    return Line(posting, layer, is_hint, link, sign_for(posting), km)


def _chips(filters: MapFilters, place: Place | None, whole: str) -> list[Link]:
    chips = chips_of(filters, place)
    return [*chips, Link(_("Ausschnitt der Karte"), whole)] if filters.square else chips
