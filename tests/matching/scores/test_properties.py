"""What holds of every pair, tried on ten thousand that are made up."""

from dataclasses import replace

import pytest

from marketplace.matching.scores.directed import directed_parts, reciprocal
from marketplace.matching.scores.enums import Note, Part
from marketplace.matching.scores.gates import Relations, gate
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.plain import match_of
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.values import Profile
from tests.matching.scores.catalogue import WEIGHTS
from tests.matching.scores.worlds import (
    make_pair,
    make_profiles,
    make_relations,
    seeded,
)

SEEDS, PAIRS = range(4), 2_500
# Lists that shall not know who pays.
WORLDS, LIVING = range(10), 100
NOBODY = Relations()


def pairs(seed):
    dice = seeded(1_000 + seed)
    return [make_pair(dice) for _ in range(PAIRS)]


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_sum_and_stay_within_their_weights(seed):
    for pair in pairs(seed):
        for a, b in (pair, pair[::-1]):
            score = directed_parts(a, b, WEIGHTS)

            assert score.score == sum(part.points for part in score.parts) <= 10_000
            assert all(0 <= part.points <= part.weight for part in score.parts)
            assert sum(part.weight for part in score.parts) in {0, 10_000}


@pytest.mark.parametrize("seed", SEEDS)
def test_both_ends_see_the_same_mutual_score(seed):
    for a, b in pairs(seed):
        there, back = match_of(a, b, WEIGHTS), match_of(b, a, WEIGHTS)

        assert there.reciprocal == back.reciprocal
        assert (there.forward, there.backward) == (back.backward, back.forward)
        low, high = sorted((there.forward, there.backward))
        assert low <= there.reciprocal <= min(high, 2 * low)


@pytest.mark.parametrize("seed", SEEDS)
def test_gates_are_the_same_from_both_ends_but_for_capacity(seed):
    for a, b in pairs(seed):
        assert gate(a, b, NOBODY) is gate(b, a, NOBODY)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_empty_never_matches(seed):
    for a, b in pairs(seed):
        silent = replace(b, topics=0, audiences=0, months=0)
        mute = replace(a, topics=0, audiences=0, months=0, radius_km=None)

        for part in directed_parts(a, silent, WEIGHTS).parts[:4]:
            if part.part is not Part.DISTANCE:
                assert part.points == 0
        for part in directed_parts(mute, b, WEIGHTS).parts[:4]:
            assert (part.points, part.weight) == (0, 0)
            assert part.note is Note.NOT_FILLED_IN


def test_mutual_score_of_nothing_is_nothing():
    assert reciprocal(0, 0) == 0
    assert reciprocal(10_000, 10_000) == 10_000
    assert reciprocal(0, 10_000) == 0


@pytest.mark.parametrize("seed", WORLDS)
def test_list_does_not_depend_on_the_order_of_what_it_is_made_of(seed):
    """Nor on anything a profile does not say: there is no column for a payment."""
    dice = seeded(2_000 + seed)
    profiles, relations = make_profiles(dice, LIVING), make_relations(dice)
    paying = dice.sample(profiles, LIVING // 2)
    paying_first = [*paying, *(p for p in profiles if p not in paying)]

    index = MatchIndex(profiles, WEIGHTS, relations)
    other = MatchIndex(paying_first, WEIGHTS, relations)

    lists = [rank(index, n) for n in index]
    assert [rank(other, n) for n in index] == lists
    assert len(lists) * len(WORLDS) >= 1_000


def test_no_column_tells_of_money_paid_to_the_platform():
    assert not {"paid", "payment", "sponsor", "label"} & set(Profile.__annotations__)
