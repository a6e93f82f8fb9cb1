"""How much there is of what answers, by kind, state and topic."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select, true

from marketplace.foundation.database import db
from marketplace.overview.finding.enums import Kind
from marketplace.overview.finding.queries.asking import (
    Search,
    chosen_marks,
    parts_of_search,
    shown,
)
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import within
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bounded import among, counted, newest_of
from marketplace.upkeep.search.queries.matching import holds

# Up to here is counted; the pages say "über 1.000" beyond.
COUNTED = 1000
# So much is read to be looked through; of more, each choice is counted by the index.
MOST_READ = 2500
Choice = Kind | FederalState | Topic


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
    """Counts what each choice would find.

    What little answers is read and looked through; of much each choice is counted.
    """
    chosen = parts_of_search(search)[0]
    by = chosen.by
    narrowed: dict[Choice, Search] = {
        **{one: replace(chosen, by=replace(by, state=one)) for one in FederalState},
        **{t: replace(chosen, by=replace(by, topics=frozenset({t}))) for t in topics},
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
    values = dict(zip(here, _counts(search, list(here.values())), strict=True))
    others = counted([shown(one) for one in there.values()], COUNTED + 1)
    values |= dict(zip(there, others, strict=True))
    return Counts(
        {kind: values[kind] for kind in Kind},
        {state: values[state] for state in FederalState},
        {topic: values[topic] for topic in topics},
    )


def _counts(search: Search, narrower: Sequence[Search]) -> list[int]:
    """How much answers each of some searches that narrow one, at most one too many."""
    by = search.by
    wide = replace(search, kind=None, by=replace(by, state=None, topics=frozenset()))
    ids = newest_of(shown(wide), MOST_READ + 1)
    if len(ids) <= MOST_READ:
        return _counted_among(_said_by(ids, by), narrower)
    if not (by.centre and by.radius_km):
        return counted([shown(one) for one in narrower], COUNTED + 1)
    columns = [_counted_near(one).scalar_subquery() for one in narrower]
    return list(db.session.execute(select(*columns)).one())


def _said_by(ids: Iterable[int], by: Narrowing) -> list[str]:
    """The words of some entries between blanks, those outside the circle left out."""
    query = select(SearchEntry.tokens).where(among(ids))
    if by.centre and by.radius_km:
        query = query.where(within(SearchEntry, *by.centre, by.radius_km))
    return [f" {tokens} " for tokens in db.session.scalars(query)]


def _counted_among(said: Sequence[str], narrower: Sequence[Search]) -> list[int]:
    """The same counts from what the things say."""
    chosen = [chosen_marks(one) for one in narrower]
    whole = "".join(said)
    return [min(_count_in(said, whole, marks), COUNTED + 1) for marks in chosen]


def _count_in(
    said: Sequence[str], whole: str, chosen: Sequence[AbstractSet[str]]
) -> int:
    """How many have one mark of each; by one look at all where there is but one."""
    if len(chosen) == 1 and len(chosen[0]) == 1:
        return whole.count(f" {next(iter(chosen[0]))} ")
    return sum(
        all(any(f" {mark} " in one for mark in marks) for marks in chosen)
        for one in said
    )


def _counted_near(search: Search) -> Select[int]:
    """How many answer inside the circle."""
    centre, radius = search.by.centre, search.by.radius_km
    near = within(SearchEntry, *centre, radius) if centre and radius else true()
    some = select(SearchEntry.id).where(holds(shown(search)), near).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())
