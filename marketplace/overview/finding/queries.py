"""What answers a question to search: found, ranked, counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import (
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
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import within
from marketplace.region.topics.enums import Topic
from marketplace.region.topics.rules import topics_from_text
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries import (
    holds,
    newest_ids,
    some_ids,
    terms_beginning,
    terms_like,
    words_asked,
)
from marketplace.upkeep.search.rules import (
    MARK_OF_CELL,
    MARK_OF_DISTRICT,
    MARK_OF_KIND,
    MARK_OF_STANDING,
    MARK_OF_STATE,
    MARK_OF_TOPIC,
    forms_asked,
    is_known_word,
    parts_of,
)
from marketplace.upkeep.search.tables import LOOSE_HEADS

# So many of the newest are ranked, of those with the words in their title as many.
RANKED = 200
# So many of a kind that the ranked ones lack.
OF_A_KIND = 20
# A beginning stands for at most so many words.
MOST_BEGINNINGS = 20
SHORTEST_BEGINNING = 4
# So many topics are counted.
TOPICS_COUNTED = 8
# Up to here is counted; the pages say "über 1.000" beyond.
COUNTED = 1000
# A circle of more squares is asked of everything.
MOST_CELLS = 60
CONFIRMED = MARK_OF_STANDING + Standing.CONFIRMED
HINT = MARK_OF_STANDING + Standing.HINT


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
    """A thing that was found, how well it fits, how far away it is.

    `is_hint`: nobody has confirmed it.
    """

    entry: SearchEntry
    score: int
    km: int | None
    is_hint: bool


def asked_of(text: str) -> list[Asked]:
    """The words of a question, each with every way in which things hold it."""
    return [_asked(word) for word in words_asked(text)]


def _asked(word: str) -> Asked:
    begins = fold(word)
    terms = (
        terms_beginning(begins, MOST_BEGINNINGS)
        if len(begins) >= SHORTEST_BEGINNING
        else []
    )
    parts = parts_of(word)
    if parts and parts[0].lower() in LOOSE_HEADS:
        parts = parts[1:]
    return Asked(
        word,
        exact=frozenset(forms_asked(word)),
        beginnings=frozenset(term.word for term in terms),
        parts=[frozenset(forms_asked(part)) for part in parts],
        topics=topics_from_text(word) - BROAD,
    )


def found(search: Search, order: Order) -> list[Hit]:
    """The best of what answers, confirmed before hints; at most some hundred."""
    ids: set[int] = set()
    for standing in (CONFIRMED, HINT):
        question = question_of(search, [Word(standing)])
        newest = _ids(newest_ids(question, RANKED))
        ids.update(newest)
        if len(newest) == RANKED:
            ids.update(_ids(newest_ids(in_title(question), RANKED)))
            if search.kind is None:
                ids.update(_of_each_kind(search, standing))
    rows = db.session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)))
    return ranked(rows, search, order)


def _ids(query: Select[int]) -> Sequence[int]:
    return db.session.scalars(query).all()


def _of_each_kind(search: Search, standing: str) -> list[int]:
    """The newest of each kind, so that many of one do not hide the others."""
    return [
        number
        for kind in Kind
        for number in _ids(
            newest_ids(
                question_of(replace(search, kind=kind), [Word(standing)]), OF_A_KIND
            )
        )
    ]


def ranked(entries: Iterable[SearchEntry], search: Search, order: Order) -> list[Hit]:
    """Puts things in order; what lies outside the circle is left out."""
    hits = [hit for entry in entries if (hit := _hit(entry, search))]
    return sorted(hits, key=lambda hit: _key(hit, order))


def _hit(entry: SearchEntry, search: Search) -> Hit | None:
    km = _km(entry, search.by.centre)
    radius = search.by.radius_km
    if search.by.centre and radius and (km is None or km > radius):
        return None
    tokens = set(entry.tokens.split(" "))
    points = score(tokens, search.asked)
    return Hit(entry, points, None if km is None else round(km), HINT in tokens)


def _km(entry: SearchEntry, centre: tuple[float, float] | None) -> float | None:
    if centre is None or entry.lat is None or entry.lon is None:
        return None
    return distance_km(Point(*centre), Point(entry.lat, entry.lon))


def _key(hit: Hit, order: Order) -> tuple[object, ...]:
    """Smaller comes first; the id decides between equals, so that no two are."""
    entry = hit.entry
    begins = entry.begins_on.isoformat() if entry.begins_on else "z"
    own: Mapping[Order, tuple[object, ...]] = {
        Order.FIT: (-hit.score,),
        Order.NEAR: (99_999 if hit.km is None else hit.km, -hit.score),
        Order.DATE: (begins, -hit.score),
        Order.NEW: (),
    }
    return (hit.is_hint, *own[order], -entry.id)


def question_of(search: Search, more: Sequence[Question] = ()) -> Question:
    """The whole question with all that narrows it."""
    by = search.by
    words = [one.question for one in search.asked]
    parts: list[Question] = [*more, *([any_of(words)] if search.is_loose else words)]
    if search.kind:
        parts.append(Word(MARK_OF_KIND + search.kind))
    if by.state:
        parts.append(Word(MARK_OF_STATE + by.state.lower()))
    if by.district:
        parts.append(Word(MARK_OF_DISTRICT + by.district))
    if by.topics:
        parts.append(any_word(MARK_OF_TOPIC + topic for topic in by.topics))
    if by.centre and by.radius_km:
        cells = cells_around(*by.centre, by.radius_km)
        marks = [MARK_OF_CELL + cell for cell in cells]
        parts += [any_word(marks)] if len(marks) <= MOST_CELLS else []
    return all_of(parts)


def _counted(search: Search) -> Select[int]:
    """How many answer, at most one more than are counted."""
    shown = any_word([CONFIRMED, HINT])
    question = question_of(search, [shown])
    by = search.by
    if by.centre and by.radius_km:
        near = within(SearchEntry, *by.centre, by.radius_km)
        some = select(SearchEntry.id).where(holds(question), near).limit(COUNTED + 1)
    else:
        some = some_ids(question, COUNTED + 1)
    return select(func.count()).select_from(some.subquery())


@dataclass(frozen=True)
class Counts:
    """How much there is in each choice of each filter, whatever else is chosen there.

    One above the most that are counted means more.
    """

    kinds: Mapping[Kind, int]
    states: Mapping[FederalState, int]
    topics: Mapping[Topic, int]

    @property
    def total(self) -> int:
        """All of every kind."""
        return sum(self.kinds.values())


def counts_of(search: Search, topics: Sequence[Topic] = ()) -> Counts:
    """Counts what each choice would find, in one statement."""
    by = search.by
    searches: dict[Kind | FederalState | Topic, Search] = {
        **{kind: replace(search, kind=kind) for kind in Kind},
        **{
            state: replace(search, by=replace(by, state=state))
            for state in FederalState
        },
        **{
            topic: replace(search, by=replace(by, topics=frozenset({topic})))
            for topic in topics
        },
    }
    columns = [_counted(one).scalar_subquery() for one in searches.values()]
    values = dict(
        zip(searches, db.session.execute(select(*columns)).one(), strict=True)
    )
    return Counts(
        {kind: values[kind] for kind in Kind},
        {state: values[state] for state in FederalState},
        {topic: values[topic] for topic in topics},
    )


def topics_among(hits: Sequence[Hit]) -> list[Topic]:
    """The topics that most of what was found has, in the order of the catalogue."""
    tokens = [set(hit.entry.tokens.split(" ")) for hit in hits]
    shares = {t: sum(MARK_OF_TOPIC + t in some for some in tokens) for t in Topic}
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
    shown = any_word([CONFIRMED, HINT])
    query = some_ids(all_of([shown, replace(one, topics=frozenset()).question]), 1)
    return db.session.scalar(query) is None


def _meant(typed: str) -> str:
    """The likeliest word: that of the most things, else one that names a topic."""
    likely = [t for t in terms_like(typed) if is_likely_meant(typed, t.word)]
    best = min(likely, key=lambda term: (-term.entry_count, term.word), default=None)
    return best.shown if best else topic_word_like(typed)


def proposals_for(text: str, most: int) -> list[str]:
    """How a question may go on: its last word, ended, behind the others."""
    *before, last = text.split() or [""]
    topics = [str(t.label) for t in Topic if _has_word_beginning(t, last)]
    terms = [term.shown for term in terms_beginning(last, most)] if fold(last) else []
    words = dict.fromkeys([*topics[:3], *terms])
    return [" ".join([*before, word]) for word in words][:most]


def _has_word_beginning(topic: Topic, beginning: str) -> bool:
    folded = fold(beginning)
    words = fold(str(topic.label)).split()
    return bool(folded) and any(word.startswith(folded) for word in words)
