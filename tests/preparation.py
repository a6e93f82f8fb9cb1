from marketplace.foundation.database import transaction
from marketplace.region.calendar.services import seed_calendar
from marketplace.region.occupations.services import seed_occupations
from marketplace.region.places.enums import FederalState
from marketplace.region.places.services import put_place, seed_districts
from tests.moments import NOON

TOWNS = [
    ("Jena", FederalState.THURINGIA, "16053", 50.92878, 11.5899, 108000),
    ("Leipzig", FederalState.SAXONY, "14713", 51.33962, 12.37129, 600000),
    ("Dresden", FederalState.SAXONY, "14612", 51.05089, 13.73832, 550000),
    ("Erfurt", FederalState.THURINGIA, "16051", 50.9787, 11.03283, 213000),
    ("Halle (Saale)", FederalState.SAXONY_ANHALT, "15002", 51.48158, 11.97947, 237000),
]


def prepare():
    with transaction():
        seed_districts(at=NOON)
        seed_calendar(at=NOON)
        seed_occupations(at=NOON)
        for n, (name, state, ags, lat, lon, pop) in enumerate(TOWNS):
            put_place(
                geonameid=n + 1,
                name=name,
                state=state,
                lat=lat,
                lon=lon,
                population=pop,
                district_ags=ags,
                source="test",
            )
