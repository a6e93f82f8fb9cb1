"""Bundles: how long 30 partners for 12 lines take, checked against every set."""

from collections.abc import Iterator
from itertools import combinations
from random import Random
from statistics import quantiles
from time import perf_counter

import numpy as np

from benchmarks.order import Line, Order, line
from marketplace.matching.scores.bundles import Bundles, best_bundles
from marketplace.matching.scores.coverage import WHOLE_PPM
from marketplace.matching.scores.enums import Direction, Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.readying import warm_up
from marketplace.matching.scores.records import Integers
from marketplace.matching.scores.sets import MOST_PARTNERS, Candidate, Pool
from marketplace.matching.scores.values import Line as NeedLine
from marketplace.matching.scores.values import Profile, position_of
from marketplace.matching.scores.weights import topic_weights

SEED = 11
MARKETS, CHECKED = 100, 10
PARTNERS, LINES = 30, 12
ASKING = 0


def bundles(_order: Order) -> Iterator[Line]:
    """Finds the three bundles in 100 markets; milliseconds at 99 %."""
    dice = Random(SEED)  # noqa: S311 - made-up profiles need no secret
    markets = [_market(dice) for _number in range(MARKETS)]
    warm_up(markets[0].weights)
    times, is_right = [], True
    for number, market in enumerate(markets):
        start = perf_counter()
        found = best_bundles(market, ASKING)
        times.append(1000 * (perf_counter() - start))
        if number < CHECKED:
            is_right = is_right and _is_right(found)
    yield line(
        "bundles", PARTNERS, "ms_p99", quantiles(times, n=100)[98], is_right=is_right
    )


def _is_right(found: Bundles | None) -> bool:
    """Says whether no other set is better; each market has one."""
    if found is None:
        return False
    pool = found.best.pool
    return [set(found.best.members), set(found.pair.members)] == [
        _best_of_all(pool, MOST_PARTNERS),
        _best_of_all(pool, 2),
    ]


def _best_of_all(pool: Pool, most: int) -> set[Candidate]:
    """Looks at each set there is, all of one size at a time."""
    takes = np.array([c.takes for c in pool.candidates], np.int64)
    best = None
    for size in range(1, most + 1):
        sets = np.array(list(combinations(range(len(takes)), size)))
        lacking = _lacking(pool, takes[sets].sum(axis=1))
        for members in sets[lacking == lacking.min()].tolist():
            chosen = [pool.candidates[k] for k in members]
            worth = (
                int(lacking.min()),
                size,
                -sum(c.reciprocal for c in chosen),
                sum(c.distance for c in chosen),
                sorted(c.profile_id for c in chosen),
            )
            best = min(best or (worth, chosen), (worth, chosen), key=lambda b: b[0])
    return set(best[1]) if best else set()


def _lacking(pool: Pool, given: Integers) -> Integers:
    """What each set leaves open of the whole, counted line by line from the wants."""
    lacking = np.full(len(given), WHOLE_PPM * len(pool.wants), np.int64)
    unit = 0
    for want in pool.wants:
        own = given[:, unit : unit + len(want.slots)]
        unit += len(want.slots)
        shares = WHOLE_PPM * np.minimum(own, want.needed) // want.needed
        lacking -= shares.sum(axis=1) // len(want.slots)
    return lacking


def _market(dice: Random) -> MatchIndex:
    """One offer with twelve needs, and thirty companies that each give some of it."""
    needs = [
        (kind, item, dice.choice([1, 2, 5, 10, 12, 20, 40, 2000]), dice.getrandbits(2))
        for kind in range(4)
        for item in range(1, 4)
    ]
    asking = _profile(dice, ASKING, Side.PROVIDER, needs)
    giving = [
        _profile(
            dice,
            number,
            Side.COMPANY,
            [
                (kind, item, max(1, quantity * dice.choice([1, 2, 4, 8]) // 8), slots)
                for kind, item, quantity, slots in dice.sample(
                    needs, dice.randint(2, 5)
                )
            ],
        )
        for number in range(1, PARTNERS + 1)
    ]
    profiles = [asking, *giving]
    return MatchIndex(profiles, topic_weights(p.topics for p in profiles))


def _profile(
    dice: Random, number: int, side: Side, rows: list[tuple[int, int, int, int]]
) -> Profile:
    return Profile(
        profile_id=number,
        side=side,
        organisation_id=number,
        position=position_of(dice.uniform(51.2, 51.7), dice.uniform(11.7, 12.5)),
        radius_km=150,
        topics=dice.getrandbits(12),
        audiences=dice.getrandbits(6),
        months=dice.getrandbits(12),
        is_declared=True,
        lines=tuple(
            NeedLine(
                line_no=line_no,
                direction=Direction(side),
                kind=kind,
                item=item,
                open_quantity=quantity,
                slots=slots,
            )
            for line_no, (kind, item, quantity, slots) in enumerate(rows, 1)
        ),
    )
