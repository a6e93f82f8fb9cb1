"""Which partners together cover most of a list of needs, by branch and bound.

Best is, in this order: the largest coverage, the fewest partners, the largest sum of
mutual fit, the shortest ways together, the smallest ids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marketplace.foundation.compiling import IS_COMPILED
from marketplace.matching.scores.coverage import WHOLE_PPM
from marketplace.matching.scores.lacking import lacking_rows

MOST_PARTNERS = 5
ROWS = 2  # dimensions of a table
Amounts = NDArray[np.int64]


@dataclass(frozen=True)
class Want:
    """A need line with a quantity, and the units it consists of."""

    line_no: int
    slots: tuple[int | None, ...]
    needed: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One who could join: what it alone gives to each unit, in the order of wants."""

    profile_id: int
    organisation_id: int
    takes: tuple[int, ...]
    reciprocal: int
    distance: int


class Worth(NamedTuple):
    """By what sets of partners are compared, the smallest being best."""

    lacking: int
    size: int
    unfit: int
    way: int
    ids: tuple[int, ...]

    def with_more(self, lacking: int, more: "Worth") -> "Worth":
        """What it is with others beside, when so much is lacking then."""
        return Worth(
            lacking,
            self.size + more.size,
            self.unfit + more.unfit,
            self.way + more.way,
            tuple(sorted(self.ids + more.ids)),
        )


@dataclass(frozen=True)
class Pool:
    """What is needed and who could join, in the order of the list."""

    wants: tuple[Want, ...]
    candidates: tuple[Candidate, ...]
    # Says how the sums are made, not what they are.
    is_compiled: bool = field(default=IS_COMPILED, compare=False)

    @property
    def whole(self) -> int:
        """The coverage at which nothing is missing, in millionths."""
        return WHOLE_PPM * len(self.wants)

    @cached_property
    def needed(self) -> Amounts:
        """How much each unit needs."""
        return np.array([w.needed for w in self.wants for _slot in w.slots], np.int64)

    @cached_property
    def units(self) -> tuple[Amounts, Amounts]:
        """Of how many units each line consists, and where they begin."""
        counts = np.array([len(want.slots) for want in self.wants], np.int64)
        return counts, np.cumsum(counts) - counts

    def lines_ppm(self, given: Amounts) -> Amounts:
        """How far each line is covered when its units are given so much, row by row."""
        counts, starts = self.units
        ppm = WHOLE_PPM * np.minimum(given, self.needed) // self.needed
        shares: Amounts = np.add.reduceat(ppm, starts, axis=-1) // counts
        return shares

    def lines_ppm_of(self, given: Sequence[int]) -> list[int]:
        """The same for one row of plain numbers."""
        shares: list[int] = self.lines_ppm(np.array(given, np.int64)).tolist()
        return shares

    def lacking(self, given: Amounts) -> Any:
        """What is missing of the whole when units are given so much, row by row."""
        if self.is_compiled and given.ndim == ROWS:
            return lacking_rows(given, self.needed, self.units[0], self.whole)
        return self.whole - self.lines_ppm(given).sum(axis=-1)

    def coverage(self, members: Sequence[Candidate]) -> int:
        """How much some partners cover, over all lines, in millionths."""
        return self.whole - int(self.lacking(self.given(members)))

    def given(self, members: Sequence[Candidate]) -> Amounts:
        """What some partners give to each unit, more than is needed too."""
        sums: Amounts = self.takes(members).sum(axis=0)
        return sums

    def takes(self, members: Sequence[Candidate]) -> Amounts:
        """What each of some partners gives to each unit."""
        rows = [member.takes for member in members]
        return np.array(rows, np.int64).reshape(len(rows), len(self.needed))

    def without(self, candidate: Candidate) -> "Pool":
        """The same, had that one declined."""
        others = tuple(c for c in self.candidates if c != candidate)
        return replace(self, candidates=others)


def best_set(
    pool: Pool, most: int = MOST_PARTNERS, fixed: Sequence[Candidate] = ()
) -> tuple[Candidate, ...]:
    """The best set of at most so many partners, those of `fixed` in any case.

    The rest follows in the order of the list. No organisation is in it twice, and
    nobody who adds nothing.
    """
    if not pool.wants:
        return tuple(fixed)
    taken = {member.organisation_id for member in fixed}
    joining = [c for c in pool.candidates if c.organisation_id not in taken]
    search = _Search(pool, joining, fixed)
    search.begin(most - len(fixed))
    found = {member.profile_id for member in search.best}
    return (*fixed, *(c for c in joining if c.profile_id in found))


def strongest(pool: Pool, members: Sequence[Candidate]) -> Candidate:
    """The partner that alone covers most, the first of several."""
    return max(members, key=lambda member: pool.coverage([member]))


def shares(pool: Pool, members: Sequence[Candidate]) -> list[list[int]]:
    """What each partner would give to each unit, in turn, no more than is needed."""
    rest, shared = pool.needed, []
    for member in members:
        given = np.minimum(np.array(member.takes, np.int64), rest)
        rest = rest - given
        shared.append(given.tolist())
    return shared


