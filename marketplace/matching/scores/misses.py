"""How near anybody came to serving a need: the nearest miss of all companies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.scores.enums import Hard, Reason, Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.records import NOT_TOLD, Integers, Table
from marketplace.matching.scores.values import Line, Profile

# What a give can fail at, in the order in which it is asked.
_HARD_SETS = (
    (Hard.TOPIC, "topics", Reason.WRONG_TOPIC),
    (Hard.AUDIENCE, "audiences", Reason.WRONG_AUDIENCE),
    (Hard.TIME, "months", Reason.TIME),
)
Truths = NDArray[np.bool_]
PASSED = Reason.RECENT.stage + 1


@dataclass(frozen=True)
class Miss:
    """What became of one need line among all that is given.

    `reason` is the furthest stage at which a give failed; None if none failed.
    `is_served`: at least one give passes every gate. `nearest` is the way in metres
    to the nearest give that is right but too far away.
    """

    reason: Reason | None
    is_served: bool
    nearest: int | None


@dataclass(frozen=True)
class _Seen:
    """The rows with the eyes of one profile, row by row."""

    ways: Integers
    near: Truths
    asked: Truths
    declared: Truths


class Misses:
    """All gives of an index, gathered once to be asked about many needs."""

    def __init__(self, index: MatchIndex) -> None:
        with index.lock:
            rows = index.rows
            self.rows: Table = rows[rows["is_live"] & (rows["gives"] > 0)].copy()
            counts = self.rows["gives"].astype(np.int64)
            self.owners = np.repeat(np.arange(len(self.rows)), counts)
            firsts = self.rows["start"] + self.rows["needs"]
            firsts = firsts - (np.cumsum(counts) - counts)
            places = np.repeat(firsts, counts) + np.arange(counts.sum())
            self.gives: Table = index.lines[places].copy()
        self.index = index

    def of(self, reader: Profile) -> dict[int, Miss]:
        """The nearest miss of each open need of a profile, by its line number."""
        rows, (own, _) = self.rows, self.index.row_and_lines(reader.profile_id)
        ways = _ways(rows, own)
        limits = np.minimum(rows["limit"], own["limit"]).astype(np.int64)
        barred = list(self.index.relations.barring(reader))
        asked = (rows["side"] != reader.side) & ~np.isin(
            rows["organisation_id"], barred
        )
        declared: Truths = rows["is_declared"]
        if reader.side is Side.COMPANY:
            declared = np.full(len(rows), reader.is_declared)
        seen = _Seen(ways, ways <= limits, asked, declared)
        return {need.line_no: self._of_line(need, seen) for need in reader.needs}

    def _of_line(self, need: Line, seen: "_Seen") -> Miss:
        asked = seen.asked[self.owners]
        stages = self._stages(need, seen)[asked]
        failed = stages[stages < PASSED]
        far = seen.ways[self.owners][asked][stages == Reason.TOO_FAR.stage]
        return Miss(
            reason=list(Reason)[int(failed.max())] if len(failed) else None,
            is_served=bool((stages == PASSED).any()),
            nearest=int(far.min()) if len(far) else None,
        )

    def _stages(self, need: Line, seen: "_Seen") -> Integers:
        """The stage at which each give fails; the last gate is looked at first."""
        gives = self.gives
        stages: Integers = np.full(len(gives), PASSED, np.int64)
        _fail(stages, self.rows["free_capacity"][self.owners] <= 0, Reason.FULL)
        is_asked = gives["is_safeguarded"] | need.is_safeguarded
        undeclared = ~seen.declared[self.owners]
        _fail(stages, is_asked & undeclared, Reason.SAFEGUARDING)
        self._fail_amounts(stages, need)
        for bit, name, reason in reversed(_HARD_SETS):
            own = np.uint64(getattr(need, name))
            hard = (gives["hard"] | np.uint64(need.hard)) & np.uint64(bit) != 0
            lost = hard & (gives[name] & own == 0)
            is_stated = (gives[name] != 0) & (own != 0)
            _fail(stages, lost & is_stated, reason)
            _fail(stages, lost & ~is_stated, Reason.NOT_STATED)
        _fail(stages, ~seen.near[self.owners], Reason.TOO_FAR)
        if need.item:
            _fail(stages, gives["item"] != need.item, Reason.NO_ITEM)
        _fail(stages, gives["kind"] != need.kind, Reason.NO_KIND)
        return stages

    def _fail_amounts(self, stages: Integers, need: Line) -> None:
        given = self.gives["open_quantity"]
        amount = np.uint64(Hard.AMOUNT)
        goes_whole = self.gives["hard"] & amount != 0
        wants_whole = bool(need.hard & Hard.AMOUNT)
        hard = goes_whole | wants_whole
        asked = NOT_TOLD if need.open_quantity is None else need.open_quantity
        untold = (given == NOT_TOLD) | (asked == NOT_TOLD)
        short = (wants_whole & (given < asked)) | (goes_whole & (asked < given))
        _fail(stages, hard & short, Reason.AMOUNT_TOO_SMALL)
        _fail(stages, hard & untold, Reason.NOT_STATED)


def _fail(stages: Integers, where: Truths, reason: Reason) -> None:
    stages[where] = reason.stage


def _ways(rows: Table, own: Table) -> Integers:
    squares = np.zeros(len(rows), np.int64)
    for axis in ("x", "y", "z"):
        squares += (rows[axis].astype(np.int64) - int(own[axis])) ** 2
    ways: Integers = np.floor(np.sqrt(squares)).astype(np.int64)
    return ways
