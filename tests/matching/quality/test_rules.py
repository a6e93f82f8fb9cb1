from datetime import date
from itertools import permutations
from math import isclose, log2

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.matching.quality.rules import gini, month_of, ndcg, share_of_most


@pytest.mark.parametrize(
    ("counts", "value"),
    [([5, 5, 5, 5], 0), ([0, 0, 0, 8], 0.75), ([1, 2, 3, 4], 0.25), ([0, 0], None)],
)
def test_gini_of_known_spreads(counts, value):
    assert gini(counts) == (None if value is None else pytest.approx(value))


@given(some.lists(some.integers(0, 50), min_size=1, max_size=12))
def test_gini_is_half_the_mean_difference_over_the_mean(counts):
    total, n = sum(counts), len(counts)
    found = gini(counts)

    if not total:
        assert found is None
        return
    differences = sum(abs(a - b) for a in counts for b in counts)
    assert isclose(found, differences / (2 * n * total), abs_tol=1e-9)


@pytest.mark.parametrize(
    ("counts", "share"),
    [([1] * 10, 0.1), ([9, *[0] * 9], 1.0), ([3, 1], 0.75), ([0], None)],
)
def test_share_of_the_most_shown_tenth(counts, share):
    assert share_of_most(counts) == share


def test_order_is_best_if_those_who_agree_stand_first():
    assert ndcg([(1, True), (2, True), (3, False)]) == 1
    assert ndcg([(1, False), (2, True)]) == pytest.approx(1 / log2(3))
    assert ndcg([(1, False)]) is None
    assert ndcg([(21, True)]) is None


def test_no_order_is_better_than_the_best():
    outcomes = (True, True, False, False)
    values = {ndcg(list(enumerate(p, 1))) for p in permutations(outcomes)}

    assert max(values) == 1
    assert min(values) > 0


def test_month_of_a_day():
    assert month_of(date(2026, 3, 31)) == "2026-03"
