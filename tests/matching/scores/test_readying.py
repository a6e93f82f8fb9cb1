import pytest

from marketplace.matching.scores import index as markets
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.joining import find_best, takes_of
from marketplace.matching.scores.kernel import fill_lists
from marketplace.matching.scores.lacking import lacking_rows
from marketplace.matching.scores.nearest import find_nearest
from marketplace.matching.scores.neighbours import nearest_across
from marketplace.matching.scores.pools import pool_of
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.readying import warm_up
from marketplace.matching.scores.sets import best_set
from tests.matching.scores.catalogue import FUNKENKISTE, GIVERS, WEIGHTS
from tests.matching.scores.worlds import make_profiles, seeded

KERNELS = (fill_lists, find_nearest, find_best, takes_of, lacking_rows)


def test_first_questions_find_their_code(monkeypatch):
    """What is asked of a large market was compiled for the same types before."""
    monkeypatch.setattr(markets, "COMPILED_FROM", 0)
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)
    warm_up(WEIGHTS)
    known = [list(kernel.signatures) for kernel in KERNELS]

    assert rank(index, FUNKENKISTE.profile_id)
    assert nearest_across(index, FUNKENKISTE.profile_id, 3)
    assert best_set(pool_of(index, FUNKENKISTE.profile_id))

    assert [list(kernel.signatures) for kernel in KERNELS] == known


@pytest.mark.parametrize(("count", "is_compiled"), [(499, False), (500, True)])
def test_small_market_compiles_nothing(count, is_compiled):
    index = MatchIndex(make_profiles(seeded(3), count), WEIGHTS)

    assert index.is_compiled is is_compiled
