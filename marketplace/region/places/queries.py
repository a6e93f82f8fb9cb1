import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    or_,
    select,
)

from marketplace.foundation.database import db
from marketplace.foundation.geometry import DEGREE_KM, Point
from marketplace.foundation.text import fold_name, span_of_beginning
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import District, Place, PostalCode
from marketplace.region.places.tables import Whereabouts

# What people say for what the map calls otherwise.
ALIASES = {
    fold_name(said): fold_name(official)
    for said, official in {
        "Halle": "Halle (Saale)",
        "Halle an der Saale": "Halle (Saale)",
        "Halle a. d. Saale": "Halle (Saale)",
        "Wittenberg": "Lutherstadt Wittenberg",
        "Eisleben": "Lutherstadt Eisleben",
        "Dessau": "Dessau-Roßlau",
        "Bitterfeld": "Bitterfeld-Wolfen",
        "Annaberg": "Annaberg-Buchholz",
        "Reichenbach/Vogtland": "Reichenbach im Vogtland",
        "Burg bei Magdeburg": "Burg",
        "Aue-Bad Schlema": "Aue",
    }.items()
}
# What stands behind a name to tell its state.
STATES_IN_NAMES = {
    "sachsen": FederalState.SAXONY,
    "anhalt": FederalState.SAXONY_ANHALT,
    "thuringen": FederalState.THURINGIA,
}
# The largest of every corner of the three states; quarters of cities are none.
KNOWN_TOWNS = (
    *("Leipzig", "Dresden", "Chemnitz", "Magdeburg", "Erfurt", "Halle (Saale)"),
    *("Jena", "Görlitz", "Stendal", "Gera", "Zwickau", "Dessau-Roßlau", "Suhl"),
    *("Nordhausen", "Plauen", "Bautzen", "Halberstadt", "Torgau", "Eisenach"),
    *("Weißenfels", "Naumburg", "Freiberg", "Altenburg", "Riesa"),
)
# The box is a little larger than the circle, whose east is not quite on its middle.
BOX_MARGIN = 1.01
_POSTAL = re.compile(r"^\s*(?:D-)?(\d{5})\b\s*(.*)$")
# "Coswig (Anhalt)", "Zerbst/Anhalt", "Hansestadt Salzwedel".
_QUALIFIER = re.compile(r"\s*[(/](?P<words>[^)]*)\)?$")
_TITLE = re.compile(
    r"^(?:(?:Luther|Hanse|Welterbe|Landeshaupt)?stadt|Gemeinde)\s+", re.IGNORECASE
)
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
    """The towns of this name or its known short form, the largest first.

    Only where there is none, what people add to a name is left out:
    "Hansestadt Salzwedel", "Zerbst/Anhalt".
    """
    found = _places_called(name, state)
    if found:
        return found
    qualifier = _QUALIFIER.search(name)
    if qualifier and not state:
        state = STATES_IN_NAMES.get(fold_name(qualifier["words"]))
    short = _QUALIFIER.sub("", _TITLE.sub("", name.strip()))
    return _places_called(short, state) if short != name else []


def place_of_postal_code(code: str) -> Place | None:
    """The town of a postal code, where an import brought it."""
    return db.session.scalar(
        select(Place).join(PostalCode).where(PostalCode.code == code)
    )


def place_for(text: str) -> Place | None:
    """The town somebody means by a name or a postal code.

    Of several of one name it is that of the postal code, else the largest.
    """
    address = address_of(text)
    by_code = place_of_postal_code(address.postal_code) if address.postal_code else None
    if not address.name:
        return by_code
    towns = places_named(address.name)
    return by_code if by_code in towns else next(iter(towns), None)


def place_meant(words: str, state: FederalState | None = None) -> Place | None:
    """The town that a list is asked for, in the state it is asked for if one is there.

    Around a town beyond the border there may be something in the state as well.
    """
    name = address_of(words).name
    if name:
        towns = places_named(name, state) or places_named(name)
        return next(iter(towns), None)
    return place_for(words)


def suggested_places(beginning: str, limit: int = 8) -> Sequence[Place]:
    """The largest towns whose name, or what people say for it, begins so."""
    folded = fold_name(beginning)
    if not folded:
        return []
    meant = [name for said, name in ALIASES.items() if said.startswith(folded)]
    begins = Place.folded_name.between(*span_of_beginning(folded))
    query = select(Place).where(or_(begins, Place.folded_name.in_(meant)))
    order = (Place.population.desc(), Place.id)
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def nearest_place(point: Point, within_km: float = 30) -> Place | None:
    """The town nearest to a point; none where the region is far away."""
    near = within(Place, point.lat, point.lon, within_km)
    order = (squared_km(Place, point.lat, point.lon), Place.id)
    return db.session.scalar(select(Place).where(near).order_by(*order).limit(1))


def dots() -> list[Point]:
    """Every town, for the ground of the map."""
    rows = db.session.execute(select(Place.lat, Place.lon).order_by(Place.id))
    return [Point(lat, lon) for lat, lon in rows]


