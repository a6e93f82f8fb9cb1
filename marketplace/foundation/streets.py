"""Pictures of streets, from a server that the operator names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, log2, pi, radians, sinh, tan

from marketplace.foundation.geometry import MAP_PER_LON, Point, at_map, place_on_map

SLOTS = ("{z}", "{x}", "{y}")
# A host as a header may name it, then a path with the slots: no sign in it ends a
# source of the policy or an attribute of a page.
ADDRESS = re.compile(
    r"(?P<origin>(?P<scheme>https?)://(?P<host>(?P<name>[a-z0-9.-]+|\[::1\])(:\d{1,5})?))"
    r"/[\w./{}~%?=&@+-]*",
    re.ASCII,
)
AT_HOME = {"localhost", "127.0.0.1", "[::1]"}
# Servers draw a picture for this many pixels of a screen; a map is about so wide.
PICTURE_PX, MAP_PX = 256, 600
# A wide plate shows this much more of the region to both sides than it was asked for.
WIDE = 2.25
# Nothing nearer is drawn by most servers.
NEAREST = 18
# Pictures reach this share over their edge, so that no gap shines between two.
OVERLAP = 0.001


@dataclass(frozen=True)
class Streets:
    """Where pictures come from and whom to name: an address with three slots.

    `host` is what a reader is told, `origin` what a browser is allowed.
    """

    template: str
    credit: str
    host: str
    origin: str


@dataclass(frozen=True)
class Tile:
    """One picture, in units of the map."""

    x: float
    y: float
    width: float
    height: float
    link: str


def streets_from(template: str, credit: str) -> Streets | None:
    """Reads what the operator set; None where nothing is set.

    Raises ValueError, with a sentence, unless the address is https (or of this very
    machine), holds each slot once behind the host, and somebody is named for it.
    """
    if not template:
        return None
    hit = ADDRESS.fullmatch(template)
    if not hit or (hit["scheme"] == "http" and hit["name"] not in AT_HOME):
        raise ValueError("MARKET_TILES_URL needs an https address without a sign-in.")
    if sorted(re.findall(r"\{[^}]*\}?|\}", template)) != sorted(SLOTS):
        raise ValueError("MARKET_TILES_URL needs {z}, {x} and {y}, each once.")
    if not credit.strip():
        raise ValueError("MARKET_TILES_URL needs MARKET_TILES_CREDIT: who drew it.")
    return Streets(template, credit.strip(), hit["host"], hit["origin"])


def tiles_of(
    streets: Streets, left: float, top: float, width: float, height: float
) -> list[Tile]:
    """The pictures below a part of the map and beside it, each put by its corners.

    Pictures are drawn in the projection of Mercator, the map is a plain one. Each of
    them is so small a part of the globe that between its corners the two differ by
    less than two pixels.
    """
    zoom = _zoom_for(width)
    seen = max(width, WIDE * height)
    left, width = left - (seen - width) / 2, seen
    north_west, south_east = at_map(left, top), at_map(left + width, top + height)
    first_x, first_y = _cell(north_west, zoom)
    last_x, last_y = _cell(south_east, zoom)
    return [
        _tile(streets, zoom, x, y)
        for y in _whole(first_y, last_y, zoom)
        for x in _whole(first_x, last_x, zoom)
    ]


def corner_of(zoom: int, x: float, y: float) -> Point:
    """The place at the north-western corner of a picture (Web Mercator)."""
    count = 2**zoom
    return Point(degrees(atan(sinh(pi * (1 - 2 * y / count)))), x / count * 360 - 180)


def _cell(point: Point, zoom: int) -> tuple[float, float]:
    """In which picture a place lies, and how far within."""
    count = 2**zoom
    x = (point.lon + 180) / 360 * count
    return x, (1 - asinh(tan(radians(point.lat))) / pi) / 2 * count


def _zoom_for(width: float) -> int:
    """The zoom whose pictures are seen nearest to the size they were drawn for."""
    seen = 360 * MAP_PER_LON * MAP_PX / width / PICTURE_PX
    return min(NEAREST, max(0, round(log2(seen))))


def _whole(first: float, last: float, zoom: int) -> Iterator[int]:
    yield from range(max(0, floor(first)), min(2**zoom, ceil(last)))


def _tile(streets: Streets, zoom: int, x: int, y: int) -> Tile:
    left, top = place_on_map(corner_of(zoom, x, y))
    right, bottom = place_on_map(corner_of(zoom, x + 1, y + 1))
    link = streets.template
    for slot, number in zip(SLOTS, (zoom, x, y), strict=True):
        link = link.replace(slot, str(number))
    wide, high = (right - left) * (1 + OVERLAP), (bottom - top) * (1 + OVERLAP)
    return Tile(round(left, 3), round(top, 3), round(wide, 3), round(high, 3), link)
