"""Has numba compile what answers requests, before the first person waits for it."""

import numpy as np

from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.joining import find_best, takes_of
from marketplace.matching.scores.lacking import lacking_rows
from marketplace.matching.scores.lists import arrays_of, filled_lists
from marketplace.matching.scores.neighbours import nearest_with_numba
from marketplace.matching.scores.pools import nothing_found
from marketplace.matching.scores.records import LINE, ROW
from marketplace.matching.scores.weights import TopicWeights


def warm_up(weights: TopicWeights) -> None:
    """Asks of a market of nobody; to be called in a worker, after forks.

    Nobody's lock is held meanwhile, and a market that grows finds its code there.
    """
    nobody, reader, needs = MatchIndex([], weights), np.zeros(1, ROW), np.zeros(0, LINE)
    none = np.zeros(0, np.int64)
    filled_lists(nobody, reader, 1)
    nearest_with_numba(nobody, reader, 1)
    find_best(arrays_of(nobody), reader, needs, (none, 0), nothing_found(0))
    nothing = np.zeros((0, 0), np.int64)
    takes_of(arrays_of(nobody), reader, needs, none, nothing)
    lacking_rows(nothing, none, none, 0)
