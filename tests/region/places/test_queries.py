from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import Float, literal, null, select, type_coerce

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point, distance_km
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import (
    Address,
    address_of,
    all_districts,
    district_by_ags,
    dots,
    large_places,
    nearest_place,
    place_for,
    place_of_postal_code,
    places_named,
    squared_km,
    suggested_places,
    within,
)
from tests.factories.places import make_place

SN, ST, TH = FederalState
HALLE = Point(51.48158, 11.97947)


def spot(point):
    """Something that lies at a point, as a row of a table would."""
    columns = [literal(degrees, Float) for degrees in (point.lat, point.lon)]
    return SimpleNamespace(lat=columns[0], lon=columns[1])


def ask(expression):
    return db.session.scalar(select(expression))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Pirna", Address(None, "Pirna")),
        ("04463 Großpösna", Address("04463", "Großpösna")),
        ("D-04463 Großpösna", Address("04463", "Großpösna")),
        ("04463", Address("04463", "")),
        ("Leipzig OT Zentrum", Address(None, "Leipzig")),
        (" Leipzig Ortsteil Lindenau ", Address(None, "Leipzig")),
        ("044631 Ort", Address(None, "044631 Ort")),
        ("", Address(None, "")),
    ],
)
def test_an_address_is_taken_apart(text, address):
    assert address_of(text) == address


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("Großpösna", "großpoesna"),
        ("Großpösna", "GROSSPÖSNA"),
        ("Bitterfeld-Wolfen", "Bitterfeld"),
        ("Lutherstadt Wittenberg", "Wittenberg"),
        ("Lutherstadt Eisleben", "Eisleben"),
        ("Dessau-Roßlau", "Dessau"),
        ("Dessau-Roßlau", "Dessau-Rosslau"),
        ("Salzwedel", "Hansestadt Salzwedel"),
        ("Zerbst", "Zerbst/Elbe"),
        ("Schönebeck", "Schönebeck (Elbe)"),
        ("Weißwasser", "Stadt Weißwasser/O.L."),
        ("Reichenbach im Vogtland", "Reichenbach/Vogtland"),
    ],
)
def test_a_town_is_found_by_what_people_call_it(app, official, said):
    town = make_place(official)

    assert list(places_named(said)) == [town]


@pytest.mark.parametrize("said", ["Halle", "Halle/Saale", "Halle (S.)", "halle saale"])
def test_halle_is_the_one_on_the_saale(app, said):
    assert [place.name for place in places_named(said)] == ["Halle (Saale)"]


def test_of_several_towns_of_one_name_the_largest_comes_first(app):
    village = make_place("Wiesenau", ST, population=900)
    town = make_place("Wiesenau", SN, population=8_000)

    assert list(places_named("Wiesenau")) == [town, village]
    assert list(places_named("Wiesenau", ST)) == [village]
    assert list(places_named("Wiesenau", TH)) == []
    assert list(places_named("Wiesenau (Anhalt)")) == [village]
    assert list(places_named("Wiesenau/Sachsen")) == [town]
    assert list(places_named("Wiesenau (Sachsen)", ST)) == [village]


def test_a_name_nobody_knows_finds_nothing(app):
    assert [list(places_named(name)) for name in ("Nirgendwo", "", "/", "()")] == [
        [],
        [],
        [],
        [],
    ]


def test_a_postal_code_leads_to_its_town(app):
    town = make_place("Wiesenau", codes=["01234", "01235"])

    assert place_of_postal_code("01235") is town
    assert place_for("01234") is town
    assert place_for("01236") is None


def test_a_postal_code_tells_which_of_two_is_meant(app):
    large = make_place("Wiesenau", population=8_000)
    small = make_place("Wiesenau", ST, codes=["06543"], population=900)

    assert place_for("06543 Wiesenau") is small
    assert place_for("Wiesenau") is large
    assert place_for("01999 Wiesenau") is large
    assert place_for("06543 Leipzig").name == "Leipzig"
    assert place_for("") is None


def test_towns_are_suggested_by_how_they_begin(app):
    small = make_place("Wiesenau", population=900)
    large = make_place("Wieselburg", population=8_000)
    luther = make_place("Lutherstadt Wittenberg", population=40_000)

    assert list(suggested_places("wies")) == [large, small]
    assert list(suggested_places("wies", limit=1)) == [large]
    assert list(suggested_places("Wit")) == [luther]
    assert list(suggested_places("Luther")) == [luther]
    assert list(suggested_places(" ")) == []
    assert list(suggested_places("%")) == []


def test_every_town_is_a_dot(app):
    before = dots()
    make_place(lat=50.5, lon=11.5)

    assert dots() == [*before, Point(50.5, 11.5)]


def test_labels_are_the_towns_everybody_knows(app):
    make_place("Neue Wiese", population=900_000)

    assert "Neue Wiese" not in {place.name for place in large_places()}
    assert large_places()[0].name == "Leipzig"


def test_the_districts_stand_by_state_and_name(app):
    districts = list(db.session.scalars(all_districts()))
    names = [district.name for district in districts if district.state is ST]

    assert [sum(d.state is state for d in districts) for state in (SN, ST, TH)] == [
        13,
        14,
        22,
    ]
    assert (names[0], names[-1]) == ("Altmarkkreis Salzwedel", "Wittenberg")
    assert district_by_ags("16055").plate == "WE"
    assert district_by_ags("99999") is None


def test_distances_are_right_all_over_the_region(app):
    rnd = Random(49)  # noqa: S311 - no secret
    for _ in range(200):
        a, b = (Point(rnd.uniform(50.2, 53), rnd.uniform(9.9, 15)) for _ in "ab")
        truth = distance_km(a, b)

        found = ask(squared_km(spot(b), a.lat, a.lon)) ** 0.5

        assert found == pytest.approx(truth, rel=0.001)
        assert ask(within(spot(b), a.lat, a.lon, truth * 1.002))
        assert not ask(within(spot(b), a.lat, a.lon, truth * 0.998))


def test_the_place_itself_is_within_any_distance(app):
    assert ask(within(spot(HALLE), HALLE.lat, HALLE.lon, 0.1))


def test_what_is_nowhere_is_within_no_distance(app):
    nowhere = type_coerce(null(), Float)
    thing = SimpleNamespace(lat=nowhere, lon=nowhere)

    assert not ask(within(thing, HALLE.lat, HALLE.lon, 999))


def test_nearest_place_is_the_town_next_to_a_point(app):
    make_place("Nahdorf", lat=55.00, lon=12.50)
    make_place("Ferndorf", lat=55.10, lon=12.50)

    assert nearest_place(Point(55.02, 12.51)).name == "Nahdorf"
    assert nearest_place(Point(55.08, 12.51)).name == "Ferndorf"


def test_nearest_place_is_none_far_from_the_region(app):
    assert nearest_place(Point(48.14, 11.58)) is None
