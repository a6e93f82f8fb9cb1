import pytest

from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import places_named
from marketplace.stewardship.imports.enums import HeldReason
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    WaitingRow,
)
from marketplace.stewardship.imports.services.gazetteer import (
    Gazetteer,
    Spot,
    state_from,
)

SN, ST, TH = FederalState
JENA = Spot("Jena", None, TH, "16053", 50.92878, 11.5899)


@pytest.fixture
def spot(towns):
    gazetteer = Gazetteer()
    return lambda place_id=None, **values: gazetteer.spot(Entry(1, values), place_id)


@pytest.mark.parametrize(
    "text", ["Sachsen", "SN", "DE-SN", "sachsen", "Saxony", "Freistaat Sachsen"]
)
def test_state_is_known_by_many_names(text):
    assert state_from(text) is SN


def test_town_gives_state_district_and_coordinates(spot):
    assert spot(city="Jena") == JENA


def test_postal_code_before_the_town_is_split_off(spot):
    assert spot(city="04463 Großpösna") == Spot(
        "Großpösna", "04463", SN, "14729", 51.2667, 12.5
    )


def test_postal_code_that_lost_its_zero_is_mended(spot):
    assert spot(city="Leipzig", postal_code="4109").postal_code == "04109"


def test_postal_code_alone_leads_to_its_town(spot):
    assert spot(postal_code="07743").place_name == "Jena"


@pytest.mark.parametrize(
    ("short", "official"),
    [
        ("Halle", "Halle (Saale)"),
        ("Halle/Saale", "Halle (Saale)"),
        ("Wittenberg", "Lutherstadt Wittenberg"),
        ("Leipzig OT Zentrum", "Leipzig"),
    ],
)
def test_short_names_are_known(spot, short, official):
    assert spot(city=short).place_name == official


def test_former_name_of_a_united_town_is_known_within_its_state(spot):
    assert spot(city="Leinefelde", state="Thüringen").place_name == "Leinefelde-Worbis"


def test_own_coordinates_are_more_exact_than_the_town(spot):
    found = spot(city="Leipzig", latitude="51,30", longitude="12,35")

    assert (found.lat, found.lon) == (51.30, 12.35)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("42.46", "12.3"), ("53.0", "12.3"), ("x", "12.3")]
)
def test_coordinates_far_from_the_town_are_a_mistake(spot, latitude, longitude):
    found = spot(city="Leipzig", latitude=latitude, longitude=longitude)

    assert (found.lat, found.lon) == (51.33962, 12.37129)


def test_coordinates_alone_lead_to_the_district_and_state(spot):
    assert spot(latitude="50.93", longitude="11.60") == Spot(
        None, None, TH, "16053", 50.93, 11.60
    )


def test_unknown_town_stays_text_where_the_state_is_told(spot):
    assert spot(city="Zittau/Görlitz", state="SN") == Spot(
        "Zittau/Görlitz", None, SN, None, None, None
    )


def test_state_alone_is_enough(spot):
    assert spot(state="Sachsen-Anhalt") == Spot(state_code=ST)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "Ort und Bundesland fehlen."),
        (
            {"city": "Hamburg"},
            "Der Ort „Hamburg“ ist in den drei Ländern nicht bekannt.",
        ),
        (
            {"city": "Schwarzheide", "state": "Brandenburg"},
            "„Brandenburg“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen.",
        ),
    ],
)
def test_what_lies_outside_or_nowhere_is_rejected(spot, values, reason):
    with pytest.raises(RejectedRow) as rejected:
        spot(**values)

    assert rejected.value.reason == reason


def test_name_of_several_towns_waits_for_a_person(spot):
    with pytest.raises(WaitingRow) as waiting:
        spot(city="Neukirchen", state="SN")

    assert waiting.value.reason is HeldReason.AMBIGUOUS_PLACE
    assert waiting.value.place_ids == [p.id for p in places_named("Neukirchen")]


def test_town_that_lies_in_another_state_than_told_waits_for_a_person(spot):
    with pytest.raises(WaitingRow) as waiting:
        spot(city="Jena", state="SN")

    assert waiting.value.place_ids == [p.id for p in places_named("Jena")]


@pytest.mark.parametrize(
    "told",
    [
        {"state": "TH"},
        {"postal_code": "07629"},
        {"latitude": "50.9", "longitude": "11.86"},
    ],
)
def test_state_postal_code_or_coordinates_tell_which_is_meant(spot, told):
    assert spot(city="Hermsdorf", **told).district_ags == "16074"


def test_person_tells_which_is_meant(spot):
    smaller = places_named("Neukirchen")[1]

    found = spot(smaller.id, city="Neukirchen", state="SN")

    assert found.district_ags == "14522"
