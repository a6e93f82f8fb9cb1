"""The list of a profile in plain Python: slow and clear, the others are held to it."""

from collections.abc import Iterable
from heapq import nsmallest

from marketplace.matching.scores.directed import directed_parts, reciprocal
from marketplace.matching.scores.gates import Relations, distance, gate
from marketplace.matching.scores.order import Match
from marketplace.matching.scores.values import Profile
from marketplace.matching.scores.weights import TopicWeights


def match_of(a: Profile, b: Profile, weights: TopicWeights) -> Match:
    """Scores a pair in both directions, whatever the gates say."""
    forward = directed_parts(a, b, weights).score
    backward = directed_parts(b, a, weights).score
    return Match(
        profile_id=b.profile_id,
        forward=forward,
        backward=backward,
        reciprocal=reciprocal(forward, backward),
        shown_price=b.shown_price,
        distance=distance(a, b),
    )


def best(a: Profile, matches: Iterable[Match], k: int) -> list[Match]:
    """The first `k` of some matches in the order of the list of `a`."""
    return nsmallest(k, matches, key=lambda match: match.place(a.profile_id))


def ranked_plainly(
    a: Profile,
    others: Iterable[Profile],
    weights: TopicWeights,
    relations: Relations,
    k: int,
) -> list[Match]:
    """The first `k` partners of `a` among some profiles."""
    partners = (
        other
        for other in others
        if other.side is not a.side and gate(a, other, relations) is None
    )
    return best(a, (match_of(a, b, weights) for b in partners), k)
