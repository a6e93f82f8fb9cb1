"""The list of towns that comes with the product, read as a whole once."""

from sqlalchemy import delete, func, select

from marketplace.foundation.database import db, transaction
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place, PostalCode
from marketplace.region.places.queries import KNOWN_TOWNS, large_places, places_named
from marketplace.region.places.services import OFFICIAL_NAMES, seed_places
from tests.moments import NOON

SN, ST, TH = FederalState


def test_the_towns_of_three_states_are_put_in_once(app):
    with transaction():
        db.session.execute(delete(PostalCode))
        db.session.execute(delete(Place))

    with transaction():
        seed_places(at=NOON)
        seed_places(at=NOON)

    rows = db.session.execute(
        select(Place.state, func.count(Place.id)).group_by(Place.state)
    )
    counts = dict(rows.all())
    named = db.session.execute(
        select(Place.geonameid, Place.name).where(Place.geonameid.in_(OFFICIAL_NAMES))
    )
    assert counts == {SN: 496, ST: 717, TH: 903}
    assert dict(named.all()) == OFFICIAL_NAMES
    assert len(large_places()) >= len(KNOWN_TOWNS)
    assert [place.state for place in places_named("Halle")] == [ST]
    assert [place.state for place in places_named("Oelsnitz")] == [SN, SN]
