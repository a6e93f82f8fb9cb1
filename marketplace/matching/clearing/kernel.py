"""Deferred acceptance compiled by numba, in one pass over the queue.

The same result as `plain`, wish by wish. Everything compiled stands in this module, for
numba notices changes of no other. Masks stay uint64 and sums int64: mixed, numba would
make floats of them.
"""

from typing import Any, NamedTuple

import numpy as np

from marketplace.foundation.compiling import compiled
from marketplace.matching.clearing.market import Market
from marketplace.matching.clearing.values import Pass

# Numba types them itself.
Array = Any
Number = Any

UNTRIED, LEFT, REJECTED = 0, 1, 2
NONE, ONE = np.int64(-1), np.int64(1)
FREE, WORST = np.int64(2**62), np.int64(8)
CLASS_BIT, ESCAPE_BIT, SECOND_BIT = 34, 33, 32
SEAT_BITS, CLASS_BITS = np.uint64(32), np.uint64(8)
LAST, CLASS_MASK = np.uint64(1), np.uint64(2**24 - 1)


class Wishes(NamedTuple):
    """What pupils want; never changed."""

    off: Array
    edge: Array
    lot_rank: Array
    friend: Array
    host: Array


class Course(NamedTuple):
    """How far each pupil is in her list, and the wish she holds."""

    ptr: Array
    state: Array
    promoted: Array
    at: Array


class Heaps(NamedTuple):
    """What each seat holds: `key` and `pupil` from `off` on, the worst first."""

    off: Array
    key: Array
    pupil: Array
    load: Array
    cut: Array


def pass_with_numba(market: Market, capacity: Array, *, second: bool) -> Pass:
    """Clears once with these capacities (int64[m]); `second` gives a second chance."""
    n, m = market.pupil_count, len(capacity)
    wishes = Wishes(
        market.off, market.edge, market.lot_rank, market.friend, market.seats.host
    )
    course = Course(
        ptr=market.off[:-1].copy(),
        state=np.zeros(len(market.edge), np.uint8),
        promoted=np.zeros(n, np.uint8),
        at=np.full(n, NONE, np.int64),
    )
    off = np.zeros(m + 1, np.int64)
    np.cumsum(capacity, out=off[1:])
    heaps = Heaps(
        off=off,
        key=np.zeros(off[-1], np.int64),
        pupil=np.zeros(off[-1], np.int32),
        load=np.zeros(m, np.int64),
        cut=np.where(capacity > 0, FREE, NONE),
    )
    queue = np.argsort(market.lot_rank, kind="stable").astype(np.int32)
    proposals = _work_off(wishes, course, heaps, queue, second)
    return Pass(course.at, heaps.cut, int(proposals))


@compiled
def _work_off(
    wishes: Array, course: Array, heaps: Array, queue: Array, second: bool
) -> Number:
    """Lets everybody ask, and whoever is displaced again; counts the proposals."""
    n = len(queue)
    head, waiting, proposals = 0, n, 0
    while waiting:
        i = np.int64(queue[head])
        head = head + 1 if head + 1 < n else 0
        waiting -= 1
        asked, out = _ask(wishes, course, heaps, i, second)
        proposals += asked
        if out >= 0:
            tail = head + waiting
            queue[tail if tail < n else tail - n] = out
            waiting += 1
    return proposals


@compiled
def _ask(wishes: Array, course: Array, heaps: Array, i: Number, second: bool) -> Number:
    """Asks until a seat takes a pupil or her list ends; who lost a seat, else NONE."""
    asked = 0
    while _has_wishes(wishes, course, i, second):
        e, end, escape = _next(wishes, course, heaps, i)
        if e < 0:
            course.ptr[i] = end
            continue
        asked += 1
        turn = ONE - np.int64(course.promoted[i])
        klass = np.int64((wishes.edge[e] >> CLASS_BITS) & CLASS_MASK)
        key = (
            (klass << CLASS_BIT)
            | (escape << ESCAPE_BIT)
            | (turn << SECOND_BIT)
            | wishes.lot_rank[i]
        )
        j = np.int64(wishes.edge[e] >> SEAT_BITS)
        if heaps.load[j] < heaps.off[j + 1] - heaps.off[j]:
            _push(heaps, j, key, i)
            course.at[i] = e
            return asked, NONE
        out = _release(course, heaps, j, (i, e, key))
        if out != i:
            return asked, out
    return asked, NONE


