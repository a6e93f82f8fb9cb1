"""How well entries fit a question, told by the bits of its words alone.

For that nothing is read of what is ranked and not shown.
"""

from collections.abc import Sequence

import numpy as np

from marketplace.foundation.fulltext import Word
from marketplace.overview.finding.rules import WHOLE_TITLE, Asked
from marketplace.upkeep.search.queries.bitmaps import flags_of
from marketplace.upkeep.search.queries.bits import Numbers
from marketplace.upkeep.search.rules import LENGTHS, MARK_OF_LENGTH

DIGITS = [Word(f"{MARK_OF_LENGTH}{length}") for length in LENGTHS]


def points_of(asked: Sequence[Asked], ids: Numbers) -> Numbers:
    """The points of some entries, in their order.

    Each word gives those of the best way in which an entry holds it, and one that it
    does not hold gives nothing. A title that says little else gives some more.
    """
    ways = [way.question for one in asked for way in one.ways]
    flags = iter(flags_of([*ways, *DIGITS], ids))
    points, said, titled = (np.zeros(len(ids), np.int64) for _sum in range(3))
    for one in asked:
        held = [(next(flags), way.points) for way in one.ways]
        worth = np.zeros(len(ids), np.int64)
        for some, more in reversed(held):
            worth[some] = more
        points += worth
        said += held[0][0]
    for some, length in zip(flags, LENGTHS, strict=True):
        titled += length * some
    points += WHOLE_TITLE * np.minimum(said, titled) // np.maximum(1, titled)
    return points
