from collections import Counter

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.region.places.enums import DistrictKind, FederalState
from marketplace.region.places.models import District, Place, PostalCode
from marketplace.region.places.queries import district_by_ags, place_of_postal_code
from marketplace.region.places.services import (
    put_outline,
    put_place,
    put_postal_codes,
    seed_districts,
)
from tests.factories.places import make_place
from tests.moments import NOON

WIESENAU = {
    "geonameid": 9_100_001,
    "name": "Wiesenau",
    "state": FederalState.SAXONY,
    "lat": 51.2,
    "lon": 12.4,
    "population": 900,
    "district_ags": "14729",
    "source": "Liste",
}


def test_the_49_districts_are_put_in_once(app):
    with transaction():
        seed_districts(at=NOON)

    districts = db.session.scalars(select(District)).all()

    assert Counter(district.kind for district in districts) == {
        DistrictKind.CITY: 11,
        DistrictKind.COUNTY: 38,
    }


def test_a_district_that_is_there_stays_as_it_is(app):
    with transaction():
        district_by_ags("14713").plate = "LX"

    with transaction():
        seed_districts(at=NOON)

    assert district_by_ags("14713").plate == "LX"


def test_no_two_districts_share_a_tile(app):
    tiles = Counter(
        (district.tile_x, district.tile_y)
        for district in db.session.scalars(select(District))
    )

    assert max(tiles.values()) == 1
    assert {(1 <= x <= 10, 1 <= y <= 8) for x, y in tiles} == {(True, True)}


def test_a_town_is_created_then_updated_then_left_alone(app):
    with transaction():
        said = [put_place(**WIESENAU), put_place(**WIESENAU | {"population": 950})]
        said.append(put_place(**WIESENAU | {"population": 950}))

    place = db.session.scalars(select(Place).where(Place.geonameid == 9_100_001)).one()

    assert said == ["created", "updated", "unchanged"]
    assert (place.population, place.folded_name) == (950, "wiesenau")


def test_a_list_without_districts_leaves_them(app):
    with transaction():
        put_place(**WIESENAU)
        said = put_place(**WIESENAU | {"district_ags": None})

    place = db.session.scalars(select(Place).where(Place.geonameid == 9_100_001)).one()

    assert (said, place.district_ags) == ("unchanged", "14729")


def test_a_town_gets_its_official_name(app):
    with transaction():
        put_place(**WIESENAU | {"geonameid": 2937959, "name": "Dessau"})

    place = db.session.scalars(select(Place).where(Place.geonameid == 2937959)).one()

    assert place.name == "Dessau-Roßlau"


def test_postal_codes_are_counted_when_new(app):
    first, second = make_place("Wiesenau"), make_place("Feldau")

    with transaction():
        counts = [put_postal_codes(first, ["01234", "01235", "01234"])]
        counts.append(put_postal_codes(second, ["01235", "01236"]))

    assert counts == [2, 1]
    assert place_of_postal_code("01235") is first
    assert db.session.scalar(select(func.count(PostalCode.id))) == 3


@pytest.mark.parametrize(
    ("outline", "said"),
    [([[[12.0, 51.0]]], "updated"), (None, "unchanged")],
)
def test_a_district_takes_an_outline_with_its_credit(app, outline, said):
    district = district_by_ags("14713")

    with transaction():
        answer = put_outline(district, outline, "© Amt" if outline else "")

    db.session.expire_all()
    assert (answer, district.outline) == (said, outline)
