"""What answers a question, the best in the order that was asked for first."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import NamedTuple

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
from marketplace.overview.finding.queries.reading import (
    RANKED,
    RANKED_OF_ONE,
    Candidate,
    read,
    read_of_one,
    rows_of,
    shares_of,
)
from marketplace.overview.finding.rules import in_title, score
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bounded import among
from marketplace.upkeep.search.rules import MARK_OF_KIND, MARK_OF_TITLE, MARK_OF_TOPIC

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
MARKS_OF_TOPICS = frozenset(MARK_OF_TOPIC + topic for topic in Topic)
KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


class Hit(NamedTuple):
    """A thing that was found: the number of its entry, how well it fits, how far it is.

    `is_hint`: nobody has confirmed it.
    """

    entry_id: int
    kind: Kind
    tokens: frozenset[str]
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
    rows = (
        _candidates(search, order, read_of_one, RANKED_OF_ONE)
        if is_one
        else _candidates(search, order, read, RANKED)
    )
    hits = [_hit(row, search) for row in rows if is_one or _is_inside(row, search.by)]
    # What was found by words that it has no more may be hidden now.
    seen = [hit for hit in hits if hit.is_hint or CONFIRMED in hit.tokens]
    return sorted(seen, key=lambda hit: rank_of(hit, order))


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


def _candidates(
    search: Search, order: Order, reads: Reads, most: int
) -> list[Candidate]:
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
            wanted -= {kind for kind, share in counted if share >= OF_A_KIND}
            is_first = False
    return rows_of(ids) if ids else []


def _of_kinds(wanted: AbstractSet[Kind], search: Search) -> list[Question]:
    """That a thing is of one of some kinds, unless they are all or the one."""
    is_told = search.kind or len(wanted) == len(Kind)
    return [] if is_told else [any_word(MARK_OF_KIND + kind for kind in wanted)]


def _is_inside(row: Candidate, by: Narrowing) -> bool:
    """Says whether it lies inside the circle that is asked for, if one is."""
    km = _km(row[3], row[4], by.centre)
    is_asked = by.centre and by.radius_km
    return not is_asked or (km is not None and km <= (by.radius_km or 0))


def _hit(row: Candidate, search: Search) -> Hit:
    number, kind, tokens, lat, lon, begins_on = row
    km = _km(lat, lon, search.by.centre)
    words = frozenset(tokens.split(" "))
    points = score(words, search.asked, f" {tokens}".count(f" {MARK_OF_TITLE}"))
    rounded = None if km is None else round(km)
    return Hit(number, KINDS[kind], words, begins_on, points, rounded, HINT in words)


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
    return {entry.id: entry for entry in db.session.scalars(query)}


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
    marks = Counter(mark for hit in hits for mark in MARKS_OF_TOPICS & hit.tokens)
    shares = {topic: marks[MARK_OF_TOPIC + topic] for topic in Topic}
    most = sorted(Topic, key=lambda topic: -shares[topic])[:TOPICS_COUNTED]
    return [topic for topic in Topic if topic in most and shares[topic]]
