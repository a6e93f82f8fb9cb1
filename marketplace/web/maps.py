"""Maps as the server draws them: what is to be seen, in units of the map."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt

from flask import url_for

from marketplace.foundation.geometry import (
    MAP_HEIGHT,
    MAP_WIDTH,
    Point,
    km_on_map,
    on_map,
)
from marketplace.foundation.language import _
from marketplace.foundation.streets import Tile
from marketplace.web.lettering import GAP, Box, Name, lettered

# Words and signs are drawn for a map this wide, and scaled with what is shown.
DRAWN_FOR = 404
# How much room a numbered sign takes, as a share of what the map shows: 24 pixels
# of a phone, which a thumb still hits.
STOP_SHARE = 34 / DRAWN_FOR
# So far apart signs of one place stand, each turned by the golden angle from the last.
BESIDE, GOLDEN = 28.0, pi * (3 - sqrt(5))
NARROWEST, MARGIN = 60.0, 1.12
# What needs more than this share of the region is shown with all of it.
NEAR_SHARE = 0.75


@dataclass(frozen=True)
class Frame:
    """The part of the map that is shown."""

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    @property
    def scale(self) -> float:
        """How large words and signs are drawn."""
        return round(self.width / DRAWN_FOR, 3)


WHOLE = Frame(-4, 6, MAP_WIDTH + 21, MAP_HEIGHT - 8)
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


@dataclass(frozen=True)
class Glow:
    """A place where something is on offer, without a number; it may breathe."""

    x: float
    y: float
    radius: float = 3.2
    is_still: bool = False

    @property
    def halo(self) -> float:
        """How far its light reaches."""
        return round(self.radius * 5, 1)


@dataclass(frozen=True)
class Label:
    """The name of a town."""

    x: float
    y: float
    text: str
    is_quiet: bool = True
    offset: float = GAP


@dataclass(frozen=True)
class Ring:
    """How far around a place is searched."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Mark:
    """A sign with the number of all that lies around its place, and where it leads.

    Its shape, by the name of its icon, says what lies there. `is_hint`: nobody has
    confirmed any of it.
    """

    x: float
    y: float
    radius: float
    shape: str
    text: str
    label: str
    link: str
    is_hint: bool = False


@dataclass(frozen=True)
class Map:
    """All that one map shows."""

    frame: Frame
    description: str
    towns_link: str
    stops: Sequence[Stop] = ()
    glows: Sequence[Glow] = ()
    labels: Sequence[Label] = ()
    lines: Sequence[str] = ()
    ring: Ring | None = None
    marks: Sequence[Mark] = ()
    # Outlines of districts, where the operator brought some, and streets, where asked.
    districts_link: str = ""
    tiles: Sequence[Tile] = ()

    @property
    def view_box(self) -> str:
        """The part that is shown, as the drawing says it."""
        return str(self.frame)

    @property
    def scale(self) -> float:
        """How large words and signs are drawn."""
        return self.frame.scale

    @property
    def has_links(self) -> bool:
        """Says whether there is something to press."""
        return bool(self.stops or self.marks)


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
    frame = _frame([on_map(spot.point) for spot in spots], ring)
    stops = _apart(
        [Stop(*on_map(s.point), s.number, s.sign, s.label, s.link) for s in spots],
        frame.scale,
    )
    return Map(
        frame=frame,
        description=description or _("Karte der Region"),
        towns_link=url_for(TOWNS),
        stops=stops,
        labels=_labels(labels, frame, stops),
        ring=ring,
    )


def marked_map(
    frame: Frame,
    marks: Sequence[Mark],
    *,
    ring: Ring | None = None,
    labels: Iterable[tuple[str, Point]] = (),
    description: str = "",
    districts_link: str = "",
) -> Map:
    """Draws a part of the region with marks, and names where there is room."""
    return Map(
        frame=frame,
        description=description or _("Karte der Region"),
        towns_link=url_for(TOWNS),
        labels=_labels(labels, frame, marks),
        ring=ring,
        marks=marks,
        districts_link=districts_link,
    )


def glows_of(points: Iterable[tuple[Point, int]]) -> Sequence[Glow]:
    """The lights of places, the stronger the more there is at one."""
    return [Glow(*on_map(point), radius=_strength(n)) for point, n in points]


