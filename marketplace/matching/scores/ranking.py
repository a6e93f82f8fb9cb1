"""The list of a profile and the reasons for one partner: what others ask for."""

from dataclasses import dataclass

from marketplace.matching.scores.coverage import Gap, LineCoverage, allocate, gaps
from marketplace.matching.scores.directed import (
    DirectedScore,
    directed_parts,
    reciprocal,
)
from marketplace.matching.scores.gates import distance
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.lists import ranked_with_numba
from marketplace.matching.scores.order import Match
from marketplace.matching.scores.values import Profile, bits_of
from marketplace.matching.scores.vectors import ranked_with_numpy
from marketplace.matching.scores.weights import TopicWeights

LISTED = 20


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why `b` stands in the list of `a`, as plain numbers; sets are bits, ascending."""

    # What a has of it, and what b has.
    own: DirectedScore
    partner: DirectedScore
    distance: int
    radius_km: int | None
    topics: tuple[int, ...]
    audiences: tuple[int, ...]
    months: tuple[int, ...]
    # Of what a has filled in.
    shared_topics: tuple[int, ...]
    shared_audiences: tuple[int, ...]
    shared_months: tuple[int, ...]
    # The needs of a that b covers, and those of b that a covers.
    received: tuple[LineCoverage, ...]
    given: tuple[LineCoverage, ...]

    @property
    def reciprocal(self) -> int:
        return reciprocal(self.own.score, self.partner.score)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What a still misses when b has given."""
        return gaps(self.received)


def rank(index: MatchIndex, profile_id: int, k: int = LISTED) -> list[Match]:
    """The first `k` partners of a profile, best first.

    Nobody, if the profile is not in the index or not active.
    """
    with index.lock:
        profile = index.profiles.get(profile_id)
        if profile is None or not profile.is_active or k <= 0:
            return []
        ranked = ranked_with_numba if index.is_compiled else ranked_with_numpy
        return ranked(index, profile, k)


def explain(a: Profile, b: Profile, weights: TopicWeights) -> Explanation:
    """Gathers the numbers of one pair from which sentences are made."""
    return Explanation(
        own=directed_parts(a, b, weights),
        partner=directed_parts(b, a, weights),
        distance=distance(a, b),
        radius_km=a.radius_km,
        topics=bits_of(a.topics),
        audiences=bits_of(a.audiences),
        months=bits_of(a.months),
        shared_topics=bits_of(a.topics & b.topics),
        shared_audiences=bits_of(a.audiences & b.audiences),
        shared_months=bits_of(a.months & b.months),
        received=allocate(a, b),
        given=allocate(b, a),
    )
