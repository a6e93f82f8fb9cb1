"""Where a row of a file is: towns, postal codes, coordinates, and their mistakes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point, distance_km
from marketplace.foundation.language import _
from marketplace.foundation.spreadsheets import plain_heading
from marketplace.foundation.text import fold_name
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place, PostalCode
from marketplace.region.places.queries import ALIASES, address_of
from marketplace.stewardship.imports.enums import HeldReason
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    WaitingRow,
    number_from,
)
from marketplace.stewardship.imports.services.texts import cut

LONGEST_NAME = 120
# Further from its town than this, a coordinate is a mistake.
FAR_KM = 30.0
# So near, two towns of one name are one, and a coordinate tells which is meant.
NEAR_KM = 15.0
# Somebody who writes a name means the city, if the others are villages.
CITY, TIMES = 20_000, 10
SOUTH, NORTH, WEST, EAST = 50.1, 53.1, 9.8, 15.1
STATES: Mapping[str, FederalState] = {
    plain_heading(word): state
    for state in FederalState
    for word in (state.value, f"DE-{state.value}", str(state.label))
} | {
    "saxony": FederalState.SAXONY,
    "freistaatsachsen": FederalState.SAXONY,
    "saxonyanhalt": FederalState.SAXONY_ANHALT,
    "thuringia": FederalState.THURINGIA,
    "freistaatthuringen": FederalState.THURINGIA,
}


@dataclass(frozen=True)
class Spot:
    """Where something is, in the columns of `Located`."""

    place_name: str | None = None
    postal_code: str | None = None
    state_code: FederalState | None = None
    district_ags: str | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def point(self) -> Point | None:
        """The place in degrees, if it is known."""
        if self.lat is None or self.lon is None:
            return None
        return Point(self.lat, self.lon)

    def columns(self) -> dict[str, Any]:
        """The columns to be written."""
        return dict(vars(self))


@dataclass(frozen=True)
class _Town:
    id: int
    name: str
    state: FederalState
    ags: str | None
    point: Point
    population: int


class Gazetteer:
    """The towns of the region in memory, for one import."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[_Town]] = defaultdict(list)
        self.by_square: dict[tuple[int, int], list[_Town]] = defaultdict(list)
        towns: dict[int, _Town] = {}
        for place in db.session.scalars(select(Place)):
            point = Point(place.lat, place.lon)
            town = _Town(
                place.id,
                place.name,
                place.state,
                place.district_ags,
                point,
                place.population,
            )
            towns[place.id] = town
            self.by_name[place.folded_name].append(town)
            self.by_square[_square(point)].append(town)
        codes = db.session.execute(select(PostalCode.code, PostalCode.place_id))
        self.by_code: dict[str, _Town] = {code: towns[number] for code, number in codes}

    def spot(self, entry: Entry, place_id: int | None = None) -> Spot:
        """Finds where a row is; `place_id` is what a person said.

        Rejects what lies outside the three states and what names neither place nor
        state; a name that several towns bear waits for a person.
        """
        state = state_from(entry.get("state"))
        address = address_of(entry.get("city"))
        code = _code(entry.get("postal_code")) or address.postal_code
        point = _point(entry)
        town = self._town(address.name, state, code, point, place_id)
        if town is None and address.name and state is None:
            raise RejectedRow(
                _(
                    "Der Ort „%(name)s“ ist in den drei Ländern nicht bekannt.",
                    name=address.name,
                )
            )
        if point and (town and distance_km(point, town.point) > FAR_KM):
            point = None
        near = town or (self.nearest(point) if point else None)
        if near is None and state is None:
            raise RejectedRow(_("Ort und Bundesland fehlen."))
        if near is None:
            return Spot(cut(address.name, LONGEST_NAME) or None, code, state)
        where = point or near.point
        return Spot(
            town.name if town else cut(address.name, LONGEST_NAME) or None,
            code,
            near.state if town else state or near.state,
            near.ags or self._district_near(where),
            where.lat,
            where.lon,
        )

    def nearest(self, point: Point) -> _Town | None:
        """The town closest to a place, if one is near."""
        towns = self._around(point)
        if not towns:
            return None
        closest: _Town = min(towns, key=lambda town: distance_km(town.point, point))
        return closest if distance_km(closest.point, point) <= NEAR_KM else None

    def _town(
        self,
        name: str,
        state: FederalState | None,
        code: str | None,
        point: Point | None,
        place_id: int | None,
    ) -> _Town | None:
        by_code = self.by_code.get(code or "")
        if not name:
            return by_code
        named = self._named(name, state)
        towns = [town for town in named if state in (None, town.state)]
        if not towns:
            if named and state:
                raise WaitingRow(HeldReason.AMBIGUOUS_PLACE, place_ids=_ids(named))
            return by_code if by_code and state in (None, by_code.state) else None
        if place_id is not None:
            return next((town for town in towns if town.id == place_id), towns[0])
        where = point or (by_code.point if by_code else None)
        return _only(towns, where)

    def _named(self, name: str, state: FederalState | None) -> list[_Town]:
        """The towns of a name or its short form, also those outside the state."""
        folded = fold_name(name)
        named = [town for n in (folded, ALIASES.get(folded)) for town in self._of(n)]
        if named or state is None:
            return named
        # "Leinefelde" became "Leinefelde-Worbis".
        longer = [n for n in self.by_name if n.startswith(f"{folded} ")]
        named = [t for n in longer for t in self._of(n) if t.state is state]
        return named if len(named) == 1 else []

    def _of(self, folded: str | None) -> Sequence[_Town]:
        return self.by_name.get(folded or "", ())

    def _around(self, point: Point) -> list[_Town]:
        row, column = _square(point)
        return [
            town
            for north in (-2, -1, 0, 1, 2)
            for east in (-2, -1, 0, 1, 2)
            for town in self.by_square.get((row + north, column + east), ())
        ]

    def _district_near(self, point: Point) -> str | None:
        near = self.nearest(point)
        return near.ags if near else None


