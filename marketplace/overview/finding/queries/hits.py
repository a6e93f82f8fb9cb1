"""What answers a question, the best in the order that was asked for first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import Question, Word, any_word
from marketplace.foundation.geometry import Point, distance_km
from marketplace.overview.finding.enums import Kind, Order, Words
from marketplace.overview.finding.queries.asking import (
    CONFIRMED,
    HINT,
    Search,
    asked_of,
    parts_of_search,
    question_of,
)
from marketplace.overview.finding.queries.meaning import meant_instead
from marketplace.overview.finding.queries.points import points_of
from marketplace.overview.finding.queries.reading import (
    RANKED,
    RANKED_OF_ONE,
    Setting,
    read,
    read_of_one,
    settings_of,
    shares_of,
)
from marketplace.overview.finding.rules import in_title
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bitmaps import flags_of
from marketplace.upkeep.search.queries.bounded import among
from marketplace.upkeep.search.rules import MARK_OF_KIND, MARK_OF_TOPIC, is_shown

# A kind with so many among them has its share: fewer than one in as many kinds.
OF_A_KIND = 20
# Fewer that have a compound are shown with those that have its end.
FEW = 5
# So many topics are counted.
TOPICS_COUNTED = 8

POSTINGS: Mapping[Kind, type[Posting]] = {
    Kind.INTERNSHIP: Internship,
    Kind.OFFER: Offer,
    Kind.SPONSORSHIP: Sponsorship,
    Kind.EVENT: Event,
}
STOPPED = (PostingState.PAUSED, PostingState.FILLED)
# What gives the numbers of the first that answer a question.
Reads = Callable[[Question, Narrowing, Order], Sequence[int]]
KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
EVERY_KIND = tuple(Kind)
NOWHERE: Setting = (None, None, None)


class Hit(NamedTuple):
    """A thing that was found: the number of its entry, how well it fits, how far it is.

    `is_hint`: nobody has confirmed it.
    """

    entry_id: int
    kind: Kind
    begins_on: date | None
    score: int
    km: int | None
    is_hint: bool


def found(search: Search, order: Order) -> list[Hit]:
    """The best of what answers, confirmed before hints; at most some hundred.

    What is nowhere stands behind what is in the place that was asked for. Of one kind
    that is asked for alone all that is counted is here, unless that is too much.
    """
    parts, is_one = parts_of_search(search), search.kind is not None
    return [hit for one in parts for hit in _found(one, order, is_one=is_one)]


def _found(search: Search, order: Order, *, is_one: bool) -> list[Hit]:
    reads, most = (read_of_one, RANKED_OF_ONE) if is_one else (read, RANKED)
    ids = _candidates(search, order, reads, most)
    settings: Mapping[int, Setting] = {}
    if ids and (search.by.centre or order is Order.DATE):
        settings = settings_of(ids)
        # What went in between is nowhere.
        ids = {n for n, it in settings.items() if is_one or _is_inside(it, search.by)}
    hits = _hits(sorted(ids), search, settings) if ids else ()
    return sorted(hits, key=lambda hit: rank_of(hit, order))


def answered(
    search: Search, order: Order, words: Words | None = None
) -> tuple[Search, list[Hit], str]:
    """What is found; where nothing is, for other words, and then for some of them.

    Gives the search that found it, and the words that were taken instead. Where
    `words` says how many of them must be there, they are taken as they are.
    """
    if words:
        search = replace(search, is_loose=words is Words.SOME)
        return search, found(search, order), ""
    hits, instead = found(search, order), ""
    if meant := meant_instead(search.asked, is_found=bool(hits)):
        instead = " ".join(meant)
        search = replace(search, asked=asked_of(instead))
        hits = found(search, order)
    if _is_too_strict(search, hits):
        search = replace(search, is_loose=True)
        hits = found(search, order)
    return search, hits, instead


def _is_too_strict(search: Search, hits: Sequence[Hit]) -> bool:
    """Says whether some of the words, or of a single compound its end, should do."""
    if len(search.asked) == 1:
        return bool(search.asked[0].parts) and len(hits) < FEW
    return not hits and len(search.asked) > 1


def _candidates(search: Search, order: Order, reads: Reads, most: int) -> set[int]:
    """The first that answer; of many, those with the words in their title as well.

    A kind that has its share of the newest is asked for no more, so that many of one
    do not hide the others, nor hints what is confirmed.
    """
    ids: set[int] = set()
    wanted = {search.kind} if search.kind else set(Kind)
    for mark in (CONFIRMED, HINT):
        is_first = True
        while wanted:
            question = question_of(search, [Word(mark), *_of_kinds(wanted, search)])
            first = reads(question, search.by, order)
            ids.update(first)
            if len(first) < most:
                break
            if is_first:
                ids.update(reads(in_title(question), search.by, order))
            kinds = sorted(wanted)
            shares = shares_of((MARK_OF_KIND + kind for kind in kinds), first)
            counted = zip(kinds, shares, strict=True)
            # That with the most is always done, so that each round has fewer kinds.
            most_of_one = min(OF_A_KIND, max(shares))
            wanted -= {kind for kind, share in counted if share >= most_of_one}
            is_first = False
    return ids


def _of_kinds(wanted: AbstractSet[Kind], search: Search) -> list[Question]:
    """That a thing is of one of some kinds, unless they are all or the one."""
    is_told = search.kind or len(wanted) == len(Kind)
    return [] if is_told else [any_word(MARK_OF_KIND + kind for kind in wanted)]


def _is_inside(setting: Setting, by: Narrowing) -> bool:
    """Says whether it lies inside the circle that is asked for, if one is."""
    km = _km(*setting[:2], by.centre)
    is_asked = by.centre and by.radius_km
    return not is_asked or (km is not None and km <= (by.radius_km or 0))


def _hits(
    ids: Sequence[int], search: Search, settings: Mapping[int, Setting]
) -> Iterator[Hit]:
    """Of some entries those that everybody may see, with what they are worth."""
    numbers = np.array(ids, np.int64)
    marks = (*(MARK_OF_KIND + kind for kind in EVERY_KIND), CONFIRMED, HINT)
    *kinds, confirmed, hints = flags_of([Word(mark) for mark in marks], numbers)
    points = points_of(search.asked, numbers)
    kind_at = np.argmax(kinds, axis=0)
    # Some may have changed a moment ago.
    seen = np.any(kinds, axis=0) & (confirmed | hints)
    told = (some[seen].tolist() for some in (numbers, kind_at, points, hints))
    for number, kind, score, is_hint in zip(*told, strict=True):
        lat, lon, begins_on = settings.get(number, NOWHERE)
        km = _km(lat, lon, search.by.centre)
        rounded = None if km is None else round(km)
        yield Hit(number, EVERY_KIND[kind], begins_on, score, rounded, is_hint)


def _km(
    lat: float | None, lon: float | None, centre: tuple[float, float] | None
) -> float | None:
    if centre is None or lat is None or lon is None:
        return None
    return distance_km(Point(*centre), Point(lat, lon))


def rank_of(hit: Hit, order: Order) -> tuple[object, ...]:
    """Smaller comes first; the id decides between equals, so that no two are."""
    own: tuple[object, ...] = ()
    if order is Order.FIT:
        own = (-hit.score,)
    elif order is Order.NEAR:
        own = (99_999 if hit.km is None else hit.km, -hit.score)
    elif order is Order.DATE:
        begins = hit.begins_on.isoformat() if hit.begins_on else "z"
        own = (begins, -hit.score)
    return (hit.is_hint, *own, -hit.entry_id)


def entries_of(hits: Iterable[Hit]) -> Mapping[int, SearchEntry]:
    """What search shows of some hits, by the number of the entry."""
    ids = [hit.entry_id for hit in hits]
    query = select(SearchEntry).where(among(ids))
    found = db.session.scalars(query)
    # A process may not know yet that something is hidden by now.
    return {entry.id: entry for entry in found if is_shown(entry.tokens)}


def states_of(entries: Iterable[SearchEntry]) -> Mapping[int, PostingState]:
    """Of what nobody can have now the state, resting or full, by number of entry."""
    found: dict[int, PostingState] = {}
    numbers: dict[Kind, dict[int, int]] = {}
    for entry in entries:
        numbers.setdefault(KINDS[entry.kind], {})[entry.thing_id] = entry.id
    for kind, model in POSTINGS.items():
        if ids := numbers.get(kind):
            query = select(model.id, model.state).where(model.id.in_(ids))
            rows = db.session.execute(query.where(model.state.in_(STOPPED)))
            found |= {ids[number]: state for number, state in rows}
    return found


def topics_among(hits: Sequence[Hit]) -> list[Topic]:
    """The topics that most of what was found has, in the order of the catalogue."""
    marks = (MARK_OF_TOPIC + topic for topic in Topic)
    counted = shares_of(marks, [hit.entry_id for hit in hits])
    shares = dict(zip(Topic, counted, strict=True))
    most = sorted(Topic, key=lambda topic: -shares[topic])[:TOPICS_COUNTED]
    return [topic for topic in Topic if topic in most and shares[topic]]
