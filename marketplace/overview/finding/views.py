from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import _, chosen_language
from marketplace.foundation.text import slug_of
from marketplace.overview.finding.enums import Kind, Words
from marketplace.overview.finding.forms import SearchFilters
from marketplace.overview.finding.queries.asking import Search, asked_of
from marketplace.overview.finding.queries.counts import (
    COUNTED,
    NO_COUNTS,
    Counts,
    counts_of,
)
from marketplace.overview.finding.queries.hits import (
    Hit,
    answered,
    entries_of,
    rank_of,
    topics_among,
)
from marketplace.overview.finding.queries.meaning import proposals_for
from marketplace.overview.finding.rules import Asked, Piece, excerpt
from marketplace.overview.finding.tables import PLACELESS, SHELVES, Shelf
from marketplace.postings.lives.views.listing import place_asked_for
from marketplace.region.occupations.rules import english_of
from marketplace.region.topics.enums import Sign
from marketplace.region.topics.rules import topics_from_text
from marketplace.upkeep.search.models import SearchEntry
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.pages import Page, page_among

blueprint = Blueprint("finding", __name__)

# So many of each kind, of the one that is asked for, of proposals while typing.
SHOWN, SHOWN_OF_ONE, PROPOSED = 5, 50, 8
LONGEST_TITLE = 200
WIDER = 3


@dataclass(frozen=True)
class Line:
    """A thing as search shows it."""

    hit: Hit
    entry: SearchEntry
    link: str
    title: Sequence[Piece]
    body: Sequence[Piece]