def state_from(text: str) -> FederalState | None:
    """Reads one of the three states; rejects any other."""
    if not text:
        return None
    state = STATES.get(plain_heading(text))
    if state is None:
        raise RejectedRow(
            _(
                "„%(text)s“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen.",
                text=text,
            )
        )
    return state


def _only(towns: Sequence[_Town], where: Point | None) -> _Town:
    """The one that is meant, of towns of one name."""
    largest, *others = sorted(towns, key=lambda town: -town.population)
    if all(distance_km(largest.point, other.point) < NEAR_KM for other in others):
        return largest
    if where:
        near = [town for town in towns if distance_km(town.point, where) < NEAR_KM]
        if len(near) == 1:
            return near[0]
    is_city = largest.population >= CITY
    if is_city and largest.population >= TIMES * others[0].population:
        return largest
    raise WaitingRow(HeldReason.AMBIGUOUS_PLACE, place_ids=_ids(towns))


def _ids(towns: Sequence[_Town]) -> list[int]:
    return [town.id for town in towns]


def _code(text: str) -> str | None:
    """A postal code; spreadsheets lose the zero in front."""
    digits = text.removeprefix("D-").strip()
    return digits.zfill(5) if digits.isdecimal() and len(digits) in (4, 5) else None


def _point(entry: Entry) -> Point | None:
    """The coordinates of a row, if they lie in the region at all."""
    lat, lon = number_from(entry.get("latitude")), number_from(entry.get("longitude"))
    if lat is None or lon is None:
        return None
    return Point(lat, lon) if SOUTH < lat < NORTH and WEST < lon < EAST else None


def _square(point: Point) -> tuple[int, int]:
    return int(point.lat * 10), int(point.lon * 10)
