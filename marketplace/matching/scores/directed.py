"""How well a partner fits one side: five parts, each a fraction of whole numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from marketplace.matching.scores.coverage import (
    WHOLE_PPM,
    LineCoverage,
    served_between,
)
from marketplace.matching.scores.enums import Note, Part
from marketplace.matching.scores.gates import distance
from marketplace.matching.scores.values import Line, Profile
from marketplace.matching.scores.weights import (
    TopicWeights,
    completeness,
    part_weights,
)

ENOUGH_MONTHS = 3
Served = tuple[LineCoverage, ...]


class Fraction(NamedTuple):
    """What was reached of what could be, and whether `b` says anything."""

    num: int
    den: int
    is_stated: bool = True


class Pair(NamedTuple):
    """Who is scored with whose eyes, and what is given between them."""

    a: Profile
    b: Profile
    weights: TopicWeights
    served: Served


class PartScore(NamedTuple):
    """One part: points are num / den of the weight, in hundredths, rounded half up."""

    part: Part
    weight: int
    num: int
    den: int
    points: int
    note: Note | None


@dataclass(frozen=True)
class DirectedScore:
    """What `b` is worth to `a`, 0 to 10000; the parts sum to the score."""

    parts: tuple[PartScore, ...]

    @property
    def score(self) -> int:
        return sum([part.points for part in self.parts])

    @property
    def completeness(self) -> int:
        """How many of 100 `a` has filled in."""
        return completeness(sum(1 << p.part for p in self.parts if p.weight))

    @property
    def empty(self) -> tuple[Part, ...]:
        """What `a` has not filled in."""
        return tuple(part.part for part in self.parts if not part.weight)


def filled_in(a: Profile) -> int:
    """The parts a profile has filled in, as bits."""
    return (
        (a.topics != 0) << Part.TOPICS
        | (a.audiences != 0) << Part.AUDIENCE
        | (a.radius_km is not None) << Part.DISTANCE
        | (a.months != 0) << Part.TIME
        | _is_quantified(a.needs or a.gives) << Part.AMOUNT
    )


def directed_parts(
    a: Profile,
    b: Profile,
    weights: TopicWeights,
    served: Served | None = None,
) -> DirectedScore:
    """Scores `b` with the eyes of `a`, whatever the gates say.

    `served` is `served_between(a, b)`, from whoever has it already.
    """
    filled = filled_in(a)
    if served is None:
        served = served_between(a, b)
    pair = Pair(a, b, weights, served)
    shares = part_weights(filled)
    return DirectedScore(
        tuple(
            _scored(part, shares[part], FRACTIONS[part](pair))
            if filled >> part & 1
            else PartScore(part, 0, 0, 1, 0, Note.NOT_FILLED_IN)
            for part in Part
        )
    )


def reciprocal(s: int, t: int) -> int:
    """The harmonic mean of both directions, rounded half up; 0 of nothing."""
    return (4 * s * t + s + t) // (2 * (s + t)) if s + t else 0


def _scored(part: Part, weight: int, fraction: Fraction) -> PartScore:
    num, den, is_stated = fraction
    points = (2 * num * weight + den) // (2 * den)
    note = None if is_stated else Note.PARTNER_STATES_NOTHING
    return PartScore(part, weight, num, den, points, note)


def _topics(pair: Pair) -> Fraction:
    a, b, weights, _served = pair
    shared, own = weights.of(a.topics & b.topics), weights.of(a.topics)
    return Fraction(shared, own, b.topics != 0)


def _audience(pair: Pair) -> Fraction:
    a, b, *_rest = pair
    shared = (a.audiences & b.audiences).bit_count()
    return Fraction(shared, a.audiences.bit_count(), b.audiences != 0)


def _distance(pair: Pair) -> Fraction:
    a, b, *_rest = pair
    reach = 1000 * (a.radius_km or 0) + 1000
    return Fraction(max(0, reach - distance(a, b)), reach)


def _time(pair: Pair) -> Fraction:
    a, b, *_rest = pair
    enough = min(ENOUGH_MONTHS, a.months.bit_count())
    shared = (a.months & b.months).bit_count()
    return Fraction(min(enough, shared), enough, b.months != 0)


def _amount(pair: Pair) -> Fraction:
    """The mean cover of a's needs; if `a` only gives, of those of b it can serve."""
    a, b, _weights, served = pair
    if a.needs:
        lines = [line for line in served if line.is_counted]
        is_stated = _is_quantified(b.gives)
    else:
        lines = [line for line in served if line.is_counted and line.is_served]
        is_stated = _is_quantified(b.needs)
    covered = sum(line.ppm for line in lines)
    return Fraction(covered, WHOLE_PPM * max(1, len(lines)), is_stated)


def _is_quantified(lines: tuple[Line, ...]) -> bool:
    return any(line.open_quantity is not None for line in lines)


FRACTIONS: dict[Part, Callable[[Pair], Fraction]] = {
    Part.TOPICS: _topics,
    Part.AUDIENCE: _audience,
    Part.DISTANCE: _distance,
    Part.TIME: _time,
    Part.AMOUNT: _amount,
}
