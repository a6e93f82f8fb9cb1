from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from flask import url_for

from marketplace.foundation.language import _
from marketplace.overview.finding.enums import Kind, Words
from marketplace.overview.finding.forms import SearchFilters
from marketplace.overview.finding.queries.asking import Search
from marketplace.overview.finding.tables import SHELVES

# So many times as far is the next circle, and so far the last.
WIDER, FARTHEST_KM = 3, 300
# What the map narrows by as search does.
ON_MAP = ("q", "ort", "umkreis", "land", "kreis", "thema", "klasse", "alter")


def lists_taking(
    filters: SearchFilters, kept: Mapping[str, str]
) -> list[tuple[Kind, str]]:
    """The lists that are narrowed by all that search does not count, and where."""
    names = filters.uncounted.keys()
    taking = [kind for kind, shelf in SHELVES.items() if names and names <= shelf.takes]
    own = [kind for kind in taking if kind is filters.kind]
    return [(kind, list_of(kind, filters, kept)) for kind in own or taking]


def list_of(kind: Kind, filters: SearchFilters, kept: Mapping[str, str]) -> str:
    """The list of a kind, narrowed the same way, in its own order."""
    shelf = SHELVES[kind]
    entries: dict[str, Any] = {}
    if shelf.is_narrowed:
        entries = {**filters.query, **kept}
    own = ("art", "sortierung", "woerter")
    return url_for(shelf.index, **{k: v for k, v in entries.items() if k not in own})


def with_changes(filters: SearchFilters, **changes: str | None) -> str:
    """The address of this search with some entries changed; None takes one away."""
    entries: dict[str, Any] = {**filters.query, **changes}
    return url_for("finding.index", **{k: v for k, v in entries.items() if v})


def keep_link_of(filters: SearchFilters, instead: str) -> str:
    """Where this search is kept, with the words that found something."""
    return url_for("alerts.new", liste="suche", **_with_words(filters, instead))


def _with_words(filters: SearchFilters, instead: str) -> dict[str, Any]:
    return filters.query | ({"q": [instead]} if instead else {})


def map_link_of(filters: SearchFilters, instead: str) -> str:
    """The map with what it narrows by as well; how far only around a place."""
    told = {n: v for n, v in _with_words(filters, instead).items() if n in ON_MAP}
    if "ort" not in told:
        told.pop("umkreis", None)
    return url_for("maps.index", **dict[str, Any](told))


def ways_from(filters: SearchFilters, search: Search) -> list[tuple[str, str]]:
    """Where a search that found little or nothing leads on: label and address."""
    found = partial(with_changes, filters)
    ways, wider = [], min(filters.radius_km * WIDER, FARTHEST_KM)
    if len(search.asked) > 1 and not (search.is_loose or filters.words):
        some = found(woerter=Words.SOME.value)
        ways.append((_("Auch, was nur einige der Wörter enthält"), some))
    if filters.ort.data:
        if wider > filters.radius_km:
            around = _("Im Umkreis von %(km)s km", km=wider)
            ways.append((around, found(umkreis=str(wider))))
        ways.append((_("In der ganzen Region"), found(ort=None, umkreis=None)))
    if filters.art.data:
        kind = filters.kinds[filters.art.data]
        ways.append((_("Nicht nur %(kind)s", kind=kind), found(art=None)))
    if filters.land.data or filters.kreis.data:
        ways.append((_("In allen drei Ländern"), found(land=None, kreis=None)))
    if filters.klasse.data or filters.alter.data:
        ways.append((_("Für jedes Alter"), found(klasse=None, alter=None)))
    place = {"ort": filters.ort.data, "umkreis": str(wider)}
    kept: dict[str, Any] = place if filters.ort.data else {}
    return [*ways, *_related(search, kept)]


def _related(search: Search, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The topics that the words of a question stand for, in the same place."""
    for topic in sorted({topic for one in search.asked for topic in one.related}):
        link = url_for("finding.index", **kept, thema=topic.value)
        yield str(topic.label), link
