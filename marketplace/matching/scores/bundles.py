"""Several partners that together cover one list of needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.pools import candidate_of, pool_of
from marketplace.matching.scores.sets import (
    MOST_PARTNERS,
    Candidate,
    Pool,
    best_set,
    shares,
    strongest,
)

PAIR = 2


@dataclass(frozen=True)
class Bundle:
    """Some partners and what they cover together."""

    pool: Pool
    members: tuple[Candidate, ...]

    @cached_property
    def given(self) -> list[list[int]]:
        """What each would give to each unit, in turn, no more than is needed."""
        return shares(self.pool, self.members)

    @cached_property
    def lines_ppm(self) -> list[int]:
        """How far each line is covered, in millionths."""
        lines: list[int] = self.pool.lines_ppm(self.pool.given(self.members)).tolist()
        return lines

    @property
    def coverage(self) -> int:
        """How much is covered over all lines, in millionths."""
        return sum(self.lines_ppm)

    @property
    def percent(self) -> int:
        """How much of the whole that is, in hundredths of a percent."""
        return self.percent_of(self.coverage)

    @property
    def reciprocal(self) -> int:
        return sum(member.reciprocal for member in self.members)

    @property
    def distance(self) -> int:
        return sum(member.distance for member in self.members)

    def percent_of(self, coverage: int) -> int:
        """A coverage of these lines in hundredths of a percent, rounded half up."""
        whole = self.pool.whole
        return (2 * 10_000 * coverage + whole) // (2 * whole)


@dataclass(frozen=True)
class Bundles:
    """The best bundle, the best of two, and the best if the strongest declines."""

    best: Bundle
    pair: Bundle
    strongest: Candidate
    without: Bundle


def best_bundles(
    index: MatchIndex,
    profile_id: int,
    lines: Collection[int] | None = None,
    max_partners: int = MOST_PARTNERS,
    fixed: Sequence[int] = (),
) -> Bundles | None:
    """The bundles for the needs of a profile, or for those of some numbers.

    The profiles in `fixed` are in each and count as partners. None where nobody
    (else) covers anything.
    """
    pool = pool_of(index, profile_id, lines)
    kept = [candidate_of(index, profile_id, other, lines) for other in fixed]
    best = best_set(pool, max_partners, kept)
    joining = [member for member in best if member not in kept]
    if not joining:
        return None
    first = strongest(pool, joining)
    return Bundles(
        best=Bundle(pool, best),
        pair=Bundle(pool, best_set(pool, min(PAIR, max_partners), kept)),
        strongest=first,
        without=Bundle(pool, best_set(pool.without(first), max_partners, kept)),
    )