@dataclass(frozen=True)
class Group:
    """What was found of one kind, and where it goes on."""

    kind: Kind
    lines: Sequence[Line]
    count: int
    # How many stand before these, and how many there are with all that may follow.
    before: int
    ranked: int
    more: str | None
    # That the place that was asked for does not matter to it.
    is_anywhere: bool
    # The filters that are asked for and do not matter to it.
    ignored: Sequence[str]


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: what it finds and where it leads."""

    label: str
    link: str
    count: int
    is_chosen: bool


@blueprint.get("/suche")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = SearchFilters(request.args)
    search, place = _search(filters)

    search, hits, instead = (
        answered(search, filters.order, filters.words)
        if _asks(search)
        else (search, [], "")
    )
    counts = counts_of(search, topics_among(hits)) if hits else NO_COUNTS
    kept = _understood(search, instead, filters)
    groups = _groups(hits, search, counts, filters, kept)

    return render_template(
        "overview/finding/index.html",
        filters=filters,
        place=place,
        instead=instead,
        is_loose=search.is_loose and len(search.asked) > 1,
        is_asked=_asks(search) or search.by.is_unknown_place,
        groups=groups,
        is_elsewhere=_is_elsewhere(search, groups),
        total=_total(counts, filters),
        counted=COUNTED,
        choices_of=_choices(filters, counts, kept),
        list_of=filters.kind and _list_of(filters.kind, filters, kept),
        lists=_lists_taking(filters, kept),
        ways=_ways(filters),
        keep_link=_keep_link(filters, instead),
        signs=list(Sign),
    )


@blueprint.get("/suche/vorschlaege")
@open_to(EVERYONE)
def suggest() -> Response:
    return jsonify(proposals_for(request.args.get("q", "")[:80], PROPOSED))


def _search(filters: SearchFilters) -> tuple[Search, Any]:
    place = place_asked_for(filters)
    by = filters.narrowing((place.lat, place.lon) if place else None)
    asked = asked_of(by.words)
    # All companies there are would be an answer to nothing but a class.
    is_for_some = not (asked or by.topics or filters.kind)
    return Search(asked, by, filters.kind, is_for_some=is_for_some), place


def _asks(search: Search) -> bool:
    return search.is_open and not search.by.is_unknown_place


def _is_elsewhere(search: Search, groups: Sequence[Group]) -> bool:
    """Says whether all that was found is nowhere, though a place was asked for."""
    kinds = {group.kind for group in groups}
    return search.is_placed and bool(kinds) and kinds <= set(PLACELESS)


def _understood(
    search: Search, instead: str, filters: SearchFilters
) -> Mapping[str, str]:
    """What an address must say beside the filters so that it finds just the same.

    Words that were taken instead are said; and that all or some must be there, where
    search could decide otherwise for a part of what was found.
    """
    if filters.words:
        return {"woerter": filters.words.value}
    told = {"q": instead} if instead else {}
    if search.is_loose:
        return {**told, "woerter": Words.SOME.value}
    is_open = instead or (len(search.asked) == 1 and search.asked[0].parts)
    return {**told, "woerter": Words.ALL.value} if is_open else told


def _groups(
    hits: Sequence[Hit],
    search: Search,
    counts: Counts,
    filters: SearchFilters,
    kept: Mapping[str, str],
) -> list[Group]:
    """By kind, that of the best hit first."""
    of_kinds: dict[Kind, list[Hit]] = {}
    for hit in hits:
        of_kinds.setdefault(hit.kind, []).append(hit)
    pages = {kind: _page(some, search, filters) for kind, some in of_kinds.items()}
    entries = entries_of([hit for page in pages.values() for hit in page.rows])
    return [
        Group(
            kind,
            # What was withdrawn in between is left out.
            [
                _line(h, entries[h.entry_id], search.asked)
                for h in page.rows
                if h.entry_id in entries
            ],
            counts.kinds.get(kind, 0),
            of_kinds[kind].index(page.rows[0]) if page.rows else 0,
            len(of_kinds[kind]),
            _more(kind, filters, kept, page),
            is_anywhere=search.is_placed and kind in PLACELESS,
            ignored=filters.ignored_by(kind),
        )
        for kind, page in pages.items()
    ]


def _page(some: Sequence[Hit], search: Search, filters: SearchFilters) -> Page[Hit]:
    """The first hits of a kind; of the one asked for those behind the cursor."""
    order = filters.order
    return page_among(
        some,
        by=lambda hit: rank_of(hit, order),
        order=f"search {order}",
        after=filters.values.get("nach") if search.kind else None,
        size=SHOWN_OF_ONE if search.kind else SHOWN,
    )


def _more(
    kind: Kind, filters: SearchFilters, kept: Mapping[str, str], page: Page[Hit]
) -> str | None:
    """From all kinds to one, and from one to what follows, if anything does."""
    if filters.kind is None:
        return _with(filters, **kept, art=kind.value)
    return page.next and _with(filters, **kept, nach=page.next)


def _lists_taking(
    filters: SearchFilters, kept: Mapping[str, str]
) -> list[tuple[Kind, str]]:
    """The lists that are narrowed by all that search does not count, and where."""
    names = filters.uncounted.keys()
    taking = [kind for kind, shelf in SHELVES.items() if names and names <= shelf.takes]
    own = [kind for kind in taking if kind is filters.kind]
    return [(kind, _list_of(kind, filters, kept)) for kind in own or taking]


def _list_of(kind: Kind, filters: SearchFilters, kept: Mapping[str, str]) -> str:
    """The list of a kind, narrowed the same way, in its own order."""
    shelf = SHELVES[kind]
    entries: dict[str, Any] = {}
    if shelf.is_narrowed:
        entries = {**filters.query, **kept}
    own = ("art", "sortierung", "woerter")
    return url_for(shelf.index, **{k: v for k, v in entries.items() if k not in own})


def _line(hit: Hit, entry: SearchEntry, asked: Sequence[Asked]) -> Line:
    is_told = hit.kind is Kind.OCCUPATION and chosen_language() == "en"
    story = english_of(entry.title) if is_told else None
    return Line(
        hit,
        entry,
        _link_to(entry, SHELVES[hit.kind]),
        excerpt(story.name if story else entry.title, asked, LONGEST_TITLE),
        excerpt(story.sentence if story else entry.body, asked),
    )


def _link_to(entry: SearchEntry, shelf: Shelf) -> str:
    if shelf.names == "key":
        words = slug_of(entry.title)
        return url_for(shelf.show, key=f"{entry.key}-{words}" if words else entry.key)
    named: dict[str, Any] = {
        shelf.names: entry.key if shelf.names == "slug" else entry.title
    }
    return url_for(shelf.show, **named)


def _with(filters: SearchFilters, **changes: str | None) -> str:
    """The address of this search with some entries changed; None takes one away."""
    entries: dict[str, Any] = {**filters.query, **changes}
    return url_for(".index", **{k: v for k, v in entries.items() if v})


def _keep_link(filters: SearchFilters, instead: str) -> str:
    """Where this search is kept, with the words that found something."""
    entries: dict[str, Any] = filters.query | ({"q": [instead]} if instead else {})
    return url_for("alerts.new", liste="suche", **entries)


def _total(counts: Counts, filters: SearchFilters) -> int:
    """How much there is of the kind that is asked for, or of all."""
    return counts.kinds.get(filters.kind, 0) if filters.kind else counts.total


def _choices(
    filters: SearchFilters, counts: Counts, kept: Mapping[str, str]
) -> list[tuple[str, list[Choice]]]:
    """Each filter with what its choices find; those that find nothing are left out."""
    chosen = filters.thema.data or []
    state, grade, age = (filters.values.get(n) for n in ("land", "klasse", "alter"))
    choice, total = partial(_choice, filters, kept), _total(counts, filters)
    named = {
        _("Was"): [
            choice("art", one, label=one.label, count=count, is_it=filters.kind is one)
            for one, count in counts.kinds.items()
        ],
        _("Bundesland"): [
            choice("land", one, label=one.label, count=count, is_it=state is one)
            for one, count in counts.states.items()
        ],
        _("Klasse"): [
            choice("klasse", str(one), label=one, count=count, is_it=grade == one)
            for one, count in counts.grades.items()
        ],
        _("Alter"): [
            choice("alter", str(one), label=one, count=total, is_it=True)
            for one in [age]
            if one
        ],
        _("Thema"): [
            choice("thema", one, label=one.label, count=count, is_it=one in chosen)
            for one, count in counts.topics.items()
        ],
    }
    for name, some in named.items():
        named[name] = [one for one in some if one.count or one.is_chosen]
    return [(name, some) for name, some in named.items() if some]


def _choice(
    filters: SearchFilters,
    kept: Mapping[str, str],
    name: str,
    value: str,
    *,
    label: object,
    count: int,
    is_it: bool,
) -> Choice:
    link = _with(filters, **kept, **{name: None if is_it else value})
    return Choice(str(label), link, count, is_it)


def _ways(filters: SearchFilters) -> list[tuple[str, str]]:
    """Where a search that found nothing leads on: label and address."""
    ways = []
    if filters.ort.data:
        wider = min(filters.radius_km * WIDER, 300)
        ways.append(
            (
                _("Im Umkreis von %(km)s km", km=wider),
                _with(filters, umkreis=str(wider)),
            )
        )
        ways.append((_("In der ganzen Region"), _with(filters, ort=None, umkreis=None)))
    if filters.art.data:
        ways.append(
            (
                _("Nicht nur %(kind)s", kind=filters.kinds[filters.art.data]),
                _with(filters, art=None),
            )
        )
    if filters.land.data or filters.kreis.data:
        ways.append((_("In allen drei Ländern"), _with(filters, land=None, kreis=None)))
    related = sorted(topics_from_text(filters.q.data or ""))
    ways += [(str(t.label), url_for(".index", thema=t.value)) for t in related]
    return ways
