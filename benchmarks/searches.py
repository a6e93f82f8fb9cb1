"""Search over everything: asked inside the process, against a plain computation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import select

from benchmarks.order import Line, Order, line
from benchmarks.rows import DOES, WHERE
from benchmarks.world import World, world_of
from marketplace import create_app
from marketplace.foundation.database import db
from marketplace.foundation.fulltext import AllOf, Question, Word
from marketplace.foundation.garbage import settle
from marketplace.foundation.text import fold
from marketplace.overview.finding.enums import Kind
from marketplace.overview.finding.enums import Order as Sorting
from marketplace.overview.finding.queries.asking import (
    CONFIRMED,
    HINT,
    Search,
    asked_of,
    question_of,
)
from marketplace.overview.finding.queries.counts import COUNTED, GRADES, counts_of
from marketplace.overview.finding.queries.hits import (
    OF_A_KIND,
    Hit,
    answered,
    entries_of,
    topics_among,
)
from marketplace.overview.finding.queries.meaning import proposals_for
from marketplace.overview.finding.queries.reading import RANKED
from marketplace.overview.finding.rules import Asked, in_title
from marketplace.overview.finding.tables import kinds_without
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.models import SearchEntry, SearchTerm
from marketplace.upkeep.search.rules import (
    FOR_ALL,
    MARK_OF_GRADE,
    MARK_OF_KIND,
    MARK_OF_TOPIC,
)

# So many questions are asked, each timed alone; so many of them are checked.
ASKED, CHECKED = 300, 6
FEWER = 10
# So many entries are read at once, and of each that answers these marks are kept.
PIECE = 10_000
MARKS = frozenset(
    [
        *(CONFIRMED, HINT),
        *(f"k_{kind}" for kind in Kind),
        *(f"l_{state.lower()}" for state in FederalState),
        *(MARK_OF_TOPIC + topic for topic in Topic),
        *(f"{MARK_OF_GRADE}{grade}" for grade in (FOR_ALL, *GRADES)),
    ]
)
# Words as people mistype them: with an error each, and what was meant.
MISTYPED = {
    "Mikrsokopieren": "Mikroskopieren",
    "Programieren": "Programmieren",
    "Schleiffen": "Schleifen",
    "Leipzg": "Leipzig",
}
TOWNS = ("Leipzig", "Jena", "Halle", "Chemnitz", "Görlitz", "Stendal", "Gera", "Suhl")
PROPOSED, ON_PAGE = 8, 5


def search(order: Order) -> Iterator[Line]:
    """The best of what answers a question, in a process that has shown such pages."""
    with inside(world_of(order.size, order.database)):
        _show_pages()
        times = times_of([*_texts(), *MISTYPED], _looked_up)
        is_right = _are_found([*_texts()[:CHECKED], *MISTYPED])
    yield from lines_of("search", order.size, times, is_right=is_right)


def facets(order: Order) -> Iterator[Line]:
    """The counts of every choice of the filters kind, state, topic and class."""
    with inside(world_of(order.size, order.database)):
        asked = [_counted_on_page(text) for text in (*_texts(), *MISTYPED)]
        times = times_of(asked, lambda one: counts_of(*one))
        is_right = _are_counted(asked[:CHECKED])
    yield from lines_of("facets", order.size, times, is_right=is_right)


def suggest(order: Order) -> Iterator[Line]:
    """The proposals for the beginning of a word."""
    words = [word for text in (*DOES, *WHERE, *TOWNS) for word in text.split()]
    beginnings = [word[:k] for word in words for k in (2, 3, 4)]
    with inside(world_of(order.size, order.database)):
        times = times_of(beginnings, lambda one: proposals_for(one, PROPOSED))
        is_right = all(_is_proposed(one) for one in beginnings)
    yield from lines_of("suggest", order.size, times, is_right=is_right)


def search_10k_to_1k(order: Order) -> Iterator[Line]:
    """How fast questions are answered at this size, over the speed at a tenth of it."""
    many, few = order.size, order.size // FEWER
    spent, is_right = {many: 0.0, few: 0.0}, True
    for size in (many, few, few, many):  # in turn, so that load hits both alike
        with inside(world_of(size, order.database)):
            texts = [*_texts(), *MISTYPED]
            _show_pages()
            spent[size] += sum(times_of(texts, _looked_up, asked=len(texts)))
            is_right = _are_found([*_texts()[:CHECKED], *MISTYPED]) and is_right
    ratio = spent[few] / spent[many]
    yield line("search_10k_to_1k", order.size, "ratio", ratio, is_right=is_right)


def _texts() -> list[str]:
    """Questions of one and of two words, common and rare, mixed."""
    texts = (
        *(f"{do} {where}" for do in DOES for where in ("Labor", "Werkstatt")),
        *DOES,
        *(f"{do} {town}" for do in DOES for town in TOWNS),
        *TOWNS,
        *map(str, range(1, 9)),
    )
    # The checked ones are of every sort.
    return [text for k in range(7) for text in texts[k::7]]


def _search(text: str) -> Search:
    return Search(asked_of(text), Narrowing(words=text))


def _looked_up(text: str) -> Mapping[int, SearchEntry]:
    """From the words to what the page shows: the best of each kind."""
    _found, hits, _instead = answered(_search(text), Sorting.FIT)
    return _shown(hits)


def _shown(hits: Sequence[Hit]) -> Mapping[int, SearchEntry]:
    best = [[hit for hit in hits if hit.kind is kind][:ON_PAGE] for kind in Kind]
    return entries_of([hit for some in best for hit in some])


def _answered(text: str) -> None:
    """The whole answer of a page: what is shown, and what each filter would find."""
    found, hits, _instead = answered(_search(text), Sorting.FIT)
    _shown(hits)
    counts_of(found, topics_among(hits))


def _show_pages() -> None:
    """Each question once as the page asks it."""
    for text in (*_texts(), *MISTYPED):
        _answered(text)


def _counted_on_page(text: str) -> tuple[Search, list[Topic]]:
    """The search that answers, and the topics whose hits the page counts."""
    search, hits, _instead = answered(_search(text), Sorting.FIT)
    return search, topics_among(hits)


def times_of(
    things: Sequence[Any], work: Callable[[Any], object], asked: int = ASKED
) -> list[float]:
    """Milliseconds of each in a transaction of its own, after a round that warms up."""
    times = []
    for thing in things:
        work(thing)
    for thing in islice(cycle(things), asked):
        db.session.rollback()
        begin = perf_counter()
        work(thing)
        times.append(1000 * (perf_counter() - begin))
    return times


def lines_of(
    name: str, size: int, times: Sequence[float], *, is_right: bool
) -> Iterator[Line]:
    """The middle and the slowest of a hundred."""
    high = quantiles(times, n=100)[98]
    yield line(name, size, "ms_p50", median(times), is_right=is_right)
    yield line(name, size, "ms_p99", high, is_right=is_right)


@contextmanager
def inside(world: World) -> Iterator[None]:
    """Works as a process of the server does in that world."""
    app = create_app(
        INSTANCE=world.instance,
        SQLALCHEMY_DATABASE_URI=world.url.render_as_string(hide_password=False),
    )
    settle()
    with app.app_context(), app.test_request_context():
        yield
        db.session.remove()
        db.engine.dispose()


@dataclass(frozen=True)
class Answer:
    """An entry that answers, as its words tell: its marks and how well it fits."""

    entry_id: int
    marks: frozenset[str]
    is_titled: bool
    points: int

    @property
    def place(self) -> tuple[bool, int, int]:
        """Where it stands among others: smaller comes first."""
        return HINT in self.marks, -self.points, -self.entry_id


def _answers_to(searches: Sequence[Search]) -> list[list[Answer]]:
    """What answers each of some questions, the newest first, from the words of all.

    Read once, a piece at a time: a million entries in words do not fit beside it.
    """
    wholes = [(one, question_of(one), in_title(question_of(one))) for one in searches]
    answers: list[list[Answer]] = [[] for _one in searches]
    query = select(SearchEntry.id, SearchEntry.tokens).order_by(SearchEntry.id.desc())
    rows = db.session.execute(query.execution_options(yield_per=PIECE))
    for number, text in rows:
        words = frozenset(text.split(" "))
        for (one, whole, title), so_far in zip(wholes, answers, strict=True):
            if _holds(words, whole):
                is_titled = _holds(words, title)
                points = _points(words, one.asked)
                so_far.append(Answer(number, words & MARKS, is_titled, points))
    return answers


def _points(tokens: frozenset[str], asked: Sequence[Asked]) -> int:
    """How well a thing with these words fits, word by word."""
    title = {word.removeprefix("t_") for word in tokens if word.startswith("t_")}
    worths = [_worth(title, tokens, one) for one in asked]
    said = worths.count(60)
    return sum(worths) + 30 * min(said, len(title)) // max(1, len(title))


def _worth(title: AbstractSet[str], tokens: AbstractSet[str], one: Asked) -> int:
    """By the table: said in the title, meant there, said in the rest, meant there."""
    for words, exact, loose in ((title, 60, 36), (tokens, 24, 14)):
        if one.exact & words:
            return exact
        has_parts = bool(one.parts) and all(part & words for part in one.parts)
        if one.beginnings & words or has_parts:
            return loose
    return 7 if {f"h_{topic}" for topic in one.topics} & tokens else 0


def _holds(tokens: frozenset[str], question: Question) -> bool:
    """The same as the database answers, word by word."""
    if isinstance(question, Word):
        return question.text in tokens or (
            question.begins and any(token.startswith(question.text) for token in tokens)
        )
    parts = (_holds(tokens, part) for part in question.parts)
    return all(parts) if isinstance(question, AllOf) else any(parts)


def _are_found(texts: Sequence[str]) -> bool:
    """Compares with what all entries hold, and the words taken with those meant."""
    pages = [answered(_search(text), Sorting.FIT) for text in texts]
    answers = _answers_to([search for search, _hits, _instead in pages])
    return all(
        _is_found([hit.entry_id for hit in hits], plain)
        and fold(instead) == fold(MISTYPED.get(text, ""))
        for text, (_search, hits, instead), plain in zip(
            texts, pages, answers, strict=True
        )
    )


def _is_found(hits: Sequence[int], answers: Sequence[Answer]) -> bool:
    """Says whether the ranked are those that should be, and the best come first.

    Among the ranked are the newest, of each kind too, and the newest with the words
    in their title; hints of the kinds that have little that is confirmed.
    """
    confirmed, hints = (
        [one for one in answers if mark in one.marks] for mark in (CONFIRMED, HINT)
    )
    titled = [one for one in confirmed if one.is_titled]
    wanted = {one.entry_id for one in (*confirmed[:RANKED], *titled[:RANKED])}
    for kind in Kind:
        sure, unsure = (
            [one.entry_id for one in some if f"k_{kind}" in one.marks]
            for some in (confirmed, hints)
        )
        is_rare = len(sure) < OF_A_KIND
        wanted.update(sure[:OF_A_KIND], unsure[:OF_A_KIND] if is_rare else ())
    plain = {one.entry_id: one.place for one in (*confirmed, *hints)}
    best = sorted(plain[n] for n in set(hits) & set(plain))[:ON_PAGE]
    are_first = best == [plain.get(n) for n in hits[:ON_PAGE]]
    return wanted <= set(hits) <= set(plain) and are_first


def _are_counted(asked: Sequence[tuple[Search, Sequence[Topic]]]) -> bool:
    """Compares the counts of each choice with all entries, capped as on the page."""
    answers = _answers_to([search for search, _topics in asked])
    return all(
        _is_counted(search, topics, plain)
        for (search, topics), plain in zip(asked, answers, strict=True)
    )


def _is_counted(
    search: Search, topics: Sequence[Topic], answers: Sequence[Answer]
) -> bool:
    counts = counts_of(search, topics)
    shown = [one.marks for one in answers if one.marks & {CONFIRMED, HINT}]

    def plain(*some: str) -> int:
        return min(COUNTED + 1, sum(not marks.isdisjoint(some) for marks in shown))

    return (
        counts.kinds == {kind: plain(f"k_{kind}") for kind in Kind}
        and counts.states == {s: plain(f"l_{s.lower()}") for s in FederalState}
        and counts.topics == {topic: plain(MARK_OF_TOPIC + topic) for topic in topics}
        and counts.grades == {g: plain(*_of_grade(g)) for g in counts.grades}
    )


def _of_grade(grade: int) -> list[str]:
    """The marks of what is for a class, for all, or of a kind that knows none."""
    others = (MARK_OF_KIND + kind for kind in kinds_without("klasse"))
    return [*(f"{MARK_OF_GRADE}{one}" for one in (grade, FOR_ALL)), *others]


def _is_proposed(beginning: str) -> bool:
    rows = db.session.scalars(select(SearchTerm)).all()
    terms = [term for term in rows if term.word.startswith(fold(beginning))]
    best = sorted(terms, key=lambda term: (-term.entry_count, term.word))
    wanted = [term.shown for term in best[:PROPOSED]]
    own = [word for word in proposals_for(beginning, PROPOSED) if word in wanted]
    return own == wanted[: len(own)] and len(own) >= min(len(wanted), PROPOSED - 3)
