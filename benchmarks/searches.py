"""Search over everything: asked inside the process, against a plain computation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from marketplace.overview.finding.queries.counts import COUNTED, counts_of
from marketplace.overview.finding.queries.hits import OF_A_KIND, entries_of, found
from marketplace.overview.finding.queries.meaning import proposals_for
from marketplace.overview.finding.queries.reading import RANKED
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.search.models import SearchEntry, SearchTerm

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
    ]
)
Answer = tuple[int, frozenset[str]]
TOWNS = ("Leipzig", "Jena", "Halle", "Chemnitz", "Görlitz", "Stendal", "Gera", "Suhl")
PROPOSED, ON_PAGE = 8, 5


def search(order: Order) -> Iterator[Line]:
    """The best of what answers a question."""
    with inside(world_of(order.size, order.database)):
        texts = _texts()
        times = times_of(texts, _looked_up)
        is_right = _are_found([_search(text) for text in texts[:CHECKED]])
    yield from lines_of("search", order.size, times, is_right=is_right)


def facets(order: Order) -> Iterator[Line]:
    """The counts of every choice of the filters kind and state."""
    with inside(world_of(order.size, order.database)):
        searches = [_search(text) for text in _texts()]
        times = times_of(searches, counts_of)
        is_right = _are_counted(searches[:CHECKED])
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
    """How fast search is at this size, over its speed at a tenth of it."""
    speeds = []
    is_right = True
    for size in (order.size, order.size // FEWER):
        with inside(world_of(size, order.database)):
            texts = _texts()
            times = times_of(texts, _looked_up)
            speeds.append(len(times) / sum(times))
            searches = [_search(text) for text in texts[:CHECKED]]
            is_right = _are_found(searches) and is_right
    ratio = speeds[0] / speeds[1]
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
    hits = found(_search(text), Sorting.FIT)
    best = [[hit for hit in hits if hit.kind is kind][:ON_PAGE] for kind in Kind]
    return entries_of([hit for some in best for hit in some])


def times_of(things: Sequence[Any], work: Callable[[Any], object]) -> list[float]:
    """Milliseconds of each, after one round that warms up."""
    times = []
    for thing in things:
        work(thing)
    for thing in islice(cycle(things), ASKED):
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
    """Works as the application does in that world."""
    app = create_app(
        INSTANCE=world.instance,
        SQLALCHEMY_DATABASE_URI=world.url.render_as_string(hide_password=False),
    )
    with app.app_context(), app.test_request_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _answers_to(searches: Sequence[Search]) -> list[list[Answer]]:
    """What answers each of some questions, the newest first, from the words of all.

    Read once, a piece at a time: a million entries in words do not fit beside it.
    """
    wholes = [question_of(one) for one in searches]
    answers: list[list[Answer]] = [[] for _one in searches]
    query = select(SearchEntry.id, SearchEntry.tokens).order_by(SearchEntry.id.desc())
    rows = db.session.execute(query.execution_options(yield_per=PIECE))
    for number, text in rows:
        tokens = frozenset(text.split(" "))
        for whole, found_so_far in zip(wholes, answers, strict=True):
            if _holds(tokens, whole):
                found_so_far.append((number, tokens & MARKS))
    return answers


def _holds(tokens: frozenset[str], question: Question) -> bool:
    """The same as the database answers, word by word."""
    if isinstance(question, Word):
        return question.text in tokens or (
            question.begins and any(token.startswith(question.text) for token in tokens)
        )
    parts = (_holds(tokens, part) for part in question.parts)
    return all(parts) if isinstance(question, AllOf) else any(parts)


def _are_found(searches: Sequence[Search]) -> bool:
    """Compares with what all entries hold."""
    pairs = zip(searches, _answers_to(searches), strict=True)
    return all(_is_found(one, answers) for one, answers in pairs)


def _is_found(one: Search, answers: Sequence[Answer]) -> bool:
    """Says whether the newest are among the ranked, and nothing that is no answer.

    Of each kind too; hints of the kinds that have little that is confirmed.
    """
    hits = {hit.entry_id for hit in found(one, Sorting.FIT)}
    confirmed, hints = (
        [(n, marks) for n, marks in answers if mark in marks]
        for mark in (CONFIRMED, HINT)
    )
    wanted = {n for n, _marks in confirmed[:RANKED]}
    for kind in Kind:
        sure, unsure = (
            [n for n, marks in some if f"k_{kind}" in marks]
            for some in (confirmed, hints)
        )
        is_rare = len(sure) < OF_A_KIND
        wanted.update(sure[:OF_A_KIND], unsure[:OF_A_KIND] if is_rare else ())
    return wanted <= hits <= {n for n, _marks in (*confirmed, *hints)}


def _are_counted(searches: Sequence[Search]) -> bool:
    """Compares the counts of each choice with all entries, capped as on the page."""
    pairs = zip(searches, _answers_to(searches), strict=True)
    return all(_is_counted(one, answers) for one, answers in pairs)


def _is_counted(one: Search, answers: Sequence[Answer]) -> bool:
    counts = counts_of(one)
    shown = [marks for _n, marks in answers if not marks.isdisjoint((CONFIRMED, HINT))]
    plain_kinds = {k: sum(f"k_{k}" in marks for marks in shown) for k in Kind}
    plain_states = {
        s: sum(f"l_{s.lower()}" in marks for marks in shown) for s in FederalState
    }
    most = COUNTED + 1
    return counts.kinds == {k: min(n, most) for k, n in plain_kinds.items()} and (
        counts.states == {s: min(n, most) for s, n in plain_states.items()}
    )


def _is_proposed(beginning: str) -> bool:
    rows = db.session.scalars(select(SearchTerm)).all()
    terms = [term for term in rows if term.word.startswith(fold(beginning))]
    best = sorted(terms, key=lambda term: (-term.entry_count, term.word))
    wanted = [term.shown for term in best[:PROPOSED]]
    own = [word for word in proposals_for(beginning, PROPOSED) if word in wanted]
    return own == wanted[: len(own)] and len(own) >= min(len(wanted), PROPOSED - 3)
