"""Clearing rounds: how long a round takes, and how long a library takes for it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from time import perf_counter
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.order import Line, Order, line
from benchmarks.world import BenchError
from marketplace.foundation.compiling import compiled
from marketplace.matching.clearing.checking import check_round
from marketplace.matching.clearing.clear import clear
from marketplace.matching.clearing.market import (
    CLASS_SHIFT,
    LAST,
    NOBODY,
    SEAT_SHIFT,
    Integers,
    Market,
    Seats,
    build_market,
)
from marketplace.matching.clearing.values import Outcome

library: ModuleType | None
try:
    import matching.games as library
except ImportError:
    library = None

SEED = 7
WISHES, CLASSES, PLACES = 10, 3, 10
# Beyond so many pupils plain Python takes longer than anybody waits.
MOST_PLAIN = 100_000
RUNS = 3

Orders = Sequence[Sequence[int]]


def clearing(order: Order) -> Iterator[Line]:
    """Seconds from arrays to arrays: ten wishes each, half of them tied."""
    market = _market(order.size)
    clear(_market(10))  # compiles
    seconds, outcome = _quickest(lambda: clear(market))
    is_right = _is_stable(market, outcome)
    if order.size <= MOST_PLAIN:
        is_right &= _are_equal(outcome, clear(market, is_compiled=False))
    yield line("clearing", order.size, "s", seconds, is_right=is_right)


def clearing_python(order: Order) -> Iterator[Line]:
    """Seconds of the same without numba, on at most 100,000 pupils."""
    size = min(order.size, MOST_PLAIN)
    market = _market(size)
    begin = perf_counter()
    outcome = clear(market, is_compiled=False)
    seconds = perf_counter() - begin
    is_right = _are_equal(outcome, clear(market))
    yield line("clearing_python", size, "s", seconds, is_right=is_right)


def clearing_vs_library(order: Order) -> Iterator[Line]:
    """How many times faster than the package `matching`, both from the same lists."""
    if library is None:
        raise BenchError("clearing_vs_library needs the package matching (extra test).")
    size = order.size
    pupils, orders, capacity = _lists(size)
    _cleared_lists(*_lists(20))  # compiles
    ours, outcome = _quickest(lambda: _cleared_lists(pupils, orders, capacity))
    begin = perf_counter()
    theirs = _solved(library, pupils, orders, capacity)
    ratio = (perf_counter() - begin) / ours
    is_right = outcome.seat.tolist() == theirs
    yield line("clearing_vs_library", size, "ratio", ratio, is_right=is_right)


def _market(size: int) -> Market:
    """So many pupils with as many places, in random tiers and classes."""
    dice = np.random.default_rng(SEED)
    seats = max(WISHES, size // PLACES)
    seat = distinct(dice, size, seats)
    tier = 1 + np.cumsum(dice.random(seat.shape) < 1 / 2, axis=1)
    tier -= tier[:, :1] - 1
    wishes = np.column_stack(
        [
            np.repeat(np.arange(size), WISHES),
            seat.ravel(),
            tier.ravel(),
            np.tile(np.arange(WISHES), size),
            dice.integers(0, CLASSES, seat.size),
        ]
    )
    places = Seats.of(dice.integers(5, 16, seats).tolist())
    return build_market(wishes, dice.permutation(size) + 1, places)


def distinct(dice: np.random.Generator, size: int, seats: int) -> Integers:
    """Ten different seats each: a start and steps that sum to less than a round."""
    steps = dice.integers(1, max(2, seats // WISHES), (size, WISHES))
    start = dice.integers(0, seats, (size, 1))
    return (start + np.cumsum(steps, axis=1)) % seats


def _lists(size: int) -> tuple[Orders, Orders, list[int]]:
    """The whole orders of both sides, without a tie, as lists."""
    dice = np.random.default_rng(SEED)
    seats = max(WISHES, size // PLACES)
    wished = distinct(dice, size, seats)
    orders: list[list[int]] = [[] for _ in range(seats)]
    for pupil in dice.permutation(size).tolist():
        for seat in wished[pupil].tolist():
            orders[seat].append(pupil)
    return wished.tolist(), orders, dice.integers(5, 16, seats).tolist()


def _cleared_lists(pupils: Orders, orders: Orders, capacity: list[int]) -> Outcome:
    """Packs the lists into a market, whose classes are the orders, and clears it."""
    off, seat = _flat(pupils)
    klass = _joined(off, seat, *_flat(orders))
    edge = seat.astype(np.uint64) << np.uint64(SEAT_SHIFT)
    edge |= klass.astype(np.uint64) << np.uint64(CLASS_SHIFT) | np.uint64(LAST)
    tier = np.arange(1, len(seat) + 1) - np.repeat(off[:-1], np.diff(off))
    ranks = np.arange(1, len(pupils) + 1)
    friend = np.full(len(pupils), NOBODY)
    return clear(Market(off, edge, tier, ranks, friend, Seats.of(capacity)))


def _flat(lists: Orders) -> tuple[Integers, Integers]:
    """Where each list begins, and all of them in a row."""
    off = np.zeros(len(lists) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=off[1:])
    return off, np.fromiter(chain.from_iterable(lists), np.int64, int(off[-1]))


@compiled
def _joined(off: Any, seat: Any, order_off: Any, order: Any) -> Any:
    """The place of each pupil in the order of each seat she wishes, by counting."""
    n = len(off) - 1
    fill = off[:-1].copy()
    seat_of, place_of = np.zeros(len(order), np.int64), np.zeros(len(order), np.int64)
    for j in range(len(order_off) - 1):
        for k in range(order_off[j], order_off[j + 1]):
            p = order[k]
            seat_of[fill[p]] = j
            place_of[fill[p]] = k - order_off[j]
            fill[p] += 1
    places = np.zeros(len(order_off) - 1, np.int64)
    klass = np.zeros(len(seat), np.int64)
    for p in range(n):
        for k in range(off[p], off[p + 1]):
            places[seat_of[k]] = place_of[k]
        for k in range(off[p], off[p + 1]):
            klass[k] = places[seat[k]]
    return klass


def _solved(
    games: ModuleType, pupils: Orders, orders: Orders, capacity: list[int]
) -> list[int]:
    """The seat the library gives each pupil, NOBODY for none."""
    deepest = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        game = games.HospitalResident.create_from_dictionaries(
            {pupil: [f"s{j}" for j in seats] for pupil, seats in enumerate(pupils)},
            {f"s{j}": order for j, order in enumerate(orders) if order},
            {f"s{j}": capacity[j] for j, order in enumerate(orders) if order},
        )
        solution = game.solve(optimal="resident")
    finally:
        sys.setrecursionlimit(deepest)
    seats = [NOBODY] * len(pupils)
    for hospital, residents in solution.items():
        for resident in residents:
            seats[resident.name] = int(hospital.name[1:])
    return seats


def _quickest(act: Callable[[], Outcome]) -> tuple[float, Outcome]:
    """The shortest of three runs: what the machine does beside only lengthens one."""
    times = []
    for _ in range(RUNS):
        begin = perf_counter()
        outcome = act()
        times.append(perf_counter() - begin)
    return min(times), outcome


def _is_stable(market: Market, outcome: Outcome) -> bool:
    findings = check_round(market, outcome)
    return not findings.blocking_pairs and not findings.lot_envy


def _are_equal(one: Outcome, other: Outcome) -> bool:
    return one.seat.tolist() == other.seat.tolist()
