"""What numba compiles of sets: what is missing when units are given so much.

The same integers as `sets` has without numba; asked a thousand times a list of needs.
"""

import numpy as np
from numpy.typing import NDArray

from marketplace.foundation.compiling import compiled
from marketplace.matching.scores.coverage import WHOLE_PPM

Integers = NDArray[np.int64]


@compiled
def lacking_rows(
    given: Integers, needed: Integers, counts: Integers, whole: int
) -> Integers:
    """What is missing of the whole, row by row; `counts` are the units of each line."""
    lacking = np.empty(len(given), np.int64)
    for row in range(len(given)):
        left, unit = whole, 0
        for line in range(len(counts)):
            total = 0
            for _ in range(counts[line]):
                total += WHOLE_PPM * min(given[row, unit], needed[unit]) // needed[unit]
                unit += 1
            left -= total // counts[line]
        lacking[row] = left
    return lacking
