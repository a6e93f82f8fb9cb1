import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from marketplace.foundation.database import db
from marketplace.foundation.geometry import DEGREE_KM, Point
from marketplace.foundation.text import fold_name
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import District, Located, Place, PostalCode

# What people say for what the map calls otherwise.
ALIASES = {
    fold_name(short): fold_name(official)
    for short, official in {
        "Halle": "Halle (Saale)",
        "Halle/Saale": "Halle (Saale)",
        "Halle an der Saale": "Halle (Saale)",
        "Wittenberg": "Lutherstadt Wittenberg",
        "Eisleben": "Lutherstadt Eisleben",
        "Dessau": "Dessau-Roßlau",
        "Bitterfeld": "Bitterfeld-Wolfen",
        "Freiberg/Sa.": "Freiberg",
    }.items()
}
# The largest of every corner of the three states; quarters of cities are none.
KNOWN_TOWNS = (
    *("Leipzig", "Dresden", "Chemnitz", "Magdeburg", "Erfurt", "Halle (Saale)"),
    *("Jena", "Görlitz", "Stendal", "Gera", "Zwickau", "Dessau-Roßlau", "Suhl"),
    *("Nordhausen", "Plauen", "Bautzen", "Halberstadt", "Torgau", "Eisenach"),
    *("Weißenfels", "Naumburg", "Freiberg", "Altenburg", "Riesa"),
)
_POSTAL = re.compile(r"^\s*(?:D-)?(\d{5})\s*(.*)$")
_QUARTER = re.compile(r"\s+(?:OT|Ortsteil)\s+.*$", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """A place as people write it, taken apart: "04463 Großpösna"."""

    postal_code: str | None
    name: str


def address_of(text: str) -> Address:
    """Takes postal code and town apart; "Leipzig OT Zentrum" is Leipzig."""
    hit = _POSTAL.match(text)
    code, name = hit.groups() if hit else (None, text)
    return Address(code, _QUARTER.sub("", name).strip())


def places_named(name: str, state: FederalState | None = None) -> Sequence[Place]:
    """The towns of this name or its known short form, the largest first."""
    folded = fold_name(name)
    names = {folded, ALIASES.get(folded, folded)}
    query = select(Place).where(Place.folded_name.in_(names))
    if state:
        query = query.where(Place.state == state)
    return db.session.scalars(query.order_by(Place.population.desc(), Place.id)).all()


def place_of_postal_code(code: str) -> Place | None:
    """The town of a postal code, where an import brought it."""
    return db.session.scalar(
        select(Place).join(PostalCode).where(PostalCode.code == code)
    )


def place_for(text: str) -> Place | None:
    """The town somebody means by a name or a postal code; the largest of its name."""
    address = address_of(text)
    if address.name:
        return next(iter(places_named(address.name)), None)
    return place_of_postal_code(address.postal_code) if address.postal_code else None


def suggested_places(beginning: str, limit: int = 8) -> Sequence[Place]:
    """The largest towns whose name begins so."""
    folded = fold_name(beginning)
    if not folded:
        return []
    query = select(Place).where(
        Place.folded_name >= folded, Place.folded_name < f"{folded}\uffff"
    )
    order = (Place.population.desc(), Place.id)
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def dots() -> list[Point]:
    """Every town, for the ground of the map."""
    rows = db.session.execute(select(Place.lat, Place.lon).order_by(Place.id))
    return [Point(lat, lon) for lat, lon in rows]


def large_places(limit: int = len(KNOWN_TOWNS)) -> Sequence[Place]:
    """The towns by which people know the region, for the labels of the map."""
    names = [fold_name(name) for name in KNOWN_TOWNS[:limit]]
    order = (Place.population.desc(), Place.id)
    query = select(Place).where(Place.folded_name.in_(names))
    return db.session.scalars(query.order_by(*order)).all()


def all_districts() -> Select[District]:
    """The 49 districts by state and name."""
    return select(District).order_by(District.state, District.name, District.ags)


def district_by_ags(ags: str) -> District | None:
    """The district of this key."""
    return db.session.scalar(select(District).where(District.ags == ags))


def within(
    model: type[Located], lat: float, lon: float, km: float
) -> ColumnElement[bool]:
    """Whether something lies within so many kilometres; without a place it does not.

    A box that an index can serve, then the distance on a plane, which at 300 km is
    off by less than 0.5 %.
    """
    margin = km / DEGREE_KM
    box = and_(
        model.lat.between(lat - margin, lat + margin),
        model.lon.between(lon - margin / _shrink(lat), lon + margin / _shrink(lat)),
    )
    return and_(box, squared_km(model, lat, lon) <= km * km)


def squared_km(model: type[Located], lat: float, lon: float) -> ColumnElement[Any]:
    """The square of the distance in km, in arithmetic every database knows."""
    north = (model.lat - lat) * DEGREE_KM
    east = (model.lon - lon) * (DEGREE_KM * _shrink(lat))
    return north * north + east * east


def _shrink(lat: float) -> float:
    return cos(radians(lat))