def large_places(limit: int = len(KNOWN_TOWNS)) -> Sequence[Row[str, float, float]]:
    """Name, lat and lon of the towns by which people know the region, for its map."""
    names = [fold_name(name) for name in KNOWN_TOWNS[:limit]]
    order = (Place.population.desc(), Place.id)
    query = select(Place.name, Place.lat, Place.lon).where(Place.folded_name.in_(names))
    return db.session.execute(query.order_by(*order)).all()


@dataclass(frozen=True)
class Bounds:
    """The corners of a part of the region."""

    south_west: Point
    north_east: Point


def bounds_of(state: FederalState | None = None, district: str = "") -> Bounds | None:
    """How far the towns of a state or a district reach; None where none is known."""
    low = (func.min(Place.lat), func.min(Place.lon))
    query = select(*low, func.max(Place.lat), func.max(Place.lon))
    if state:
        query = query.where(Place.state == state)
    if district:
        query = query.where(Place.district_ags == district)
    south, west, north, east = tuple(db.session.execute(query).one())
    if south is None:
        return None
    return Bounds(Point(south, west), Point(north, east))


def places_within(bounds: Bounds, limit: int) -> Sequence[Row[str, float, float]]:
    """Name, lat and lon of the largest towns of a part of the region."""
    low, high = bounds.south_west, bounds.north_east
    query = select(Place.name, Place.lat, Place.lon).where(
        Place.lat.between(low.lat, high.lat), Place.lon.between(low.lon, high.lon)
    )
    order = (Place.population.desc(), Place.id)
    return db.session.execute(query.order_by(*order).limit(limit)).all()


def all_districts() -> Select[District]:
    """The 49 districts by state and name."""
    return select(District).order_by(District.state, District.name, District.ags)


def district_names(state: FederalState | None = None) -> Sequence[Row[str, str]]:
    """Key and name of the districts, of one state or all, by name."""
    query = select(District.ags, District.name).order_by(District.name, District.ags)
    if state:
        query = query.where(District.state == state)
    return db.session.execute(query).all()


def outline_credits() -> Sequence[str]:
    """Whom to name for the outlines of districts; nobody where none were brought."""
    query = select(District.credit).where(District.credit != "").distinct()
    return db.session.scalars(query.order_by(District.credit)).all()


def outline_texts() -> tuple[str, ...]:
    """The outlines of all districts that have one, as they are stored."""
    texts = select(cast(District.outline, Text)).where(District.credit != "")
    return tuple(
        text for text in db.session.scalars(texts.order_by(District.ags)) if text
    )


def district_by_ags(ags: str) -> District | None:
    """The district of this key."""
    return db.session.scalar(select(District).where(District.ags == ags))


def lies(model: type[Any], where: Whereabouts) -> list[ColumnElement[bool]]:
    """What has to hold of something with a place; an unknown place holds of nothing."""
    conditions: list[ColumnElement[bool]] = []
    if where.is_unknown_place:
        conditions.append(false())
    if where.centre and where.radius_km:
        conditions.append(within(model, *where.centre, where.radius_km))
    if where.state:
        conditions.append(model.state_code == where.state)
    if where.district:
        conditions.append(model.district_ags == where.district)
    return conditions


def within(model: type[Any], lat: float, lon: float, km: float) -> ColumnElement[bool]:
    """Whether something with `lat` and `lon` lies so near; without a place it does not.

    A box that an index can serve, then the distance itself.
    """
    margin = km / DEGREE_KM * BOX_MARGIN
    box = and_(
        model.lat.between(lat - margin, lat + margin),
        model.lon.between(lon - margin / _shrink(lat), lon + margin / _shrink(lat)),
    )
    return and_(box, squared_km(model, lat, lon) <= km * km)


def squared_km(model: type[Any], lat: float, lon: float) -> ColumnElement[Any]:
    """The square of the distance in km, in arithmetic every database knows.

    On a plane whose degrees of longitude are as long as midway between both places;
    inside the region it is off by less than 0.1 %.
    """
    north = (model.lat - lat) * DEGREE_KM
    # The cosine of the latitude midway, by its tangent.
    slope = sin(radians(lat)) * radians(1) / 2
    shrink = _shrink(lat) - slope * (model.lat - lat)
    east = (model.lon - lon) * DEGREE_KM * shrink
    squares: ColumnElement[Any] = north * north + east * east
    return squares


def _places_called(name: str, state: FederalState | None) -> Sequence[Place]:
    folded = fold_name(name)
    query = select(Place).where(
        Place.folded_name.in_({folded, ALIASES.get(folded, folded)})
    )
    if state:
        query = query.where(Place.state == state)
    return db.session.scalars(query.order_by(Place.population.desc(), Place.id)).all()


def _shrink(lat: float) -> float:
    return cos(radians(lat))


def places_by_ids(ids: Sequence[int]) -> Sequence[Place]:
    """The places of these numbers, the largest first."""
    query = select(Place).where(Place.id.in_(ids)).order_by(Place.population.desc())
    return db.session.scalars(query).all()
