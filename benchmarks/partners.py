"""The list of partners: how long the first 20 of n take, checked in plain Python."""

from collections.abc import Iterator
from random import Random
from statistics import quantiles
from time import perf_counter

from benchmarks.order import Line, Order, line
from marketplace.matching.scores.enums import Direction, Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.ranking import LISTED, rank
from marketplace.matching.scores.values import Line as NeedLine
from marketplace.matching.scores.values import Profile, position_of
from marketplace.matching.scores.weights import topic_weights

SEED = 7
QUERIES, CHECKED = 200, 20


def partners_kernel(order: Order) -> Iterator[Line]:
    """Ranks for 200 of so many profiles; milliseconds at the median and 99 %."""
    size = order.size
    profiles = _profiles(size)
    index = MatchIndex(profiles, topic_weights(p.topics for p in profiles))
    asked = Random(SEED).sample(range(size), min(QUERIES, size))  # noqa: S311
    rank(index, asked[0])  # compiles
    times = [_timed(index, number) for number in asked]
    is_right = all(_is_right(index, number) for number in asked[:CHECKED])
    cuts = quantiles(times, n=100)
    for unit, value in (("ms_p50", cuts[49]), ("ms_p99", cuts[98])):
        yield line("partners_kernel", size, unit, value, is_right=is_right)


def _timed(index: MatchIndex, number: int) -> float:
    start = perf_counter()
    rank(index, number)
    return 1000 * (perf_counter() - start)


def _is_right(index: MatchIndex, number: int) -> bool:
    profile = index.profiles[number]
    others = index.profiles.values()
    expected = ranked_plainly(profile, others, index.weights, index.relations, LISTED)
    return rank(index, number) == expected


def _profiles(size: int) -> list[Profile]:
    dice = Random(SEED)  # noqa: S311 - made-up profiles need no secret
    return [_profile(dice, number) for number in range(size)]


def _profile(dice: Random, number: int) -> Profile:
    side = Side(number % 2)
    direction = Direction.NEED if side is Side.PROVIDER else Direction.GIVE
    return Profile(
        profile_id=number,
        side=side,
        organisation_id=number,
        position=position_of(dice.uniform(50.2, 53.0), dice.uniform(9.9, 15.0)),
        radius_km=dice.choice([25, 50, 100, 150]),
        topics=dice.getrandbits(12),
        audiences=dice.getrandbits(6),
        months=dice.getrandbits(12),
        lines=tuple(
            NeedLine(
                line_no=k,
                direction=direction,
                kind=dice.randrange(4),
                open_quantity=dice.randrange(1, 40),
            )
            for k in range(1, dice.randrange(2, 5))
        ),
    )
