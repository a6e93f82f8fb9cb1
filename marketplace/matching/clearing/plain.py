"""Deferred acceptance in plain Python: what holds, and what runs without numba."""

from collections import deque
from heapq import heappush, heapreplace

import numpy as np

from marketplace.matching.clearing.enums import EdgeState
from marketplace.matching.clearing.market import LAST, NOBODY, Integers, Market
from marketplace.matching.clearing.values import Pass

UNTRIED, LEFT, REJECTED = map(int, EdgeState)
CLASS_BIT, ESCAPE_BIT, SECOND_BIT = 34, 33, 32
FREE = 2**62


def pass_plainly(market: Market, capacity: Integers, *, second: bool) -> Pass:
    """Clears once with these capacities (int64[m]); `second` gives a second chance."""
    return _Queue(market, capacity, second=second).worked_off()


class _Queue:
    """Pupils who still ask, and what every seat holds meanwhile."""

    def __init__(self, market: Market, capacity: Integers, *, second: bool) -> None:
        self.off = market.off.tolist()
        self.seat = market.edge_seat.tolist()
        self.klass = market.edge_class.tolist()
        self.is_last = (market.edge & np.uint64(LAST)).tolist()
        self.lot_rank = market.lot_rank.tolist()
        self.friend = market.friend.tolist()
        self.host = market.seats.host.tolist()
        self.capacity = capacity.tolist()
        self.second = second
        self.ptr = self.off[:-1]
        self.state = [UNTRIED] * len(self.seat)
        self.promoted = [False] * len(self.lot_rank)
        # Of each seat the negative keys with their pupils: the least is the worst.
        self.held: list[list[tuple[int, int]]] = [[] for _ in self.capacity]
        self.at = [NOBODY] * len(self.lot_rank)
        self.proposals = 0

    def worked_off(self) -> Pass:
        waiting = deque(np.argsort(np.array(self.lot_rank), kind="stable").tolist())
        while waiting:
            displaced = self._ask(waiting.popleft())
            if displaced is not None:
                waiting.append(displaced)
        cut = [self._cut(j) for j in range(len(self.capacity))]
        return Pass(
            np.array(self.at, np.int64), np.array(cut, np.int64), self.proposals
        )

    def _ask(self, i: int) -> int | None:
        """Lets a pupil ask until a seat takes her or the list ends; who lost a seat."""
        while self._has_wishes(i):
            tier = range(self.ptr[i], self._end_of_tier(self.ptr[i]))
            e = self._next_wish(i, tier)
            if e is None:
                self.ptr[i] = tier.stop
                continue
            self.proposals += 1
            key = self._key(i, e, tier)
            held = self.held[self.seat[e]]
            if len(held) < self.capacity[self.seat[e]]:
                heappush(held, (-key, i))
                self.at[i] = e
                return None
            out = self._release(i, e, key)
            if out != i:
                return out
        return None

    def _has_wishes(self, i: int) -> bool:
        """False at the end of the list; whoever may asks once more from its start."""
        start, stop = self.off[i], self.off[i + 1]
        if self.ptr[i] == stop and self.second and not self.promoted[i]:
            self.promoted[i] = True
            self.ptr[i] = start
            self.state[start:stop] = [UNTRIED] * (stop - start)
        return bool(self.ptr[i] < stop)

    def _end_of_tier(self, e: int) -> int:
        while not self.is_last[e]:
            e += 1
        return e + 1

    def _next_wish(self, i: int, tier: range) -> int | None:
        """Untried seats before those left, of these free ones, then near a friend."""
        friend = self.friend[i]
        seat_of_friend = self.at[friend] if friend != NOBODY else NOBODY
        town = (
            self.host[self.seat[seat_of_friend]] if seat_of_friend != NOBODY else None
        )

        def rank(e: int) -> tuple[bool, bool, bool]:
            j = self.seat[e]
            is_full = len(self.held[j]) >= self.capacity[j]
            return self.state[e] == LEFT, is_full, self.host[j] != town

        open_wishes = (e for e in tier if self.state[e] != REJECTED)
        return min(open_wishes, key=rank, default=None)

    def _key(self, i: int, e: int, tier: range) -> int:
        """Class, escape, second chance, lot: a full seat releases the largest."""
        untried = sum(self.state[x] == UNTRIED for x in tier)
        return int(
            self.klass[e] << CLASS_BIT
            | (untried > 1) << ESCAPE_BIT
            | (not self.promoted[i]) << SECOND_BIT
            | self.lot_rank[i]
        )

    def _release(self, i: int, e: int, key: int) -> int:
        """Lets a full seat choose between a pupil and its worst; who has to go."""
        j = self.seat[e]
        out, out_key = i, key
        if key < self._cut(j):
            worst, out = heapreplace(self.held[j], (-key, i))
            out_key, out_edge = -worst, self.at[out]
            self.at[out], self.at[i] = NOBODY, e
        else:
            out_edge = e
        is_close = out_key >> CLASS_BIT == self._cut(j) >> CLASS_BIT
        has_escape = out_key >> ESCAPE_BIT & 1
        self.state[out_edge] = LEFT if has_escape and is_close else REJECTED
        return out

    def _cut(self, j: int) -> int:
        """The worst key a full seat holds; below all keys where there is no place."""
        if not self.capacity[j]:
            return NOBODY
        is_full = len(self.held[j]) == self.capacity[j]
        return -self.held[j][0][0] if is_full else FREE
