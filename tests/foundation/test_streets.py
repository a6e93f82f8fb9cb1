from math import cos, log, pi, radians, tan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace import config
from marketplace.foundation.geometry import MAP_HEIGHT, MAP_WIDTH, Point, place_on_map
from marketplace.foundation.streets import (
    MAP_PX,
    Streets,
    corner_of,
    streets_from,
    tiles_of,
)

ADDRESS, CREDIT = "https://tiles.example/{z}/{x}/{y}.png", "© Alle"
STREETS = streets_from(ADDRESS, CREDIT)
sides = st.floats(20, 664)


def numbers(tile):
    return [int(part) for part in tile.link[:-4].split("/")[3:]]


def test_an_address_with_three_slots_is_taken():
    host = "tiles.example"
    assert streets_from(ADDRESS, CREDIT) == Streets(
        *(ADDRESS, CREDIT, host, f"https://{host}")
    )


@pytest.mark.parametrize(
    ("address", "host", "origin"),
    [
        (
            "https://a.example:8443/s/{z}/{y}/{x}@2x.webp?key=a-1",
            "a.example:8443",
            "https://a.example:8443",
        ),
        ("http://127.0.0.1:9/{z}/{x}/{y}", "127.0.0.1:9", "http://127.0.0.1:9"),
        ("http://[::1]/{z}/{x}/{y}", "[::1]", "http://[::1]"),
    ],
)
def test_keys_ports_and_this_machine_are_taken(address, host, origin):
    streets = streets_from(address, CREDIT)

    assert (streets.host, streets.origin) == (host, origin)


def test_without_an_address_there_are_no_streets():
    assert streets_from("", CREDIT) is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://tiles.example/{z}/{x}/{y}.png", "https"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", "https"),
        ("//tiles.example/{z}/{x}/{y}.png", "https"),
        ("https://me:word@tiles.example/{z}/{x}/{y}.png", "sign-in"),
        ("https://tiles.example/{z}/{x}/{y}.png; script-src *", "https"),
        ("https://a.example,b.example/{z}/{x}/{y}.png", "https"),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", "https"),
        ("https://*/{z}/{x}/{y}.png", "https"),
        ('https://tiles.example/{z}/{x}/{y}.png"', "https"),
        ("https://tiles.example/{z}/{x}/{y}.png\n", "https"),
        ("https://tiles.example/{z}/{x}.png", "each once"),
        ("https://tiles.example/{z}/{x}/{y}/{y}.png", "each once"),
        ("https://tiles.example/{z}/{x}/{y}{r}.png", "each once"),
        ("https://tiles.example/{z}/{x}/{y}}.png", "each once"),
    ],
)
def test_an_address_that_would_not_do_is_refused(address, fault):
    with pytest.raises(ValueError, match=fault):
        streets_from(address, CREDIT)


@pytest.mark.parametrize(
    ("address", "credit", "fault"),
    [(ADDRESS, " ", "MARKET_TILES_CREDIT"), ("https://x.example/x", CREDIT, "{z}")],
)
def test_a_wrong_setting_is_told_at_start(
    monkeypatch, tmp_path, address, credit, fault
):
    monkeypatch.setenv("MARKET_INSTANCE", str(tmp_path))
    monkeypatch.setenv("MARKET_TILES_URL", address)
    monkeypatch.setenv("MARKET_TILES_CREDIT", credit)

    with pytest.raises(SystemExit, match=fault):
        config.settings(tmp_path)


@pytest.mark.parametrize("zoom", [7, 12])
@pytest.mark.parametrize("place", [Point(51.34, 12.37), Point(50.2, 9.9)])
def test_a_corner_is_where_the_formula_of_mercator_puts_it(zoom, place):
    lat = radians(place.lat)
    x = (place.lon + 180) / 360 * 2**zoom
    y = (1 - log(tan(lat) + 1 / cos(lat)) / pi) / 2 * 2**zoom

    found = corner_of(zoom, x, y)

    assert found.lat == pytest.approx(place.lat, abs=1e-9)
    assert found.lon == pytest.approx(place.lon, abs=1e-9)


@given(st.floats(-4, MAP_WIDTH), st.floats(6, MAP_HEIGHT), sides, sides)
@settings(max_examples=60)
def test_pictures_cover_what_is_seen_without_a_gap(left, top, width, height):
    tiles = tiles_of(STREETS, left, top, width, height)

    assert min(tile.x for tile in tiles) <= left
    assert min(tile.y for tile in tiles) <= top
    assert max(tile.x + tile.width for tile in tiles) >= left + width
    assert max(tile.y + tile.height for tile in tiles) >= top + height
    [zooms, xs, ys] = map(set, zip(*map(numbers, tiles), strict=True))
    assert len(zooms) == 1
    assert len(tiles) == len(xs) * len(ys)
    by_numbers = {tuple(numbers(tile)[1:]): tile for tile in tiles}
    for (x, y), tile in by_numbers.items():
        right, below = by_numbers.get((x + 1, y)), by_numbers.get((x, y + 1))
        assert right is None or right.x <= tile.x + tile.width
        assert below is None or below.y <= tile.y + tile.height


@given(st.floats(-4, 600), st.floats(6, 550), st.floats(20, 664))
@settings(max_examples=60)
def test_streets_lie_where_the_places_are(left, top, side):
    """Between its corners a stretched picture is off by less than two pixels."""
    for tile in tiles_of(STREETS, left, top, side, side):
        zoom, x, y = numbers(tile)
        for share in (0.25, 0.5, 0.75):
            there = place_on_map(corner_of(zoom, x + share, y + share))
            drawn = (tile.x + share * tile.width, tile.y + share * tile.height)
            off = max(abs(a - b) for a, b in zip(there, drawn, strict=True))
            assert off * MAP_PX / side < 2


@pytest.mark.parametrize(("side", "most"), [(20, 24), (160, 24), (664, 24)])
def test_one_map_asks_for_few_pictures(side, most):
    counts = [
        len(tiles_of(STREETS, left, 200, side, side * 0.85))
        for left in range(0, 400, 7)
    ]

    assert max(counts) <= most
