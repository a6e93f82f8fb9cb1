"""How much of what one side needs the other gives, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from marketplace.matching.scores.enums import Question
from marketplace.matching.scores.gates import is_declared, serves
from marketplace.matching.scores.values import Line, Profile

WHOLE_PPM = 1_000_000

# What is left of each unit of each give line, by number and slot.
Rest = dict[tuple[int, int | None], int]


class Take(NamedTuple):
    """How much of which give line, and of which of its slots, goes into a unit."""

    line_no: int
    slot: int | None
    quantity: int


class Unit(NamedTuple):
    """A need line or one half day of it, with what the partner gives for it."""

    slot: int | None
    needed: int
    takes: tuple[Take, ...]

    @property
    def taken(self) -> int:
        return sum([take.quantity for take in self.takes])

    @property
    def missing(self) -> int:
        return self.needed - self.taken


class LineCoverage(NamedTuple):
    """A need line and how it is covered; without a quantity it has no units."""

    line_no: int
    units: tuple[Unit, ...]
    # A give of the partner fits, even if nothing of it can be counted.
    is_served: bool
    questions: tuple[Question, ...]

    @property
    def is_counted(self) -> bool:
        return bool(self.units)

    @property
    def needed(self) -> int:
        return sum([unit.needed for unit in self.units])

    @property
    def taken(self) -> int:
        return sum([unit.taken for unit in self.units])

    @property
    def ppm(self) -> int:
        """The mean of the units' shares, in millionths, both rounded down."""
        shares = [WHOLE_PPM * unit.taken // unit.needed for unit in self.units]
        return sum(shares) // len(shares) if shares else 0

    @property
    def percent(self) -> int:
        """The share as it is shown, rounded half up."""
        return (self.ppm + 5_000) // 10_000


@dataclass(frozen=True)
class Gap:
    """What is still missing of a need line, or of one half day of it."""

    line_no: int
    slot: int | None
    missing: int
    needed: int


def allocate(p: Profile, q: Profile) -> tuple[LineCoverage, ...]:
    """Gives the needs of `p` what `q` has, in order, nothing twice."""
    declared = is_declared(p, q)
    rest: Rest = {
        (give.line_no, slot): give.open_quantity or 0
        for give in q.gives
        for slot in give.units
    }
    return tuple(
        _covered(need, [g for g in q.gives if serves(need, g, declared)], rest)
        for need in p.needs
    )


def served_between(one: Profile, other: Profile) -> tuple[LineCoverage, ...]:
    """The needs of the first of two that has any, covered by the other."""
    return allocate(one, other) if one.needs else allocate(other, one)


def gaps(lines: Iterable[LineCoverage]) -> tuple[Gap, ...]:
    """All units that are not wholly covered."""
    return tuple(
        Gap(line.line_no, unit.slot, unit.missing, unit.needed)
        for line in lines
        for unit in line.units
        if unit.missing
    )


def _covered(need: Line, gives: list[Line], rest: Rest) -> LineCoverage:
    units = tuple(_units(need, gives, rest))
    is_whole = bool(units) and not any(unit.missing for unit in units)
    questions = () if is_whole else tuple(_questions(need, gives))
    return LineCoverage(need.line_no, units, bool(gives), questions)


def _units(need: Line, gives: list[Line], rest: Rest) -> Iterator[Unit]:
    if need.open_quantity is not None:
        for slot in need.units:
            takes = tuple(_takes(need.open_quantity, slot, gives, rest))
            yield Unit(slot, need.open_quantity, takes)


def _takes(
    needed: int, slot: int | None, gives: list[Line], rest: Rest
) -> Iterator[Take]:
    for give in gives:
        for given_slot in give.units:
            quantity = min(needed, rest[give.line_no, given_slot])
            if quantity and slot in {None, given_slot}:
                needed -= quantity
                rest[give.line_no, given_slot] -= quantity
                yield Take(give.line_no, given_slot, quantity)


def _questions(need: Line, gives: list[Line]) -> Iterator[Question]:
    if need.slots and any(not give.slots for give in gives):
        yield Question.TIMES
    quantities = [need.open_quantity, *(give.open_quantity for give in gives)]
    if gives and None in quantities:
        yield Question.QUANTITY
