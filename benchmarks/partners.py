"""The lists of partners out of arrays: how long they take, and are they right."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from statistics import median, quantiles
from time import perf_counter

import numpy as np

from benchmarks.markets import SEED, market, tables, weights
from benchmarks.order import Line, Order, line
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import readers_taking
from marketplace.matching.scores.order import Match, packed_key
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.ranking import LISTED, rank
from marketplace.matching.scores.readying import warm_up
from marketplace.matching.scores.vectors import ranked_with_numpy, readers_with_numpy

QUERIES, FEWER = 400, 40
# Compared with plain Python: so many lists, and fewer of a large market.
CHECKED, CHECKED_OF_MANY, MANY = 200, 20, 10_000
BUILDS = 5
# Where lists may well end.
LAST = packed_key(6_500, 1_000, 30_000)


def partners_kernel(order: Order) -> Iterator[Line]:
    """Ranks for some of so many profiles; milliseconds at the median and 99 %."""
    index = market(order.size)
    warm_up(index.weights)
    asked = sample(order.size, QUERIES)
    times = timed(partial(rank, index), asked)
    is_right = are_right(index, asked, partial(rank, index))
    cuts = quantiles(times, n=100)
    for unit, value in (("ms_p50", cuts[49]), ("ms_p99", cuts[98])):
        yield line("partners_kernel", order.size, unit, value, is_right=is_right)


def partners_numpy(order: Order) -> Iterator[Line]:
    """The same without numba."""
    index = market(order.size)

    def ask(number: int) -> list[Match]:
        return ranked_with_numpy(index, index[number], LISTED)

    asked = sample(order.size, FEWER)
    times = timed(ask, asked)
    is_right = are_right(index, asked, ask)
    yield line("partners_numpy", order.size, "ms_p50", median(times), is_right=is_right)


def partners_reverse(order: Order) -> Iterator[Line]:
    """Finds the lists that take a profile in, where all end alike; as NumPy does."""
    index = market(order.size)
    size = len(index.rows)
    last = np.full(size, LAST, np.int64), np.full(size, 2**64 - 1, np.uint64)
    find = partial(readers_taking, index, last=last)
    asked = sample(order.size, QUERIES)
    find(asked[0])  # compiles
    times = timed(find, asked)
    by_numpy = partial(readers_with_numpy, index, last=last)
    is_right = all(
        find(number) == index.rows["profile_id"][by_numpy(number)].tolist()
        for number in asked[:CHECKED_OF_MANY]
    )
    yield line(
        "partners_reverse", order.size, "ms_p50", median(times), is_right=is_right
    )


def index_build(order: Order) -> Iterator[Line]:
    """From rows in any order to an index; compared profile by profile."""
    (rows, lines), topics = tables(order.size), weights(order.size)
    begin = perf_counter()
    for _ in range(BUILDS):
        index = MatchIndex.of_tables(rows, lines, topics)
    seconds = (perf_counter() - begin) / BUILDS
    asked = sample(order.size, CHECKED)
    some = rows[[number - 1 for number in asked]]
    own = [lines[r["start"] : r["start"] + r["needs"] + r["gives"]] for r in some]
    is_right = all(
        index.row_and_lines(number)[1].tolist() == expected.tolist()
        for number, expected in zip(asked, own, strict=True)
    )
    is_right = is_right and sorted(index) == rows["profile_id"].tolist()
    yield line("index_build", order.size, "s", seconds, is_right=is_right)


def sample(size: int, count: int) -> list[int]:
    """Some profile numbers, the same for the same size."""
    return Random(SEED).sample(range(1, size + 1), min(count, size))  # noqa: S311


def timed(ask: Callable[[int], object], asked: Sequence[int]) -> list[float]:
    """The milliseconds of each question."""
    times = []
    for number in asked:
        begin = perf_counter()
        ask(number)
        times.append(1000 * (perf_counter() - begin))
    return times


def are_right(
    index: MatchIndex, asked: Sequence[int], ask: Callable[[int], list[Match]]
) -> bool:
    """Compares lists with those of plain Python, which looks at every profile."""
    count = CHECKED if len(index) <= MANY else CHECKED_OF_MANY
    others = list(index.values())
    return all(
        ask(number)
        == ranked_plainly(index[number], others, index.weights, index.relations, LISTED)
        for number in asked[:count]
    )