@compiled
def _has_wishes(wishes: Array, course: Array, i: Number, second: bool) -> Number:
    """False at the end of the list; whoever may asks once more from its start."""
    start, stop = wishes.off[i], wishes.off[i + 1]
    if course.ptr[i] == stop and second and not course.promoted[i]:
        course.promoted[i] = 1
        course.ptr[i] = start
        course.state[start:stop] = UNTRIED
    return course.ptr[i] < stop


@compiled
def _next(wishes: Array, course: Array, heaps: Array, i: Number) -> Number:
    """The wish of the tier to try now, the end of the tier, and the escape.

    Untried seats before those left; of these free ones, then where the friend is.
    """
    town, friend = NONE, wishes.friend[i]
    if friend >= 0 and course.at[friend] >= 0:
        town = wishes.host[np.int64(wishes.edge[course.at[friend]] >> SEAT_BITS)]
    best, least, untried = NONE, WORST, 0
    e = course.ptr[i]
    while True:
        if course.state[e] != REJECTED:
            j = np.int64(wishes.edge[e] >> SEAT_BITS)
            is_left = course.state[e] == LEFT
            is_full = heaps.load[j] >= heaps.off[j + 1] - heaps.off[j]
            rank = 4 * is_left + 2 * is_full + (town < 0 or wishes.host[j] != town)
            untried += not is_left
            if rank < least:
                best, least = e, rank
        if wishes.edge[e] & LAST:
            return best, e + 1, np.int64(untried > 1)
        e += 1


@compiled
def _release(course: Array, heaps: Array, j: Number, asking: Number) -> Number:
    """Lets a full seat choose between who asks and its worst; who has to go."""
    i, e, key = asking
    out, out_edge, out_key = i, e, key
    if key < heaps.cut[j]:
        first = heaps.off[j]
        out, out_key = np.int64(heaps.pupil[first]), heaps.key[first]
        out_edge = course.at[out]
        _replace(heaps, j, key, i)
        course.at[out], course.at[i] = NONE, e
    is_close = (out_key >> CLASS_BIT) == (heaps.cut[j] >> CLASS_BIT)
    has_escape = (out_key >> ESCAPE_BIT) & ONE
    course.state[out_edge] = LEFT if has_escape and is_close else REJECTED
    return out


@compiled
def _push(heaps: Array, j: Number, key: Number, i: Number) -> None:
    """Gives a pupil a free place of a seat."""
    first, k = heaps.off[j], heaps.load[j]
    while k > 0:
        parent = (k - 1) >> 1
        if heaps.key[first + parent] >= key:
            break
        heaps.key[first + k] = heaps.key[first + parent]
        heaps.pupil[first + k] = heaps.pupil[first + parent]
        k = parent
    heaps.key[first + k] = key
    heaps.pupil[first + k] = i
    heaps.load[j] += 1
    if first + heaps.load[j] == heaps.off[j + 1]:
        heaps.cut[j] = heaps.key[first]


@compiled
def _replace(heaps: Array, j: Number, key: Number, i: Number) -> None:
    """Gives a pupil the place of the worst of a full seat."""
    first, size, k = heaps.off[j], heaps.load[j], 0
    while True:
        child = 2 * k + 1
        if child >= size:
            break
        if child + 1 < size and heaps.key[first + child + 1] > heaps.key[first + child]:
            child += 1
        if heaps.key[first + child] <= key:
            break
        heaps.key[first + k] = heaps.key[first + child]
        heaps.pupil[first + k] = heaps.pupil[first + child]
        k = child
    heaps.key[first + k] = key
    heaps.pupil[first + k] = i
    heaps.cut[j] = heaps.key[first]
