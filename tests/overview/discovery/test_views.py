import re

import pytest

from marketplace.foundation.geometry import on_map
from marketplace.region.places.queries import dots


def test_the_ground_of_the_maps_has_a_dot_for_every_town(browser):
    response = browser.get("/karte/orte.svg")

    found = re.findall(r"M(\d+) (\d+)h0", response.text)
    assert found == [
        (str(round(x)), str(round(y))) for x, y in sorted({on_map(p) for p in dots()})
    ]


def test_the_ground_of_the_maps_is_kept_by_the_browser(browser):
    first = browser.get("/karte/orte.svg")

    second = browser.get(
        "/karte/orte.svg", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (second.status_code, second.data) == (304, b"")


def test_towns_are_proposed_by_how_they_begin_the_largest_first(browser):
    assert browser.get("/orte?q=leipz").json == ["Leipzig"]
    assert browser.get("/orte?q=dres").json == ["Dresden"]


def test_without_a_beginning_nothing_is_proposed(browser):
    assert browser.get("/orte").json == []


def test_the_nearest_town_is_proposed_to_who_says_where_they_are(browser):
    assert browser.get("/orte?nahe=51.34,12.37").json == ["Leipzig"]


@pytest.mark.parametrize(
    "place", ["48.14,11.58", "51.34", "x,y", "51.34,12.37;", "٥١,١٢"]
)
def test_a_place_elsewhere_or_none_at_all_proposes_nothing(browser, place):
    assert browser.get("/orte", query_string={"nahe": place}).json == []
