"""The nearest miss from the arrays is that of all pairs, one by one."""

import pytest

from marketplace.matching.scores.enums import Reason
from marketplace.matching.scores.gates import (
    distance,
    is_declared,
    is_near,
    line_reason,
)
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.misses import Miss, Misses
from marketplace.matching.scores.weights import topic_weights
from tests.matching.scores.worlds import make_profiles, make_relations, seeded


def plainly(index, reader):
    """Pair by pair: what each give of each other side fails at."""
    barred = index.relations.barring(reader)
    others = [
        other
        for other in index.profiles.values()
        if other.side is not reader.side
        and other.is_active
        and other.organisation_id not in barred
    ]
    return {need.line_no: miss(need, reader, others) for need in reader.needs}


def miss(need, reader, others):
    found = [
        (reason_of(need, give, reader, other), distance(reader, other))
        for other in others
        for give in other.gives
    ]
    failed = [reason for reason, _way in found if reason]
    far = [way for reason, way in found if reason is Reason.TOO_FAR]
    return Miss(
        reason=max(failed, key=lambda reason: reason.stage, default=None),
        is_served=any(reason is None for reason, _way in found),
        nearest=min(far, default=None),
    )


def reason_of(need, give, reader, other):
    near, declared = is_near(reader, other), is_declared(reader, other)
    full = Reason.FULL if other.free_capacity <= 0 else None
    return line_reason(need, give, near, declared) or full


@pytest.mark.parametrize("seed", range(12))
def test_nearest_miss_is_that_of_all_pairs(seed):
    random = seeded(seed)
    profiles = make_profiles(random, 60)
    weights = topic_weights([profile.topics for profile in profiles])
    index = MatchIndex(profiles, weights, make_relations(random))
    misses = Misses(index)

    asking = [profile for profile in profiles if profile.needs]

    assert asking
    for reader in asking:
        assert misses.of(reader) == plainly(index, reader)


def test_nobody_to_ask_is_no_miss():
    profiles = make_profiles(seeded(1), 8)
    reader = next(profile for profile in profiles if profile.needs)
    index = MatchIndex([reader], topic_weights([reader.topics]))

    found = set(Misses(index).of(reader).values())

    assert found == {Miss(reason=None, is_served=False, nearest=None)}
