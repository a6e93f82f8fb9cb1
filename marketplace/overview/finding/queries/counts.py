"""How much there is of what answers, by kind, state, topic and class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select, true

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import Question
from marketplace.overview.finding.enums import Kind
from marketplace.overview.finding.queries.asking import (
    CONFIRMED,
    HINT,
    Search,
    chosen_marks,
    parts_of_search,
    question_of,
    shown,
)
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import within
from marketplace.region.topics.enums import LAST_GRADE, Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bitmaps import bitmaps, numbers_of
from marketplace.upkeep.search.queries.bounded import among, counted, newest_of
from marketplace.upkeep.search.queries.matching import holds

# Up to here is counted; the pages say "über 1.000" beyond.
COUNTED = 1000
# Of so much the words are read to be looked through; of so much the numbers alone, on
# SQLite, to be counted in bitmaps. Of more, each choice is counted by the index.
MOST_READ, MOST_NUMBERED = 2500, 300_000
# The classes that can be chosen.
GRADES = range(5, LAST_GRADE + 1)
SHOWN_MARKS = frozenset({CONFIRMED, HINT})
Choice = Kind | FederalState | Topic | int
Answering = list[str] | NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """How much there is in each choice of each filter, whatever else is chosen there.

    One above the most that are counted means more.
    """

    kinds: Mapping[Kind, int]
    states: Mapping[FederalState, int]
    topics: Mapping[Topic, int]
    # Of those kinds alone that know a class; none where they were not counted.
    grades: Mapping[int, int]

    @property
    def total(self) -> int:
        """All of every kind."""
        return sum(self.kinds.values())


NO_COUNTS = Counts({}, {}, {}, {})


def counts_of(search: Search, topics: Sequence[Topic] = ()) -> Counts:
    """Counts what each choice would find.

    What little answers is read and looked through; of much each choice is counted,
    those of classes only where a kind or a class is chosen.
    """
    chosen, answering = parts_of_search(search)[0], _answering(search)
    by = chosen.by
    is_narrow = answering is not None or search.kind or by.grade
    grades = GRADES if is_narrow else range(0)
    narrowed: dict[Choice, Search] = {
        **{one: replace(chosen, by=replace(by, state=one)) for one in FederalState},
        **{t: replace(chosen, by=replace(by, topics=frozenset({t}))) for t in topics},
        **{grade: _of_grade(chosen, grade) for grade in grades},
    }
    apart: dict[Choice, Search] = {
        one.kind: one
        for one in (*parts_of_search(replace(search, kind=None))[1:], chosen)
        if one.kind and one.by is not search.by
    }
    kinds = {kind: replace(search, kind=kind) for kind in Kind if kind not in apart}
    # What is asked of another place than the rest is counted by itself.
    here, there = (
        (kinds, apart | narrowed) if chosen.kind in apart else (kinds | narrowed, apart)
    )
    own = _counts(search, answering, list(here.values()))
    values = dict(zip(here, own, strict=True))
    others = counted([shown(one) for one in there.values()], COUNTED + 1)
    values |= dict(zip(there, others, strict=True))
    return Counts(
        {kind: values[kind] for kind in Kind},
        {state: values[state] for state in FederalState},
        {topic: values[topic] for topic in topics},
        {grade: values[grade] for grade in grades},
    )


def _of_grade(search: Search, grade: int) -> Search:
    """The same for a class, without what knows none."""
    return replace(search, by=replace(search.by, grade=grade), is_for_some=True)


def _counts(
    search: Search, answering: Answering | None, narrower: Sequence[Search]
) -> list[int]:
    """How much answers each of some searches that narrow one, at most one too many."""
    if isinstance(answering, list):
        return _counted_among(answering, search, narrower)
    if answering is not None:
        choices = ([SHOWN_MARKS, *chosen_marks(one)] for one in narrower)
        counts = bitmaps().counts(answering, choices)
        return [min(count, COUNTED + 1) for count in counts]
    if not (search.by.centre and search.by.radius_km):
        return counted([shown(one) for one in narrower], COUNTED + 1)
    columns = [_counted_near(one).scalar_subquery() for one in narrower]
    return list(db.session.execute(select(*columns)).one())


def _answering(search: Search) -> Answering | None:
    """What answers whatever is chosen: its words between blanks, of more its numbers.

    None if it is too much even for those. What lies outside the circle is left out.
    """
    by = search.by
    free = replace(by, state=None, topics=frozenset(), grade=None, age=None)
    whole = replace(search, kind=None, by=free)
    ids = newest_of(shown(whole), MOST_READ + 1)
    if len(ids) > MOST_READ:
        return None if by.centre and by.radius_km else _numbers(question_of(whole))
    query = select(SearchEntry.tokens).where(among(ids))
    if by.centre and by.radius_km:
        query = query.where(within(SearchEntry, *by.centre, by.radius_km))
    return [f" {tokens} " for tokens in db.session.scalars(query)]


def _numbers(question: Question) -> NDArray[np.int64] | None:
    """The numbers of what answers, hidden things too; None if too much does."""
    if db.engine.dialect.name != "sqlite":
        return None
    numbers = numbers_of(question, MOST_NUMBERED + 1)
    return numbers if len(numbers) <= MOST_NUMBERED else None


def _counted_among(
    said: Sequence[str], search: Search, narrower: Sequence[Search]
) -> list[int]:
    """The same counts from what the things say.

    Most narrow by what is chosen and by one mark more: what has the chosen is looked
    for once and joined, and each mark is counted by one look at that.
    """
    chosen = chosen_marks(search)
    kept: dict[frozenset[frozenset[str]], tuple[list[str], str]] = {}
    counts = []
    for one in narrower:
        marks = chosen_marks(one)
        same = frozenset(some for some in marks if some in chosen)
        if same not in kept:
            having = [words for words in said if _has_each(words, same)]
            kept[same] = having, "".join(having)
        own = [some for some in marks if some not in same]
        counts.append(min(_count_of(own, *kept[same]), COUNTED + 1))
    return counts


def _count_of(own: Sequence[frozenset[str]], said: Sequence[str], whole: str) -> int:
    """How many have one mark of each; no thing has two that are alternatives."""
    if len(own) == 1:
        return sum(whole.count(f" {mark} ") for mark in own[0])
    return sum(_has_each(words, own) for words in said)


def _has_each(words: str, marks: Iterable[frozenset[str]]) -> bool:
    return all(any(f" {mark} " in words for mark in some) for some in marks)


def _counted_near(search: Search) -> Select[int]:
    """How many answer inside the circle."""
    centre, radius = search.by.centre, search.by.radius_km
    near = within(SearchEntry, *centre, radius) if centre and radius else true()
    some = select(SearchEntry.id).where(holds(shown(search)), near).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())
