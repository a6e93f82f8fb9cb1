"""Made-up rounds, small enough to look at every result."""

from itertools import permutations, product
from random import Random

from marketplace.matching.clearing.market import Seats, Wish, build_market


def random_market(dice, pupils=6, seats=6, *, minimum=0, most=6, is_full=False):
    """Tiers, three classes, up to two places, two friends, towns."""
    n, m = dice.randint(1, pupils), dice.randint(1, seats)
    if is_full:
        n, m = pupils, seats
    wishes = []
    for pupil in range(n):
        tier = 1
        chosen = dice.sample(range(m), dice.randint(0, min(m, most)))
        for pos, seat in enumerate(chosen):
            tier += bool(pos) and dice.random() < 0.5
            wishes.append(Wish(pupil, seat, tier, pos, dice.randrange(3)))
    lots = list(range(1, n + 1))
    dice.shuffle(lots)
    friend = [-1] * n
    if n > 1:
        one, other = dice.sample(range(n), 2)
        friend[one], friend[other] = other, one
    places = Seats.of(
        [dice.randint(0, 2) for _ in range(m)],
        [dice.randint(0, minimum) for _ in range(m)],
        [dice.randrange(3) for _ in range(m)],
    )
    return build_market(wishes, lots, places, friend=friend)


def strict_lists(dice, size):
    """Pupils' and seats' whole orders, and places, without one tie."""
    seats = max(1, size // 5)
    pupils = [dice.sample(range(seats), dice.randint(1, seats)) for _ in range(size)]
    wishing = [[p for p in range(size) if s in pupils[p]] for s in range(seats)]
    orders = [dice.sample(some, len(some)) for some in wishing]
    return pupils, orders, [dice.randint(1, 8) for _ in range(seats)]


def market_of_lists(pupils, orders, capacity):
    """A round whose classes are whole orders of the pupils."""
    place = [{p: k for k, p in enumerate(order)} for order in orders]
    wishes = [
        Wish(pupil, seat, tier, 0, place[seat][pupil])
        for pupil, chosen in enumerate(pupils)
        for tier, seat in enumerate(chosen, 1)
    ]
    return build_market(wishes, range(1, len(pupils) + 1), Seats.of(capacity))


# The lists one pupil can have of two seats: each seat with its tier, in order.
LISTS = [
    (),
    ((0, 1),),
    ((1, 1),),
    ((0, 1), (1, 2)),
    ((1, 1), (0, 2)),
    ((0, 1), (1, 1)),
    ((1, 1), (0, 1)),
]


def all_markets_of_two(first, second):
    """Every round of two pupils with these lists and two seats of 0 to 2 places."""
    lists = first, second
    pairs = [(p, seat) for p, chosen in enumerate(lists) for seat, _ in chosen]
    for classes in product((0, 1), repeat=len(pairs)):
        klass = dict(zip(pairs, classes, strict=True))
        wishes = [
            Wish(p, seat, tier, pos, klass[p, seat])
            for p, chosen in enumerate(lists)
            for pos, (seat, tier) in enumerate(chosen)
        ]
        for capacity in product((0, 1, 2), repeat=2):
            for lots in permutations((1, 2)):
                yield build_market(wishes, lots, Seats.of(capacity))


def dice_of(*seed):
    """The same throws for the same seed."""
    return Random(repr(seed))  # noqa: S311 - made-up rounds need no secret
