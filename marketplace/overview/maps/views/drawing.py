"""Which part of the region is shown, and how clusters are drawn on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2

from flask_babel import format_decimal

from marketplace.foundation.geometry import (
    Point,
    at_map,
    distance_km,
    km_on_map,
    on_map,
)
from marketplace.foundation.language import _, ngettext
from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.rules import Cluster, Square
from marketplace.region.places.models import Place
from marketplace.region.places.queries import (
    Bounds,
    bounds_of,
    large_places,
    places_within,
)
from marketplace.web.maps import WHOLE, Frame, Map, Mark, Ring, marked_map

# How wide a square of level 0 is on the map.
WIDEST = 79.5
# So many squares lie side by side at most: each has room for a mark a thumb hits.
ACROSS = 9
# A part of the region is shown with a margin; nothing nearer than this is.
MARGIN, NARROWEST = 1.1, 20.0
# What needs more than this share of the region is shown with all of it.
NEAR_SHARE = 0.8
# How large marks are, in units of the drawing: for one thing, and for very many.
SMALLEST, LARGEST = 11.0, 19.0
# From here on a part of the map names its largest towns, whichever they are.
CLOSE, NAMED_TOWNS = 160.0, 14
# What lies nearer to a larger town is a quarter of it, or one with it.
QUARTER_KM = 6


def frame_for(
    square: Square | None, place: Place | None, radius_km: int, bounds: Bounds | None
) -> tuple[Frame, Ring | None]:
    """The part of the map that is asked for, and the circle around a place."""
    ring = None
    if place:
        x, y = on_map(Point(place.lat, place.lon))
        ring = Ring(x, y, km_on_map(radius_km))
    if square:
        return _frame_around(*square.on_map), ring
    if ring:
        r = ring.radius
        return _frame_around(ring.x - r, ring.y - r, ring.x + r, ring.y + r), ring
    if bounds:
        left, bottom = on_map(bounds.south_west)
        right, top = on_map(bounds.north_east)
        return _frame_around(left, top, right, bottom), None
    return WHOLE, None


def level_for(frame: Frame) -> int:
    """How fine the squares of a part of the map are."""
    return max(0, int(log2(WIDEST * ACROSS / frame.width)))


def map_of_clusters(
    clusters: Sequence[Cluster],
    frame: Frame,
    ring: Ring | None,
    link_to: Callable[[Square], str],
    districts_link: str = "",
) -> Map:
    """Draws the clusters, the smallest on top, and the towns there is room for."""
    marks = [_mark(cluster, frame, link_to(cluster.square)) for cluster in clusters]
    return marked_map(
        frame,
        marks,
        ring=ring,
        labels=_towns(frame),
        description=_("Karte: was wo zu finden ist"),
        districts_link=districts_link,
    )


def bounds_asked_for(state: str | None, district: str) -> Bounds | None:
    """How far the state or the district reaches that is asked for."""
    return bounds_of(state, district) if state or district else None  # type: ignore[arg-type]


def words_for(cluster: Cluster) -> str:
    """What lies in a cluster, in words: 4: 3 Praktika, 1 Angebot.

    It holds the number that is seen, for those who say aloud what they press.
    """
    parts = [_counted(layer, count) for layer, count in cluster.counts.items()]
    if cluster.hint_count:
        parts.append(
            ngettext(
                "davon %(num)s unbestätigter Hinweis",
                "davon %(num)s unbestätigte Hinweise",
                cluster.hint_count,
            )
        )
    words = ", ".join(parts)
    return words if cluster.layer else f"{format_decimal(cluster.count)}: {words}"


def _counted(layer: Layer, count: int) -> str:
    words: Mapping[Layer, Callable[[], str]] = {
        Layer.INTERNSHIP: lambda: ngettext(
            "%(num)s Praktikum", "%(num)s Praktika", count
        ),
        Layer.OFFER: lambda: ngettext("%(num)s Angebot", "%(num)s Angebote", count),
        Layer.EVENT: lambda: ngettext(
            "%(num)s Veranstaltung", "%(num)s Veranstaltungen", count
        ),
        Layer.SPONSORSHIP: lambda: ngettext(
            "%(num)s Förderung", "%(num)s Förderungen", count
        ),
        Layer.NEED: lambda: ngettext(
            "%(num)s Angebot, dem etwas fehlt",
            "%(num)s Angebote, denen etwas fehlt",
            count,
        ),
    }
    return words[layer]()


def _mark(cluster: Cluster, frame: Frame, link: str) -> Mark:
    radius = min(LARGEST, SMALLEST + 1.6 * log2(cluster.count))
    x, y = _inside(cluster, frame, radius * frame.scale)
    return Mark(
        *(x, y, round(radius, 1)),
        shape=f"layer-{cluster.layer}" if cluster.layer else "layer-mixed",
        text=format_decimal(cluster.count),
        label=words_for(cluster),
        link=link,
        is_hint=cluster.is_hint,
    )


def _inside(cluster: Cluster, frame: Frame, radius: float) -> tuple[float, float]:
    """The middle of a cluster, far enough from the edge that no two marks touch.

    What reaches over the edge of the map is moved into it, so that it is seen whole.
    """
    left, top, right, bottom = cluster.square.on_map
    right = min(right, frame.left + frame.width)
    x, y = on_map(cluster.point)
    x = min(max(x, left + radius), right - radius)
    y = min(max(y, top + radius), bottom - radius)
    return round(x, 1), round(y, 1)


def _towns(frame: Frame) -> Iterable[tuple[str, Point]]:
    if frame.width > CLOSE:
        return [(_short(name), Point(lat, lon)) for name, lat, lon in large_places()]
    low = at_map(frame.left, frame.top + frame.height)
    high = at_map(frame.left + frame.width, frame.top)
    named: list[tuple[str, Point]] = []
    for name, lat, lon in places_within(Bounds(low, high), 2 * NAMED_TOWNS):
        here = Point(lat, lon)
        if all(distance_km(here, other) > QUARTER_KM for _name, other in named):
            named.append((_short(name), here))
    return named[:NAMED_TOWNS]


def _short(name: str) -> str:
    """Halle for Halle (Saale): on a map of the region nobody takes it for another."""
    return name.partition(" (")[0]


def _frame_around(left: float, top: float, right: float, bottom: float) -> Frame:
    side = max(NARROWEST, MARGIN * max(right - left, bottom - top))
    if side > WHOLE.width * NEAR_SHARE:
        return WHOLE
    x, y = (left + right - side) / 2, (top + bottom - side) / 2
    return Frame(*(round(value, 1) for value in (x, y, side, side)))