def glowing_map(
    glows: Sequence[Glow],
    *,
    labels: Iterable[tuple[str, Point]] = (),
    description: str = "",
) -> Map:
    """Draws the whole region with its lights."""
    return Map(
        frame=WHOLE,
        description=description or _("Karte der Region"),
        towns_link=url_for(TOWNS),
        glows=glows,
        labels=_labels(labels, WHOLE, is_quiet=False),
    )


def locator_map(point: Point, *, description: str) -> Map:
    """Draws the stamp of a detail page: one place in the whole region."""
    return Map(
        frame=WHOLE,
        description=description,
        towns_link=url_for(TOWNS),
        glows=[Glow(*on_map(point), radius=20.0, is_still=True)],
    )


def constellation_map(
    centre: tuple[str, Point], others: Sequence[tuple[str, Point]], *, description: str
) -> Map:
    """Draws one place and those that join it, with a line to each."""
    named = [centre, *others]
    places = [on_map(point) for _name, point in named]
    frame = _frame(places, None)
    x, y = places[0]
    sizes = [3.4, *(2.2 for _other in others)]
    return Map(
        frame=frame,
        description=description,
        towns_link=url_for(TOWNS),
        glows=[
            Glow(*place, size * max(frame.scale, 0.2) * 2, is_still=True)
            for place, size in zip(places, sizes, strict=True)
        ],
        labels=_labels(named, frame, is_quiet=False),
        lines=[f"M{x} {y}L{to_x} {to_y}" for to_x, to_y in places[1:]],
    )


def _apart(stops: Sequence[Stop], scale: float) -> list[Stop]:
    """Signs of one place side by side around it, the first nearest, none on another."""
    before: Counter[tuple[float, float]] = Counter()
    spread = []
    for stop in stops:
        turn = before[stop.x, stop.y]
        before[stop.x, stop.y] += 1
        way, angle = BESIDE * scale * sqrt(turn), GOLDEN * turn
        x, y = stop.x + way * cos(angle), stop.y + way * sin(angle)
        spread.append(replace(stop, x=round(x, 1), y=round(y, 1)))
    return spread


def _strength(count: int) -> float:
    return 2.6 if count < 2 else 3.2 if count < 5 else 4.6


def _labels(
    labels: Iterable[tuple[str, Point]],
    frame: Frame,
    stops: Sequence[Stop | Mark] = (),
    *,
    is_quiet: bool = True,
) -> list[Label]:
    """The names there is room for beside the signs, the first ones first."""
    size = frame.scale
    written = lettered(
        (
            Name(text, *(value / size for value in on_map(point)))
            for text, point in labels
        ),
        room=_room(frame),
        signs=[(stop.x / size, stop.y / size) for stop in stops],
    )
    return [
        Label(
            round(found.name.x * size, 1),
            round(found.name.y * size, 1),
            found.name.text,
            is_quiet=is_quiet,
            offset=found.offset,
        )
        for found in written
    ]


def _room(frame: Frame) -> Box:
    """What is shown, in units of the drawing."""
    left, top = frame.left / frame.scale, frame.top / frame.scale
    right = left + frame.width / frame.scale
    return Box(left, top, right, top + frame.height / frame.scale)


def _ring(centre: Point | None, radius_km: int | None) -> Ring | None:
    if centre is None or not radius_km:
        return None
    return Ring(*on_map(centre), radius=km_on_map(radius_km))


def _frame(points: Sequence[tuple[float, float]], ring: Ring | None) -> Frame:
    """The square that holds everything; the whole region where it is no nearer."""
    corners = list(points)
    if ring:
        corners += [
            (ring.x - ring.radius, ring.y - ring.radius),
            (ring.x + ring.radius, ring.y + ring.radius),
        ]
    if not corners:
        return WHOLE
    xs, ys = zip(*corners, strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    side = max(NARROWEST, max(wide, high) * MARGIN)
    if side > WHOLE.width * NEAR_SHARE:
        return WHOLE
    left, top = (max(xs) + min(xs) - side) / 2, (max(ys) + min(ys) - side) / 2
    return Frame(round(left, 1), round(top, 1), round(side, 1), round(side, 1))
