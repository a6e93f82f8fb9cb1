"""Maps as the server draws them: what is to be seen, in units of the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from marketplace.foundation.geometry import (
    MAP_HEIGHT,
    MAP_WIDTH,
    Point,
    km_on_map,
    on_map,
)
from marketplace.foundation.language import _

WHOLE = f"-4 6 {MAP_WIDTH + 21} {MAP_HEIGHT - 8}"
# How large a numbered sign is, as a share of what the map shows.
STOP_SHARE = 0.062
NARROWEST, MARGIN = 60.0, 1.12
# The dots of all towns, drawn once and kept by the browser.
TOWNS = "discovery.towns"


@dataclass(frozen=True)
class Stop:
    """A numbered sign that leads to its entry in the list."""

    x: float
    y: float
    number: int
    sign: str
    label: str
    link: str
    size: float = 15.0


@dataclass(frozen=True)
class Glow:
    """A place where something is on offer, without a number."""

    x: float
    y: float
    radius: float = 3.2


@dataclass(frozen=True)
class Label:
    """The name of a town."""

    x: float
    y: float
    text: str
    is_quiet: bool = True
    is_spare: bool = False


@dataclass(frozen=True)
class Ring:
    """How far around a place is searched."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Map:
    """All that one map shows."""

    view_box: str
    description: str
    towns_link: str
    stops: Sequence[Stop] = ()
    glows: Sequence[Glow] = ()
    labels: Sequence[Label] = ()
    lines: Sequence[str] = ()
    ring: Ring | None = None
    is_near: bool = False

    @property
    def has_links(self) -> bool:
        """Says whether there is something to press."""
        return bool(self.stops)


@dataclass(frozen=True)
class Spot:
    """What a map is asked to show: where, which sign, what words, which link."""

    point: Point
    number: int
    label: str
    link: str
    sign: str = "t"


def map_of(
    spots: Iterable[Spot],
    *,
    centre: Point | None = None,
    radius_km: int | None = None,
    labels: Iterable[tuple[str, Point]] = (),
    description: str = "",
) -> Map:
    """Draws numbered spots, near enough to see them; all of the region if none."""
    spots = list(spots)
    ring = _ring(centre, radius_km)
    left, top, side = _frame([on_map(spot.point) for spot in spots], ring)
    is_near = side < MAP_WIDTH * 0.75
    size = round(side * STOP_SHARE, 1)
    return Map(
        view_box=f"{left} {top} {side} {side}" if is_near else WHOLE,
        description=description or _("Karte der Region"),
        towns_link=url_for(TOWNS),
        stops=[_stop(spot, size if is_near else 26.0) for spot in spots],
        labels=[
            Label(x + side * 0.012, y - side * 0.01, name)
            for name, (x, y) in ((n, on_map(p)) for n, p in labels)
            if not is_near or (left < x < left + side and top < y < top + side)
        ],
        ring=ring,
        is_near=is_near,
    )


def glowing_map(
    points: Iterable[tuple[Point, int]],
    *,
    labels: Iterable[tuple[str, Point]] = (),
    description: str = "",
) -> Map:
    """Draws the whole region; a place glows the stronger the more there is."""
    glows = [
        Glow(*on_map(point), radius=2.6 if count < 2 else 3.2 if count < 5 else 4.6)
        for point, count in points
    ]
    names = [(name, on_map(point)) for name, point in labels]
    return Map(
        view_box=WHOLE,
        description=description or _("Karte der Region"),
        towns_link=url_for(TOWNS),
        glows=glows,
        labels=[Label(x + 10, y - 6, name, is_quiet=False) for name, (x, y) in names],
    )


def _stop(spot: Spot, size: float) -> Stop:
    x, y = on_map(spot.point)
    return Stop(x, y, spot.number, spot.sign, spot.label, spot.link, size)


def _ring(centre: Point | None, radius_km: int | None) -> Ring | None:
    if centre is None or not radius_km:
        return None
    return Ring(*on_map(centre), radius=km_on_map(radius_km))


def _frame(
    points: Sequence[tuple[float, float]], ring: Ring | None
) -> tuple[float, float, float]:
    """Left, top and side of the square that holds everything."""
    corners = list(points)
    if ring:
        corners += [
            (ring.x - ring.radius, ring.y - ring.radius),
            (ring.x + ring.radius, ring.y + ring.radius),
        ]
    if not corners:
        return 0.0, 0.0, float(MAP_WIDTH)
    xs, ys = zip(*corners, strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    side = max(NARROWEST, max(wide, high) * MARGIN)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return (
        round(middle_x - side / 2, 1),
        round(middle_y - side / 2, 1),
        round(side, 1),
    )
