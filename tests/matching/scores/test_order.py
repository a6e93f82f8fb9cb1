from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.lots import splitmix64
from marketplace.matching.scores.order import (
    Match,
    lot,
    packed_key,
    two_decimals,
    whole,
    whole_points,
)


def match(profile_id, mutual, price=1000, distance=5000):
    return Match(
        profile_id=profile_id,
        forward=mutual,
        backward=mutual,
        reciprocal=mutual,
        shown_price=price,
        distance=distance,
    )


def order(*matches, reader=1):
    return [
        one.profile_id for one in sorted(matches, key=lambda one: one.place(reader))
    ]


def test_keys_of_the_example():
    a, b, e = match(11, 5732, 820), match(12, 5429), match(15, 6112)

    assert [one.key for one in (e, b, a)] == [6112000, 5429000, 4700240]
    assert order(a, b, e) == [15, 12, 11]
    assert order(*(replace(one, shown_price=1000) for one in (a, b, e))) == [15, 11, 12]
    assert replace(e, shown_price=1100).key == 6723200


def test_splitmix_of_the_example():
    assert splitmix64(1 << 32 | 11) == 2150281137774728879
    assert lot(1, 11) == 2150281137774728879


def test_ties_go_to_score_then_nearness_then_lot():
    dear, cheap = match(2, 4000, 1500), match(3, 6000, 1000)
    assert dear.key == cheap.key
    assert order(dear, cheap) == [3, 2]

    assert order(match(2, 6000, distance=11), match(3, 6000, distance=10)) == [3, 2]

    drawn = sorted([2, 3, 4], key=lambda other: lot(1, other))
    assert order(*(match(other, 6000) for other in (2, 3, 4))) == drawn


def test_ways_beyond_the_region_are_as_long_as_one_another():
    assert packed_key(1, 1000, 1_048_575) == packed_key(1, 1000, 2_000_000)


@given(
    st.tuples(st.integers(0, 10000), st.integers(500, 1500), st.integers(0, 1048575)),
    st.tuples(st.integers(0, 10000), st.integers(500, 1500), st.integers(0, 1048575)),
)
def test_packed_order_is_that_of_the_fields(one, other):
    def fields(mutual, price, distance):
        return (mutual * price, mutual, -distance)

    assert (packed_key(*one) > packed_key(*other)) == (fields(*one) > fields(*other))
    assert packed_key(*one) < 2**63


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ((3500, 1500, 1934, 667, 750), (35, 15, 19, 7, 8)),
        ((1995, 1500, 708, 1000, 625), (20, 15, 7, 10, 6)),
        ((1995, 750, 855, 667, 250), (20, 7, 9, 7, 2)),
        ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
    ],
)
def test_whole_points_of_the_partner_example(points, shown):
    assert whole_points(points) == shown


@given(st.lists(st.integers(0, 3500), min_size=5, max_size=5))
def test_whole_points_sum_to_the_whole(points):
    shown = whole_points(points)

    assert sum(shown) == whole(sum(points))
    assert all(
        exact // 100 <= rounded <= -(-exact // 100)
        for exact, rounded in zip(points, shown, strict=True)
    )


@pytest.mark.parametrize(("score", "points"), [(8351, 84), (5828, 58), (4550, 46)])
def test_scores_are_rounded_half_up(score, points):
    assert whole(score) == points


def test_two_decimals_are_exact():
    assert two_decimals(6112) == Decimal("61.12")
    assert str(two_decimals(5000)) == "50.00"
