"""How much there is of what answers, by kind, state, topic and class."""

from collections import Counter
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
from marketplace.upkeep.search.queries.bitmaps import bits_of
from marketplace.upkeep.search.queries.bits import (
    Bits,
    bits_at,
    both,
    numbers_in,
    size_of,
)
from marketplace.upkeep.search.queries.bounded import among
from marketplace.upkeep.search.queries.matching import holds
from marketplace.upkeep.search.rules import SHOWN

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
    # None where they were not counted.
    grades: Mapping[int, int]

    @property
    def total(self) -> int:
        """All of every kind."""
        return sum(self.kinds.values())


NO_COUNTS = Counts({}, {}, {}, {})


def counts_of(search: Search, topics: Sequence[Topic] = ()) -> Counts:
    """Counts what each choice would find, whatever kind it is of.

    In a circle with very much those of classes only where a kind or a class is chosen.
    """
    inside, by = _inside(search), search.by
    is_narrow = inside is not None or search.kind or by.grade
    choices: dict[Choice, Search] = {
        **{one: replace(search, by=replace(by, state=one)) for one in FederalState},
        **{topic: _of_topic(search, topic) for topic in topics},
        **{
            grade: replace(search, by=replace(by, grade=grade))
            for grade in (GRADES if is_narrow else ())
        },
    }
    parts: list[tuple[Choice, Search]] = [
        *_of_kinds(search),
        *((one, part) for one in choices for part in parts_of_search(choices[one])),
    ]
    counts = Counter[Choice]()
    sizes = _sizes([part for _one, part in parts], inside)
    for (one, _part), size in zip(parts, sizes, strict=True):
        counts[one] = min(counts[one] + size, COUNTED + 1)
    return Counts(
        {kind: counts[kind] for kind in Kind},
        {state: counts[state] for state in FederalState},
        {topic: counts[topic] for topic in topics},
        {grade: counts[grade] for grade in GRADES if grade in choices},
    )


def _of_kinds(search: Search) -> list[tuple[Kind, Search]]:
    """What is asked of each kind; of what is nowhere only as far as it answers."""
    parts = (*parts_of_search(replace(search, kind=None))[1:], *parts_of_search(search))
    apart = {part.kind: part for part in parts if part.kind}
    return [(kind, apart.get(kind, replace(search, kind=kind))) for kind in Kind]


def _of_topic(search: Search, topic: Topic) -> Search:
    """The same for a topic, which tells enough to let in what knows no class."""
    by = replace(search.by, topics=frozenset({topic}))
    return replace(search, by=by, is_for_some=False)


def _inside(search: Search) -> Bits | None:
    """What answers in a circle whatever is chosen; None where that is very much.

    Where no circle is asked for there is nothing to look up.
    """
    by = search.by
    if not _is_around(search):
        return bits_at(())
    free = replace(by, state=None, topics=frozenset(), grade=None, age=None)
    [whole] = bits_of([shown(replace(search, kind=None, by=free))])
    if size_of(whole) > MOST_READ or by.centre is None or by.radius_km is None:
        return None
    near = within(SearchEntry, *by.centre, by.radius_km)
    query = select(SearchEntry.id).where(among(numbers_in(whole)), near)
    return bits_at(db.session.scalars(query).all())


def _is_around(search: Search) -> bool:
    return bool(search.by.centre and search.by.radius_km)


def _sizes(searches: Sequence[Search], inside: Bits | None) -> list[int]:
    """How much answers each of some searches, those in a circle all in the same."""
    if inside is None:
        # What is nowhere is the same in whatever state.
        distinct = [one for k, one in enumerate(searches) if one not in searches[:k]]
        columns = [_counted_near(one).scalar_subquery() for one in distinct]
        counts = db.session.execute(select(*columns)).one()
        return [counts[distinct.index(one)] for one in searches]
    around = [_is_around(one) for one in searches]
    questions = [
        all_of([SHOWN, *map(any_word, chosen_marks(one))]) if is_around else shown(one)
        for one, is_around in zip(searches, around, strict=True)
    ]
    found = zip(bits_of(questions), around, strict=True)
    return [size_of(both(inside, bits) if near else bits) for bits, near in found]


def _counted_near(search: Search) -> Select[int]:
    """How many answer inside the circle."""
    centre, radius = search.by.centre, search.by.radius_km
    near = within(SearchEntry, *centre, radius) if centre and radius else true()
    some = select(SearchEntry.id).where(holds(shown(search)), near).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())
