"""The best of each line without numba: who has no hope of it is not looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marketplace.matching.scores.coverage import WHOLE_PPM, LineCoverage, allocate
from marketplace.matching.scores.gates import gate
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.order import Match
from marketplace.matching.scores.plain import match_of
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.records import Integers, Table
from marketplace.matching.scores.sets import Candidate
from marketplace.matching.scores.values import Line, Profile

# So many partners for a line, and in all.
PER_LINE, IN_ALL = 8, 30
# So far the list is read, as long as somebody behind might cover more of a line.
DEPTHS = (100, 1000)


def joined_with_numpy(
    index: MatchIndex, profile_id: int, asking: Profile
) -> tuple[Candidate, ...]:
    """For each need that is asked the 8 who cover most of it, the first 30 of them.

    Of several that cover as much the first of the list counts; who covers nothing of
    a line does not count for it.
    """
    found = _Found(index, index.profiles[profile_id], asking)
    for depth in DEPTHS:
        listed = rank(index, profile_id, depth)
        found.read(listed)
        if len(listed) < depth or not found.hopeful():
            break
    else:
        found.look_behind()
    return tuple(found.joined())


@dataclass(frozen=True)
class _Looked:
    """A partner with what it covers, and its place in the list."""

    place: tuple[int, int, int]
    candidate: Candidate
    ppm: tuple[int, ...]


class _Found:
    """The best of each line so far; who cannot be among them is not looked at."""

    def __init__(self, index: MatchIndex, reader: Profile, asking: Profile) -> None:
        self.index, self.reader, self.asking = index, reader, asking
        needs = [need for need in asking.needs if need.open_quantity is not None]
        self.bounds = _bounds(index, reader, needs)
        self.best: list[list[_Looked]] = [[] for _need in needs]

    def read(self, listed: list[Match]) -> None:
        """Takes in those of a list that cover more than one of the best of a line.

        Who covers as much stands behind it and stays out.
        """
        for match in listed:
            if self._is_hopeful(self.bounds.pop(match.profile_id, [])):
                self._look_at(match)

    def hopeful(self) -> list[int]:
        """Who was not looked at and might cover more than one of the best."""
        return [one for one, ppm in self.bounds.items() if self._is_hopeful(ppm)]

    def look_behind(self) -> None:
        """Looks at those too, if they pass the gates."""
        for profile_id in self.hopeful():
            other = self.index.profiles[profile_id]
            if gate(self.reader, other, self.index.relations) is None:
                self._look_at(match_of(self.reader, other, self.index.weights))

    def joined(self) -> Iterator[Candidate]:
        """The first of all lines, in the order of the list."""
        inside = {one.place: one.candidate for best in self.best for one in best}
        return (inside[place] for place in sorted(inside)[:IN_ALL])

    def _is_hopeful(self, bounds: list[int]) -> bool:
        return any(
            bound > (best[-1].ppm[number] if len(best) == PER_LINE else 0)
            for number, (bound, best) in enumerate(zip(bounds, self.best, strict=False))
        )

    def _look_at(self, match: Match) -> None:
        other = self.index.profiles[match.profile_id]
        rows = counted(self.asking, other)
        looked = _Looked(
            match.place(self.reader.profile_id),
            candidate(match, other, rows),
            tuple(row.ppm for row in rows),
        )
        for number, best in enumerate(self.best):
            if looked.ppm[number]:
                best.append(looked)
                best.sort(key=lambda one: (-one.ppm[number], one.place))
                del best[PER_LINE:]


def counted(asking: Profile, other: Profile) -> list[LineCoverage]:
    """What another covers of the needs with a quantity."""
    return [row for row in allocate(asking, other) if row.is_counted]


def candidate(match: Match, other: Profile, rows: list[LineCoverage]) -> Candidate:
    """A partner with what it covers."""
    return Candidate(
        profile_id=match.profile_id,
        organisation_id=other.organisation_id,
        takes=tuple(unit.taken for row in rows for unit in row.units),
        reciprocal=match.reciprocal,
        distance=match.distance,
    )


def _bounds(
    index: MatchIndex, reader: Profile, needs: list[Line]
) -> dict[int, list[int]]:
    """How far each partner might cover each need, at most; only those who might."""
    with index.lock:
        rows = _open_rows(index, reader)
        counts = rows["gives"].astype(np.int64)
        owners = np.repeat(np.arange(len(rows)), counts)
        firsts = rows["start"] + rows["needs"] - (np.cumsum(counts) - counts)
        gives = index.lines[np.repeat(firsts, counts) + np.arange(counts.sum())]
    bounds = np.zeros((len(rows), len(needs)), np.int64)
    for number, need in enumerate(needs):
        sums = np.bincount(owners, _amounts(need, gives), minlength=len(rows))
        needed = (need.open_quantity or 0) * len(need.units)
        ppm = np.ceil(WHOLE_PPM * sums / needed)
        bounds[:, number] = np.minimum(ppm, WHOLE_PPM)
    promising = bounds.any(axis=1)
    ids = rows["profile_id"][promising].tolist()
    return dict(zip(ids, bounds[promising].tolist(), strict=True))


def _open_rows(index: MatchIndex, reader: Profile) -> Table:
    """The rows of the other side that are near enough and not barred."""
    rows, (own, _) = index.rows, index.row_and_lines(reader.profile_id)
    is_open = rows["is_live"] & (rows["side"] != reader.side)
    is_open &= (rows["gives"] > 0) & (rows["free_capacity"] > 0)
    squares = np.zeros(len(rows), np.int64)
    for axis in ("x", "y", "z"):
        squares += (rows[axis].astype(np.int64) - int(own[axis])) ** 2
    limits = np.minimum(rows["limit"], own["limit"]).astype(np.int64)
    is_open &= squares < (limits + 1) ** 2
    barred = list(index.relations.barring(reader))
    open_rows: Table = rows[is_open & ~np.isin(rows["organisation_id"], barred)]
    return open_rows


def _amounts(need: Line, gives: Table) -> Integers:
    """How much of a need each give might cover, whatever else it serves."""
    fits = gives["kind"] == need.kind
    if need.item:
        fits &= gives["item"] == need.item
    slots = gives["slots"]
    if need.slots:
        units = np.bitwise_count(slots & np.uint64(need.slots))
    else:
        units = np.maximum(np.bitwise_count(slots), 1)
    quantities = np.maximum(gives["open_quantity"], 0)
    amounts: Integers = np.where(fits, quantities * units.astype(np.int64), 0)
    return amounts
