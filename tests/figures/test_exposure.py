"""On 10,000 providers and 10,000 companies prices spread what is shown."""

import pytest

from tests.matching.scores.exposure import exposures

SIZE, FIRST_RUN, UPDATES = 20_000, 5, 20


@pytest.fixture(scope="module")
def found():
    return exposures(SIZE, UPDATES)


def test_first_run_nearly_halves_the_inequality(found):
    assert found[FIRST_RUN].gini <= 0.55 * found[0].gini


def test_twenty_nights_halve_it(found):
    assert found[UPDATES].gini <= 0.5 * found[0].gini


def test_lists_stay_nearly_as_good(found):
    assert min(state.mean for state in found) >= 0.94 * found[0].mean
