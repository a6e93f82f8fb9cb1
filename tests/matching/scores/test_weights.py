from fractions import Fraction

import pytest

from marketplace.matching.scores.enums import Part
from marketplace.matching.scores.weights import (
    TopicWeights,
    completeness,
    part_weights,
    topic_weight,
    topic_weights,
    vote_factor,
)
from tests.matching.scores.catalogue import (
    ELECTRONICS,
    OPTICS,
    ROBOTICS,
    SOLAR,
    TECHNOLOGY,
    WEIGHTS,
    bits,
)

SHARES = [35, 15, 20, 10, 20]
ALL = 0b11111


@pytest.mark.parametrize(
    ("topic", "weight"),
    [(TECHNOLOGY, 1594), (ROBOTICS, 3084), (ELECTRONICS, 3359), (SOLAR, 4001)],
)
def test_rare_topics_weigh_more(topic, weight):
    assert WEIGHTS.weights[topic] == weight


def test_topic_weight_of_the_partner_example():
    assert WEIGHTS.weights[OPTICS] == 3738


PUPILS, PARENTS, COMPANIES = (120, 400), (10, 60), (12, 12)


def test_votes_of_the_example_move_a_weight():
    factor = vote_factor([PUPILS, PARENTS, COMPANIES], open_topics=6)

    assert (factor, topic_weight(200, 24, factor)) == (1033, 3186)


@pytest.mark.parametrize(
    ("votes", "factor"),
    [
        ([], 1000),
        ([(19, 19), (0, 12)], 1000),
        ([(0, 10_000)], 800),
        ([(10_000, 10_000)], 1179),
        ([(20, 20), (0, 20)], 1093),
    ],
    ids=["none", "too few", "least", "all", "two that differ"],
)
def test_votes_move_it_within_bounds(votes, factor):
    assert vote_factor(votes, open_topics=6) == factor


def test_votes_never_make_a_topic_more_than_a_fifth_heavier():
    assert vote_factor([(10_000, 10_000)], open_topics=40) == 1200


def test_weight_of_a_set_is_the_sum():
    assert WEIGHTS.of(bits(TECHNOLOGY, ROBOTICS)) == 1594 + 3084
    assert WEIGHTS.of(0) == 0


def test_weights_are_counted_from_the_profiles():
    votes = [1000] * 63 + [1200]

    frozen = topic_weights([bits(0), bits(0, 1), 0, bits(63)], votes, "2026-11-24")

    assert frozen.weights[:3] == (
        topic_weight(4, 2),
        topic_weight(4, 1),
        topic_weight(4, 0),
    )
    assert frozen.weights[63] == topic_weight(4, 1, 1200)
    assert frozen.version == "2026-11-24"


@pytest.mark.parametrize("weights", [(1000,) * 63, (0,) + (1000,) * 63])
def test_topics_without_weight_are_refused(weights):
    with pytest.raises(ValueError, match="each of 64 topics has a weight above 0"):
        TopicWeights(weights)


@pytest.mark.parametrize("filled", range(1, 32))
def test_part_weights_are_the_largest_remainders(filled):
    whole = sum(SHARES[part] for part in Part if filled >> part & 1)
    exact = [
        Fraction(10000 * SHARES[part], whole) if filled >> part & 1 else Fraction(0)
        for part in Part
    ]

    weights = part_weights(filled)

    raised = [weight - int(share) for weight, share in zip(weights, exact, strict=True)]
    rests = [share - int(share) for share in exact]
    assert sum(weights) == 10000
    assert set(raised) <= {0, 1}
    # Whoever got a unit had at least the remainder of those who did not; the earlier
    # of two equal ones got it.
    order = sorted(Part, key=lambda part: (-rests[part], part))
    assert [raised[part] for part in order] == sorted(raised, reverse=True)
    assert completeness(filled) == whole


@pytest.mark.parametrize(
    ("filled", "weights"),
    [
        (ALL, (3500, 1500, 2000, 1000, 2000)),
        (0b10101, (4667, 0, 2667, 0, 2666)),
        (0b11110, (0, 2308, 3077, 1538, 3077)),
        (0b00001, (10000, 0, 0, 0, 0)),
        (0, (0, 0, 0, 0, 0)),
    ],
)
def test_part_weights_known_rows(filled, weights):
    assert part_weights(filled) == weights