class _Search:
    """Depth first over the candidates, the one that alone covers most first."""

    def __init__(
        self, pool: Pool, joining: Iterable[Candidate], fixed: Sequence[Candidate]
    ) -> None:
        self.pool = pool
        own = {c.profile_id: pool.coverage([c]) for c in joining}
        useful = [c for c in joining if own[c.profile_id]]
        self.joining = sorted(useful, key=lambda c: -own[c.profile_id])
        self.alone = [_together([candidate]) for candidate in self.joining]
        self.takes = pool.takes(self.joining)
        self.own = np.array([own[c.profile_id] for c in self.joining], np.int64)
        self._dreams: dict[tuple[int, int], Worth] = {}
        self.best = list(fixed)
        self.best_worth = Worth(0, 0, 0, 0, ()).with_more(
            int(pool.lacking(pool.given(fixed))), _together(fixed)
        )

    def begin(self, spare: int) -> None:
        """Tries all sets that add up to so many to the fixed ones."""
        if spare > 0 and self.joining:
            self.at_most = self._at_most(spare)
            start = self.best_worth
            self._extend(self.best, start, self.pool.given(self.best), 0, spare)

    def _extend(
        self,
        chosen: list[Candidate],
        worth: Worth,
        given: Amounts,
        start: int,
        spare: int,
    ) -> None:
        """Tries all sets that add up to `spare` of those from `start` on."""
        sums = given + self.takes[start:]
        left = self.pool.lacking(sums)
        self._join_one(chosen, worth, left, start)
        if spare == 1:
            return
        hoped = self._hoped(left, sums, slice(start + 1, None), spare - 1)
        taken = {member.organisation_id for member in chosen}
        for row in np.flatnonzero(hoped <= self.best_worth.lacking).tolist():
            joins, after = self.joining[start + row], start + row + 1
            larger = worth.with_more(int(left[row]), self.alone[start + row])
            if joins.organisation_id not in taken and self._can_win(
                larger, sums[row], after, spare - 1, int(hoped[row])
            ):
                self._extend([*chosen, joins], larger, sums[row], after, spare - 1)

    def _join_one(
        self, chosen: list[Candidate], worth: Worth, left: Amounts, start: int
    ) -> None:
        """Looks whether some are the best with one of those from `start` on."""
        taken = {member.organisation_id for member in chosen}
        for place in np.flatnonzero(left <= self.best_worth.lacking).tolist():
            joins = self.joining[start + place]
            larger = worth.with_more(int(left[place]), self.alone[start + place])
            if larger < self.best_worth and joins.organisation_id not in taken:
                self.best, self.best_worth = [*chosen, joins], larger

    def _can_win(
        self, worth: Worth, given: Amounts, place: int, spare: int, hoped: int
    ) -> bool:
        """Says whether up to `spare` more, from `place` on, might be better."""
        best = self.best_worth
        if hoped != best.lacking:
            return hoped < best.lacking
        # As much can be covered at best, so it must be by no more partners.
        count = min(spare, best.size - worth.size)
        if count <= 0:
            return False
        if count > 1 and self._hoped_at(worth, given, place, count - 1) == hoped:
            return True
        same = self._hoped_at(worth, given, place, count)
        return worth.with_more(same, self._dream(place, count)) < best

    def _hoped_at(self, worth: Worth, given: Amounts, place: int, count: int) -> int:
        lacking = np.array([worth.lacking])
        return int(self._hoped(lacking, given, slice(place, place + 1), count)[0])

    def _hoped(
        self, lacking: Amounts, given: Amounts, places: slice, count: int
    ) -> Amounts:
        """What is missing at least when so many more join, from each place on."""
        takes, own = self.at_most[0][count], self.at_most[1][count]
        by_units = self.pool.lacking(given + takes[places])
        # Each of the sums was rounded down, twice a line.
        slack = 2 * (count + 1) * len(self.pool.wants)
        hoped: Amounts = np.maximum(by_units, lacking - own[places] - slack)
        return hoped

    def _dream(self, place: int, count: int) -> Worth:
        """The best of everything that so many of those from `place` on have."""
        if (place, count) not in self._dreams:
            rest = self.joining[place:]
            self._dreams[place, count] = Worth(
                0,
                min(count, len(rest)),
                sum(sorted(-c.reciprocal for c in rest)[:count]),
                sum(sorted(c.distance for c in rest)[:count]),
                tuple(sorted(c.profile_id for c in rest)[:count]),
            )
        return self._dreams[place, count]

    def _at_most(self, most: int) -> tuple[Amounts, Amounts]:
        """What so many of those from each place on give at most, and cover alone.

        By number and place; behind the last place nobody gives anything.
        """
        places, units = self.takes.shape
        takes = np.zeros((most + 1, places + 1, units), np.int64)
        own = np.zeros((most + 1, places + 1), np.int64)
        largest = np.zeros((most, units), np.int64)
        for place in reversed(range(places)):
            joined = np.sort(np.vstack([largest, self.takes[place]]), axis=0)
            largest = joined[:0:-1]
            takes[1:, place] = np.cumsum(largest, axis=0)
            ahead = np.cumsum(self.own[place : place + most])
            own[1:, place] = ahead[-1]
            own[1 : len(ahead) + 1, place] = ahead
        return takes, own


def _together(members: Sequence[Candidate]) -> Worth:
    return Worth(
        lacking=0,
        size=len(members),
        unfit=-sum(member.reciprocal for member in members),
        way=sum(member.distance for member in members),
        ids=tuple(sorted(member.profile_id for member in members)),
    )
