"""What every list of postings shows: found, counted and linked for its template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import dist
from typing import Any, Generic, TypeVar

from flask_babel import format_date
from sqlalchemy import select

from marketplace.foundation.geometry import Point, distance_km, km_on_map, on_map
from marketplace.foundation.language import _
from marketplace.postings.lives.forms import ListFilters
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import Narrowing, hints, public_postings
from marketplace.postings.lives.rules import is_fresh, point_of, sign_for
from marketplace.postings.lives.views.reading import (
    NEWEST_FIRST,
    Fit,
    Order,
    Reading,
    Stages,
)
from marketplace.postings.lives.views.ways import Narrow, Way, link_to, ways_from
from marketplace.region.places.forms import PlaceFilters
from marketplace.region.places.models import Place
from marketplace.region.places.queries import (
    address_of,
    district_by_ags,
    large_places,
    place_meant,
    suggested_places,
)
from marketplace.region.topics.enums import Sign
from marketplace.web.maps import NARROWEST, STOP_SHARE, Map, Spot, locator_map, map_of
from marketplace.web.navigation import Link
from marketplace.web.pages import COUNTED, Page, count_of

P = TypeVar("P", bound=Posting)
# How many towns the map names.
TOWNS = 24
# With fewer confirmed hits than these, the Fundus is shown unasked.
FEW = 10


@dataclass(frozen=True)
class Entry(Generic[P]):
    """A posting as a line of a list: its number on the map, its way from the place.

    Without coordinates both are empty. Neighbours share a number.
    """

    posting: P
    sign: Sign | None
    number: int | None
    km: int | None

    @property
    def anchor(self) -> str:
        """Where in the page its card stands."""
        return f"p-{self.posting.public_id}"


@dataclass(frozen=True)
class Listing(Generic[P]):
    """One page of a list with all that stands around it.

    `count` is exact up to 1,000, `is_over` beyond. Hints stand apart: those of the
    last three years, then the older ones, the Fundus.
    """

    place: Place | None
    entries: Sequence[Entry[P]]
    count: int
    next_link: str | None
    fresh_hints: Sequence[Entry[P]]
    fund: Sequence[Entry[P]]
    next_hints_link: str | None
    chips: Sequence[Link]
    tabs: Sequence[Link]
    # Towns that may be meant, where the one named is not known.
    suggestions: Sequence[Link]
    # Wider searches that find something, where this one found nothing.
    ways: Sequence[Way]
    # The same list with its two days the other way round.
    turned: Link | None

    @property
    def is_over(self) -> bool:
        """Says whether there are more hits than are counted."""
        return self.count > COUNTED


def listing_of(
    model: type[P],
    filters: ListFilters,
    *,
    narrow: Narrow,
    today: date,
    order: Order = NEWEST_FIRST,
    fit: Fit | None = None,
    stages: Stages | None = None,
) -> Listing[P]:
    """Answers one request for a list of public postings of this kind.

    `narrow` keeps what fits the filters, `fit` ranks it by them, `stages` part it by
    what begins soonest; a cursor that is not ours is not found.
    """
    place = place_asked_for(filters)
    centre = (place.lat, place.lon) if place else None
    by = filters.narrowing(centre)

    confirmed = narrow(public_postings(model), by)
    plain = narrow(select(model), Narrowing())
    read = Reading(model, filters, by, today, plain)
    page, onward = read.confirmed(confirmed, order, fit, stages)
    count = count_of(confirmed) if onward or read.is_behind else len(page)
    others: Page[P] = Page([], None)
    if onward is None:  # hints come once the confirmed ones are all shown
        others = read.hints(narrow(hints(model), by), is_rich=count >= FEW)

    is_empty = not count and not by.is_unknown_place
    entries = _entries([*page, *others.rows], centre, by.radius_km)
    shown, quiet = entries[: len(page)], entries[len(page) :]
    return Listing(
        place=place,
        entries=shown,
        count=count,
        next_link=onward,
        fresh_hints=[entry for entry in quiet if is_fresh(entry.posting, today)],
        fund=[entry for entry in quiet if not is_fresh(entry.posting, today)],
        next_hints_link=link_to(filters, hinweise=others.next) if others.next else None,
        chips=chips_of(filters, place),
        tabs=_tabs(filters),
        suggestions=suggestions_of(filters) if by.is_unknown_place else [],
        ways=ways_from(model, filters, by, narrow) if is_empty else [],
        turned=_turned(filters),
    )


def map_of_listing(listing: Listing[P], filters: ListFilters) -> Map:
    """The map of the cards of this page; a sign leads to the first of its number."""
    groups: dict[int, list[Entry[P]]] = {}
    for entry in (*listing.entries, *listing.fresh_hints, *listing.fund):
        if entry.number:
            groups.setdefault(entry.number, []).append(entry)
    spots = [
        Spot(
            point=found,
            number=number,
            label="; ".join(entry.posting.title for entry in group),
            link=f"#{group[0].anchor}",
            sign=group[0].sign or Sign.TECHNOLOGY,
        )
        for number, group in groups.items()
        if (found := point_of(group[0].posting))
    ]
    place = listing.place
    return map_of(
        spots,
        centre=Point(place.lat, place.lon) if place else None,
        radius_km=filters.radius_km if place else None,
        labels=[(town.name, Point(town.lat, town.lon)) for town in large_places(TOWNS)],
        description=_("Karte der Einträge auf dieser Seite"),
    )


def locator_of(posting: Posting) -> Map | None:
    """The stamp of a detail page: where in the region it is, if that is known."""
    point = point_of(posting)
    where = _("Lage in der Region: %(place)s", place=posting.place_name or "")
    return locator_map(point, description=where) if point else None


def place_asked_for(filters: PlaceFilters) -> Place | None:
    """The town that is meant, in the state that is asked for if one is."""
    found = filters.values
    return place_meant(found.get("ort", ""), found.get("land"))


def _entries(
    postings: Sequence[P], centre: tuple[float, float] | None, radius_km: int | None
) -> list[Entry[P]]:
    """Numbers the places of the map; what lies too close together shares a number."""
    spots = [on_map(p) if p else None for p in map(point_of, postings)]
    reach = _reach([spot for spot in spots if spot], centre and radius_km)
    numbered: list[tuple[float, float]] = []
    entries = []
    for posting, spot in zip(postings, spots, strict=True):
        if spot and not any(dist(spot, other) < reach for other in numbered):
            numbered.append(spot)
        nearest = spot and min(numbered, key=partial(dist, spot))
        number = numbered.index(nearest) + 1 if nearest else None
        km = _km(centre, point_of(posting))
        entries.append(Entry(posting, sign_for(posting), number, km))
    return entries


def _reach(spots: Sequence[tuple[float, float]], radius_km: int | None) -> float:
    """How close two signs may stand on the map before they hide one another."""
    if radius_km:
        side = 2 * km_on_map(radius_km)
    else:
        xs, ys = [x for x, _y in spots] or [0], [y for _x, y in spots] or [0]
        side = max(max(xs) - min(xs), max(ys) - min(ys), NARROWEST)
    return side * STOP_SHARE


def _km(centre: tuple[float, float] | None, point: Point | None) -> int | None:
    return round(distance_km(Point(*centre), point)) if centre and point else None


def _tabs(filters: ListFilters) -> list[Link]:
    """The two views of the same page: filters and cursor stay."""
    here = filters.values.get("nach")
    plain = link_to(filters, ansicht=None, nach=here)
    on_map = link_to(filters, ansicht="karte", nach=here)
    return [
        Link(_("Liste"), plain, not filters.is_map),
        Link(_("Karte"), on_map, filters.is_map),
    ]


def suggestions_of(filters: ListFilters) -> list[Link]:
    """Towns that begin like the one that is not known, the more letters the better."""
    name = address_of(filters.values["ort"]).name
    for letters in (len(name), 4, 3):
        places = suggested_places(name[:letters]) if letters <= len(name) else []
        if places:
            return [Link(p.name, link_to(filters, ort=p.name)) for p in places]
    return []


def _turned(filters: ListFilters) -> Link | None:
    """The same list with the two days the other way round, if they were reversed."""
    first, last = filters.von.data, filters.bis.data
    if not filters.are_days_reversed:
        return None
    words = _("Die beiden Tage tauschen")
    return Link(words, link_to(filters, von=last, bis=first))


def chips_of(filters: ListFilters, place: Place | None) -> list[Link]:
    """What narrows the list, each with the address without it."""
    found = filters.values
    chips = []
    if "ort" in found:
        km = filters.radius_km
        words = _("%(km)s km um %(place)s", km=km, place=place.name) if place else None
        label = words or _("Ort: %(place)s", place=found["ort"])
        chips.append(Link(label, link_to(filters, ort=None, umkreis=None)))
    for theme in found.get("thema", ()):
        rest = [other.value for other in found["thema"] if other is not theme]
        chips.append(Link(str(theme.label), link_to(filters, thema=rest or None)))
    if "art" in found:
        chips.append(Link(filters.kinds[found["art"]], link_to(filters, art=None)))
    return chips + [
        Link(word(found[name]), link_to(filters, **{name: None}))
        for name, word in WORDS.items()
        if name in found
    ]


def _district_name(ags: str) -> str:
    district = district_by_ags(ags)
    return district.name if district else ags


# How a chip names an entry.
WORDS: Mapping[str, Callable[[Any], str]] = {
    "q": lambda words: f"„{words}“",
    "land": lambda state: str(state.label),
    "kreis": _district_name,
    "klasse": lambda grade: _("Klasse %(grade)s", grade=grade),
    "alter": lambda age: _("%(age)s Jahre", age=age),
    "gruppe": lambda size: _("für %(size)s", size=size),
    "wochentag": lambda weekday: str(weekday.label),
    "von": lambda day: _("ab %(day)s", day=format_date(day)),
    "bis": lambda day: _("bis %(day)s", day=format_date(day)),
    "barrierefrei": lambda _ticked: _("stufenlos, mit WC"),
    "hinweise": lambda _ticked: _("mit alten Hinweisen"),
}
