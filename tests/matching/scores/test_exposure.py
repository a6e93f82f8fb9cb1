"""Prices let more be shown; the proof on large markets is tests/figures."""

import pytest

from tests.matching.scores.exposure import exposures, gini


def test_gini_is_that_of_the_book():
    assert gini([5, 5, 5, 5]) == 0
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)


def test_prices_show_more_evenly_at_little_cost():
    found = exposures(1_000, 5)

    assert found[5].gini < 0.85 * found[0].gini
    assert found[5].mean > 0.94 * found[0].mean
