from itertools import combinations
from math import hypot

import pytest

from marketplace.foundation.geometry import Point
from marketplace.web.maps import (
    WHOLE,
    Frame,
    Glow,
    Label,
    Ring,
    Spot,
    Stop,
    constellation_map,
    glows_of,
    locator_map,
    map_of,
)

LEIPZIG, HALLE = Point(51.34, 12.37), Point(51.48, 11.97)
SALZWEDEL, GOERLITZ = Point(52.85, 11.15), Point(51.15, 14.99)


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def spot(point, number=1):
    return Spot(point, number, "Löten", f"#p{number}", "i")


def test_a_spot_becomes_a_numbered_sign_where_its_place_is():
    drawn = map_of([spot(LEIPZIG)])

    assert drawn.stops == [Stop(310.6, 336.0, 1, "i", "Löten", "#p1")]


def test_a_map_of_spots_is_near_enough_to_tell_them_apart():
    drawn = map_of([spot(LEIPZIG), spot(HALLE, 2)])

    assert drawn.frame == Frame(255.8, 292.0, 60.0, 60.0)
    assert drawn.scale == 0.149


def test_a_map_of_far_spots_shows_the_whole_region():
    assert map_of([spot(SALZWEDEL), spot(GOERLITZ, 2)]).frame == WHOLE


def test_a_map_without_spots_shows_the_whole_region():
    assert map_of([]).view_box == "-4 6 664 562"


def test_the_radius_is_drawn_around_the_place_and_fits_into_the_map():
    drawn = map_of([], centre=LEIPZIG, radius_km=50)

    assert drawn.ring == Ring(310.6, 336.0, radius=89.9)
    assert drawn.frame == Frame(209.9, 235.3, 201.4, 201.4)


def test_a_place_without_a_radius_has_no_ring():
    assert map_of([spot(LEIPZIG)], centre=LEIPZIG).ring is None


def test_a_near_map_names_the_towns_that_it_shows():
    drawn = map_of(
        [spot(HALLE)],
        centre=LEIPZIG,
        radius_km=50,
        labels=[("Leipzig", LEIPZIG), ("Görlitz", GOERLITZ)],
    )

    assert drawn.labels == [Label(310.6, 336.0, "Leipzig")]


def test_only_a_map_with_signs_has_something_to_press():
    assert map_of([spot(LEIPZIG)]).has_links
    assert not map_of([]).has_links


@pytest.mark.parametrize(("count", "radius"), [(1, 2.6), (2, 3.2), (5, 4.6)])
def test_a_place_glows_the_stronger_the_more_there_is(count, radius):
    assert glows_of([(LEIPZIG, count)]) == [Glow(310.6, 336.0, radius)]


def test_the_stamp_shows_one_place_that_does_not_breathe():
    drawn = locator_map(LEIPZIG, description="Lage: Leipzig")

    assert drawn.glows == [Glow(310.6, 336.0, 20.0, is_still=True)]
    assert drawn.description == "Lage: Leipzig"


def test_a_constellation_joins_each_place_to_the_first():
    drawn = constellation_map(
        ("Labor", LEIPZIG), [("Optik", LEIPZIG), ("Kabel", HALLE)], description="zwei"
    )

    assert drawn.lines == ["M310.6 336.0L310.6 336.0", "M310.6 336.0L260.9 308.0"]
    assert [label.text for label in drawn.labels] == ["Labor", "Optik", "Kabel"]
    assert (drawn.description, drawn.has_links) == ("zwei", False)


def test_signs_of_one_place_stand_beside_each_other():
    stops = map_of([*(spot(LEIPZIG, n) for n in range(1, 21)), spot(HALLE, 21)]).stops
    sign = 27 * map_of([spot(LEIPZIG), spot(HALLE)]).scale

    ways = [
        hypot(one.x - other.x, one.y - other.y) for one, other in combinations(stops, 2)
    ]
    assert (stops[0].x, stops[0].y) == (310.6, 336.0)
    assert len(stops) == 21
    assert min(ways) >= sign
