from itertools import count

from marketplace.foundation.database import db, transaction
from marketplace.foundation.text import fold_name
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place, PostalCode

number = count(9_000_001)


def make_place(name="Musterstadt", state=FederalState.SAXONY, codes=(), **changes):
    """A town of the region, with the postal codes that lead to it."""
    with transaction():
        place = Place(
            **{
                "geonameid": next(number),
                "name": name,
                "folded_name": fold_name(name),
                "state": state,
                "lat": 51.0,
                "lon": 12.5,
                "population": 1000,
            }
            | changes
        )
        db.session.add(place)
        db.session.flush()
        for code in codes:
            db.session.add(PostalCode(code=code, place_id=place.id))
    return place
