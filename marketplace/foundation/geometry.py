"""Places on the globe and on the map of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, floor, hypot, radians, sin, sqrt

EARTH_KM = 6371.0088
# How many kilometres one degree of latitude spans.
DEGREE_KM = EARTH_KM * radians(1)

# The map: one unit is the same distance both ways at 51.6° north.
MAP_WEST, MAP_NORTH = 9.87, 53.02
MAP_PER_LON, MAP_PER_LAT = 124.23, 200.0
MAP_WIDTH, MAP_HEIGHT = 643, 570

# The squares by which an index knows where things are, in degrees: some 28 km.
CELL_LAT, CELL_LON = 0.25, 0.4
# The finest squares of the map, in each degree: some 700 metres wide. Squares of a
# coarser level hold four of the next finer one.
SQUARES_PER_LAT, SQUARES_PER_LON, FINEST = 160, 100, 6
# How many kilometres a degree of longitude spans at least in the north of the region.
NARROWEST_KM = 66.0


@dataclass(frozen=True)
class Point:
    """A place in degrees."""

    lat: float
    lon: float


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance (haversine)."""
    half_lat = radians(b.lat - a.lat) / 2
    half_lon = radians(b.lon - a.lon) / 2
    share = sin(half_lat) ** 2
    share += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(share))


def on_map(point: Point) -> tuple[float, float]:
    """Where a place stands on the map, in its units, one decimal."""
    x, y = place_on_map(point)
    return round(x, 1), round(y, 1)


def place_on_map(point: Point) -> tuple[float, float]:
    """The same to the last digit."""
    x = (point.lon - MAP_WEST) * MAP_PER_LON
    return x, (MAP_NORTH - point.lat) * MAP_PER_LAT


def at_map(x: float, y: float) -> Point:
    """The place that stands here on the map."""
    return Point(MAP_NORTH - y / MAP_PER_LAT, MAP_WEST + x / MAP_PER_LON)


def simplified(
    line: Sequence[tuple[float, float]], tolerance: float
) -> list[tuple[float, float]]:
    """Leaves out the corners of a line that stand out less (Douglas and Peucker).

    First and last stay; what is left out lies no farther than that from the rest.
    """
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        away = {
            k: _off(line[k], line[first], line[last]) for k in range(first + 1, last)
        }
        farthest = max(away, key=lambda k: away[k], default=0)
        if away and away[farthest] > tolerance:
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return [line[k] for k in sorted(kept)]


def _off(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    """How far a corner lies from the piece between two others."""
    wide, high = end[0] - start[0], end[1] - start[1]
    x, y = point[0] - start[0], point[1] - start[1]
    length = wide * wide + high * high
    share = min(1.0, max(0.0, (x * wide + y * high) / length)) if length else 0.0
    return hypot(x - share * wide, y - share * high)


def km_on_map(km: float) -> float:
    """How long a distance is on the map."""
    return round(km / DEGREE_KM * MAP_PER_LAT, 1)


def cell_of(lat: float, lon: float) -> str:
    """Names the square in which a place lies."""
    return f"{floor(lat / CELL_LAT)}_{floor(lon / CELL_LON)}"


def cells_around(lat: float, lon: float, km: float) -> list[str]:
    """Names all squares that a circle touches, and a few beside it."""
    high, wide = km / DEGREE_KM, km / NARROWEST_KM
    rows = range(floor((lat - high) / CELL_LAT), floor((lat + high) / CELL_LAT) + 1)
    columns = range(floor((lon - wide) / CELL_LON), floor((lon + wide) / CELL_LON) + 1)
    return [f"{row}_{column}" for row in rows for column in columns]
