"""How much there is of what answers, by kind, state, topic and class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select, true

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import all_of, any_word
from marketplace.overview.finding.enums import Kind
from marketplace.overview.finding.queries.asking import (
    Search,
    chosen_marks,
    parts_of_search,
    shown,
)
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import within
from marketplace.region.topics.enums import LAST_GRADE, Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bitmaps import (
    Bits,
    bits_at,
    bits_of,
    both,
    numbers_in,
    size_of,
)
from marketplace.upkeep.search.queries.bounded import among
from marketplace.upkeep.search.queries.matching import holds

# Up to here is counted; the pages say "über 1.000" beyond.
COUNTED = 1000
# Of so much it is looked up what lies in a circle; of more, each choice is counted by
# the database.
MOST_READ = 2_500
# The classes that can be chosen.
GRADES = range(5, LAST_GRADE + 1)
Choice = Kind | FederalState | Topic | int


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

    In a circle with very much those of classes only where a kind or a class is chosen.
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
    own = _counts(answering, list(here.values()))
    values = dict(zip(here, own, strict=True))
    others = map(size_of, bits_of([shown(one) for one in there.values()]))
    values |= dict(zip(there, others, strict=True))
    values = {one: min(value, COUNTED + 1) for one, value in values.items()}
    return Counts(
        {kind: values[kind] for kind in Kind},
        {state: values[state] for state in FederalState},
        {topic: values[topic] for topic in topics},
        {grade: values[grade] for grade in grades},
    )


def _of_grade(search: Search, grade: int) -> Search:
    """The same for a class, without what knows none."""
    return replace(search, by=replace(search.by, grade=grade), is_for_some=True)


def _counts(answering: Bits | None, narrower: Sequence[Search]) -> list[int]:
    """How much answers each of some searches that narrow one."""
    if answering is None:
        columns = [_counted_near(one).scalar_subquery() for one in narrower]
        return list(db.session.execute(select(*columns)).one())
    choices = [all_of([*map(any_word, chosen_marks(one))]) for one in narrower]
    return [size_of(both(answering, choice)) for choice in bits_of(choices)]


def _answering(search: Search) -> Bits | None:
    """What answers whatever is chosen; None where too much lies in a circle."""
    by = search.by
    free = replace(by, state=None, topics=frozenset(), grade=None, age=None)
    [whole] = bits_of([shown(replace(search, kind=None, by=free))])
    if not (by.centre and by.radius_km):
        return whole
    if size_of(whole) > MOST_READ:
        return None
    inside = within(SearchEntry, *by.centre, by.radius_km)
    query = select(SearchEntry.id).where(among(numbers_in(whole)), inside)
    return bits_at(db.session.scalars(query).all())


def _counted_near(search: Search) -> Select[int]:
    """How many answer inside the circle."""
    centre, radius = search.by.centre, search.by.radius_km
    near = within(SearchEntry, *centre, radius) if centre and radius else true()
    some = select(SearchEntry.id).where(holds(shown(search)), near).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())
