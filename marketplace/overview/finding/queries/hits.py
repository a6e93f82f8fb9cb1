"""What answers a question to search: found, ranked, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
    AllBut,
    Question,
    Word,
    all_of,
    any_of,
    any_word,
)
from marketplace.foundation.geometry import Point, cells_around, distance_km
from marketplace.foundation.text import fold
from marketplace.overview.finding.enums import Kind, Order
from marketplace.overview.finding.rules import (
    BROAD,
    Asked,
    in_title,
    is_likely_meant,
    score,
    topic_word_like,
)
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.topics.enums import Topic
from marketplace.region.topics.rules import topics_from_text
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bounded import among, counted, newest_of
from marketplace.upkeep.search.queries.matching import words_asked
from marketplace.upkeep.search.queries.terms import (
    still_said,
    terms_beginning,
    terms_like,
)
from marketplace.upkeep.search.rules import (
    HIDDEN,
    MARK_OF_CELL,
    MARK_OF_DISTRICT,
    MARK_OF_KIND,
    MARK_OF_STANDING,
    MARK_OF_STATE,
    MARK_OF_TITLE,
    MARK_OF_TOPIC,
    forms_asked,
    is_known_word,
    main_parts_of,
    parts_of,
)
from marketplace.upkeep.search.tables import WEAK_WORDS

# So many of the newest are ranked, of those with the words in their title as many.
RANKED = 200
# A kind with so many among them has its share: fewer than one in as many kinds.
OF_A_KIND = 20
# Fewer that have a compound are shown with those that have its end.
FEW = 5
# So many words are looked at for a proposal: some may be of withdrawn things.
WEIGHED = 24
# A beginning stands for at most so many words.
MOST_BEGINNINGS = 20
SHORTEST_BEGINNING = 4
# So many topics are counted.
TOPICS_COUNTED = 8
# A circle of more squares is asked of everything.
MOST_CELLS = 60
CONFIRMED = MARK_OF_STANDING + Standing.CONFIRMED
HINT = MARK_OF_STANDING + Standing.HINT

KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
# Of an entry: number, kind, words, latitude, longitude, when it begins.
Candidate = tuple[int, str, str, float | None, float | None, date | None]


@dataclass(frozen=True)
class Search:
    """A question: its words, what narrows it, the one kind it asks for."""

    asked: Sequence[Asked]
    by: Narrowing
    kind: Kind | None = None
    # That some of its words are enough.
    is_loose: bool = False

    @property
    def is_open(self) -> bool:
        """Says whether it asks for anything."""
        by = self.by
        return bool(self.asked or by.centre or by.state or by.district or by.topics)


@dataclass(frozen=True)
class Hit:
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


def asked_of(text: str) -> list[Asked]:
    """The words of a question, each with every way in which things hold it."""
    return [_asked(word) for word in words_asked(text)]


def _asked(word: str) -> Asked:
    parts = main_parts_of(word)
    forms = [frozenset(forms_asked(part)) for part in parts]
    beginnings = _beginnings(word)
    if parts and parts[0] == parts_of(word)[0]:
        # It may be that of a verb, or of another compound.
        more = _beginnings(parts[0])
        forms[0] |= more
        head, tail = map(fold, parts_of(word))
        least = len(head) + len(tail)
        beginnings |= {w for w in more if len(w) >= least and w.endswith(tail)}
    return Asked(
        word,
        exact=frozenset(forms_asked(word)),
        beginnings=beginnings,
        parts=forms,
        topics=topics_from_text(word) - BROAD,
        is_weak=word.lower() in WEAK_WORDS,
    )


def _beginnings(word: str) -> frozenset[str]:
    """The words that begin with one, unless that is very short."""
    begins = fold(word)
    if len(begins) < SHORTEST_BEGINNING:
        return frozenset()
    return frozenset(t.word for t in terms_beginning(begins, MOST_BEGINNINGS))


def found(search: Search, order: Order) -> list[Hit]:
    """The best of what answers, confirmed before hints; at most some hundred."""
    hits = [hit for row in _candidates(search) if (hit := _hit(row, search))]
    return sorted(hits, key=lambda hit: _key(hit, order))


def answered(search: Search, order: Order) -> tuple[Search, list[Hit], str]:
    """What is found; where nothing is, for other words, and then for some of them.

    Gives the search that found it, and the words that were taken instead.
    """
    hits, instead = found(search, order), ""
    if words := meant_instead(search.asked, hits):
        instead = " ".join(words)
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


def _candidates(search: Search) -> Iterable[Candidate]:
    """The newest that answer; of many, those with the words in their title as well.

    A kind that has its share of the newest is asked for no more, so that many of one
    do not hide the others, nor hints what is confirmed.
    """
    rows: dict[int, Candidate] = {}
    wanted = {search.kind} if search.kind else set(Kind)
    for mark in (CONFIRMED, HINT):
        is_first = True
        while wanted:
            question = question_of(search, [Word(mark), *_of_kinds(wanted, search)])
            newest = _rows(question)
            rows.update(newest)
            if len(newest) < RANKED:
                break
            rows.update(_rows(in_title(question)) if is_first else {})
            shares = Counter(KINDS[row[1]] for row in newest.values())
            wanted -= {kind for kind in wanted if shares[kind] >= OF_A_KIND}
            is_first = False
    return rows.values()


def _of_kinds(wanted: AbstractSet[Kind], search: Search) -> list[Question]:
    """That a thing is of one of some kinds, unless they are all or the one."""
    is_told = search.kind or len(wanted) == len(Kind)
    return [] if is_told else [any_word(MARK_OF_KIND + kind for kind in wanted)]


def _rows(question: Question) -> dict[int, Candidate]:
    """The newest that answer, by their numbers."""
    ids = newest_of(question, RANKED)
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.tokens)
    place = (SearchEntry.lat, SearchEntry.lon, SearchEntry.begins_on)
    query = select(*columns, *place).where(among(ids))
    return {row[0]: row for row in db.session.execute(query)} if ids else {}


def _hit(row: Candidate, search: Search) -> Hit | None:
    number, kind, tokens, lat, lon, begins_on = row
    km = _km(lat, lon, search.by.centre)
    radius = search.by.radius_km
    if search.by.centre and radius and (km is None or km > radius):
        return None
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


def _key(hit: Hit, order: Order) -> tuple[object, ...]:
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


def question_of(search: Search, more: Sequence[Question] = ()) -> Question:
    """The whole question with all that narrows it."""
    by = search.by
    # The rarest first: the others are only asked for what that has.
    strong = [one for one in search.asked if not one.is_weak] or search.asked
    asked = sorted(strong, key=lambda one: bool(one.topics))
    parts: list[Question] = [one.question for one in asked]
    if search.is_loose:
        parts = [any_of([one.loosely for one in asked])]
    if by.district:
        parts.append(Word(MARK_OF_DISTRICT + by.district))
    cells = [any_word(marks)] if (marks := _cells(search)) else []
    return all_of([*parts, *cells, *map(any_word, chosen_marks(search)), *more])


def shown(search: Search) -> Question:
    """The whole question, asked of what everybody may see."""
    is_told = search.asked or search.by.district or chosen_marks(search)
    if not (is_told or _cells(search)):
        return any_word([CONFIRMED, HINT])
    return AllBut(question_of(search), HIDDEN)


def _cells(search: Search) -> list[str]:
    """The marks of the squares around a place, unless those are too many."""
    centre, radius = search.by.centre, search.by.radius_km
    cells = cells_around(*centre, radius) if centre and radius else []
    return [MARK_OF_CELL + cell for cell in cells] if len(cells) <= MOST_CELLS else []


def chosen_marks(search: Search) -> list[frozenset[str]]:
    """The marks of what is chosen in the filters; one of each must be there."""
    by = search.by
    kinds = {MARK_OF_KIND + search.kind} if search.kind else ()
    states = {MARK_OF_STATE + by.state.lower()} if by.state else ()
    topics = (MARK_OF_TOPIC + topic for topic in by.topics)
    return [marks for some in (kinds, states, topics) if (marks := frozenset(some))]


def topics_among(hits: Sequence[Hit]) -> list[Topic]:
    """The topics that most of what was found has, in the order of the catalogue."""
    shares = {t: sum(MARK_OF_TOPIC + t in h.tokens for h in hits) for t in Topic}
    most = sorted(Topic, key=lambda topic: -shares[topic])[:TOPICS_COUNTED]
    return [topic for topic in Topic if topic in most and shares[topic]]


def meant_instead(asked: Sequence[Asked], hits: Sequence[Hit]) -> list[str]:
    """The words somebody may have meant who mistyped some; empty where none is known.

    Mistyped is what nothing holds; while something fits the topic of a word, only
    what is no German word either.
    """
    words = [_meant(one.word) if _is_mistyped(one, hits) else one.word for one in asked]
    is_other = words != [one.word for one in asked]
    return words if is_other and all(words) else []


def _is_mistyped(one: Asked, hits: Sequence[Hit]) -> bool:
    if hits and is_known_word(one.word):
        return False
    plainly = replace(one, topics=frozenset()).question
    return counted([AllBut(plainly, HIDDEN)], 1) == [0]


def _meant(typed: str) -> str:
    """The likeliest word: that of the most things, else one that names a topic."""
    alike = [t for t in terms_like(typed) if is_likely_meant(typed, t.word)]
    likely = still_said(alike)
    best = min(likely, key=lambda term: (-term.entry_count, term.word), default=None)
    return best.shown if best else topic_word_like(typed)


def proposals_for(text: str, most: int) -> list[str]:
    """How a question may go on: its last word, ended, behind the others."""
    *before, last = text.split() or [""]
    topics = [str(t.label) for t in Topic if _has_word_beginning(t, last)]
    terms = terms_beginning(last, WEIGHED) if fold(last) else []
    words = dict.fromkeys([*topics[:3], *(term.shown for term in still_said(terms))])
    return [" ".join([*before, word]) for word in words][:most]


def _has_word_beginning(topic: Topic, beginning: str) -> bool:
    folded = fold(beginning)
    words = fold(str(topic.label)).split()
    return bool(folded) and any(word.startswith(folded) for word in words)
