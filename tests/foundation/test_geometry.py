from math import asin, cos, dist, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString
from shapely import Point as ShapePoint

from marketplace.foundation.geometry import (
    EARTH_KM,
    MAP_HEIGHT,
    MAP_WIDTH,
    Point,
    distance_km,
    km_on_map,
    on_map,
    simplified,
)

HALLE = Point(51.48158, 11.97947)
LEIPZIG = Point(51.33962, 12.37129)
DRESDEN = Point(51.05089, 13.73832)
points = st.builds(Point, st.floats(50.2, 53.0), st.floats(9.9, 15.0))


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (HALLE, LEIPZIG, 31.4),
        (LEIPZIG, DRESDEN, 100.5),
        (HALLE, HALLE, 0.0),
        (Point(51, 12), Point(52, 12), 111.2),
        (Point(0, 0), Point(0, 180), 20015.1),
    ],
)
def test_a_distance_is_that_of_the_great_circle(a, b, km):
    assert round(distance_km(a, b), 1) == km


@given(points, points, points)
def test_distances_behave_like_distances(a, b, c):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6


def direction(point):
    lat, lon = radians(point.lat), radians(point.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


@given(points, points)
def test_a_distance_is_the_angle_between_two_directions(a, b):
    chord = dist(direction(a), direction(b))

    assert distance_km(a, b) == pytest.approx(EARTH_KM * 2 * asin(chord / 2))


@given(points)
def test_every_place_of_the_region_is_on_the_map(point):
    x, y = on_map(point)

    assert 0 <= x <= MAP_WIDTH
    assert 0 <= y <= MAP_HEIGHT


def test_the_map_has_one_scale_both_ways():
    x, y = on_map(HALLE)
    east = on_map(Point(HALLE.lat, HALLE.lon + 1))
    south = on_map(Point(HALLE.lat - 1, HALLE.lon))
    km_east = distance_km(HALLE, Point(HALLE.lat, HALLE.lon + 1))

    assert south == (x, pytest.approx(y + km_on_map(111.195), abs=0.2))
    assert east[0] - x == pytest.approx(km_on_map(km_east), rel=0.01)


corners = st.tuples(st.integers(0, 60), st.integers(0, 60))


@settings(max_examples=60)
@given(st.lists(corners, min_size=2, max_size=20))
def test_a_simplified_line_stays_near_the_line(line):
    kept = simplified(line, 3.0)

    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert simplified(line, 0.0)[0] == line[0]
    rest = iter(line)
    assert all(corner in rest for corner in kept)
    for corner in line:
        shape = LineString(kept) if len(set(kept)) > 1 else ShapePoint(kept[0])
        assert shape.distance(ShapePoint(corner)) <= 3.0 + 1e-9


def test_a_straight_line_needs_its_ends_alone():
    assert simplified([(0, 0), (1, 0.1), (2, 0), (9, 0)], 0.5) == [(0, 0), (9, 0)]
    assert simplified([(4, 4), (4, 4)], 0.5) == [(4, 4), (4, 4)]
