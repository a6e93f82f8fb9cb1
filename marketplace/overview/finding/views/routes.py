from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import chosen_language
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
    FEW,
    Hit,
    answered,
    entries_of,
    rank_of,
    states_of,
    topics_among,
)
from marketplace.overview.finding.queries.meaning import proposals_for
from marketplace.overview.finding.rules import Asked, Piece, excerpt
from marketplace.overview.finding.tables import PLACELESS, SHELVES, Shelf
from marketplace.overview.finding.views.choices import choices_of, total_of
from marketplace.overview.finding.views.links import (
    keep_link_of,
    list_of,
    lists_taking,
    map_link_of,
    ways_from,
    with_changes,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.views.listing import place_asked_for, suggestions_of
from marketplace.region.occupations.rules import english_of
from marketplace.region.topics.enums import Sign
from marketplace.upkeep.search.models import SearchEntry
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.pages import Page, page_among

blueprint = Blueprint("finding", __name__)

# So many of each kind, of the one that is asked for, of proposals while typing.
SHOWN, SHOWN_OF_ONE, PROPOSED = 5, 50, 8
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Line:
    """A thing as search shows it."""

    hit: Hit
    entry: SearchEntry
    link: str
    title: Sequence[Piece]
    body: Sequence[Piece]
    # Why nobody can have it now; empty where somebody can.
    state: PostingState | None


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


@blueprint.get("/suche")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = SearchFilters(request.args)
    search, place = _search(filters)

    search, hits, instead = _answered(search, filters)
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
        towns=suggestions_of(filters) if search.by.is_unknown_place else (),
        groups=groups,
        is_elsewhere=_is_elsewhere(search, groups),
        total=total_of(counts, filters),
        counted=COUNTED,
        choices_of=choices_of(filters, counts, kept),
        list_of=filters.kind and list_of(filters.kind, filters, kept),
        lists=lists_taking(filters, kept),
        ways=ways_from(filters, search),
        is_little=bool(groups) and total_of(counts, filters) < FEW,
        map_link=map_link_of(filters, instead),
        keep_link=keep_link_of(filters, instead),
        signs=list(Sign),
    )


@blueprint.get("/suche/vorschlaege")
@open_to(EVERYONE)
def suggest() -> Response:
    return jsonify(proposals_for(request.args.get("q", "")[:80], PROPOSED))


def _search(filters: SearchFilters) -> tuple[Search, Any]:
    place = place_asked_for(filters)
    by = filters.narrowing((place.lat, place.lon) if place else None)
    asked = asked_of(by.words, is_english=chosen_language() == "en")
    # All companies there are would be an answer to nothing but a class.
    is_for_some = not (asked or by.topics or filters.kind)
    return Search(asked, by, filters.kind, is_for_some=is_for_some), place


def _answered(
    search: Search, filters: SearchFilters
) -> tuple[Search, Sequence[Hit], str]:
    """What is found, if anything is asked for."""
    if not _asks(search):
        return search, [], ""
    return answered(search, filters.order, filters.words)


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
    states = states_of(entries.values())
    return [
        Group(
            kind,
            # What was withdrawn in between is left out.
            [
                _line(h, entries[h.entry_id], search.asked, states.get(h.entry_id))
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
        return with_changes(filters, **kept, art=kind.value)
    return page.next and with_changes(filters, **kept, nach=page.next)


def _line(
    hit: Hit, entry: SearchEntry, asked: Sequence[Asked], state: PostingState | None
) -> Line:
    is_told = hit.kind is Kind.OCCUPATION and chosen_language() == "en"
    story = english_of(entry.title) if is_told else None
    return Line(
        hit,
        entry,
        _link_to(entry, SHELVES[hit.kind]),
        excerpt(story.name if story else entry.title, asked, LONGEST_TITLE),
        excerpt(story.sentence if story else entry.body, asked),
        state,
    )


def _link_to(entry: SearchEntry, shelf: Shelf) -> str:
    if shelf.names == "key":
        words = slug_of(entry.title)
        return url_for(shelf.show, key=f"{entry.key}-{words}" if words else entry.key)
    named: dict[str, Any] = {
        shelf.names: entry.key if shelf.names == "slug" else entry.title
    }
    return url_for(shelf.show, **named)
