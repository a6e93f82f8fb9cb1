from itertools import islice, product

import numpy as np
import pytest
from matching.games import HospitalResident

from marketplace.matching.clearing.checking import check_round, cutoffs
from marketplace.matching.clearing.clear import clear
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.market import NOBODY, Seats, Wish, build_market
from tests.matching.clearing.markets import (
    LISTS,
    all_markets_of_two,
    dice_of,
    market_of_lists,
    random_market,
    strict_lists,
)
from tests.matching.clearing.oracle import (
    blocking_pairs,
    envied,
    most_that_fit,
    stable_results,
    wishes_of,
)

X, Y, Z = range(3)
# Pupils 1 to 5 of the worked example with their lots.
LOTS = [3, 5, 1, 2, 4]
# How many pupils the 200 rounds without ties have; most are small, for the library is
# slow with many.
STRICT = [*range(5, 56), *range(5, 55), *range(5, 55), *range(5, 52), 120, 200]
EXAMPLE = [
    Wish(0, X, 1, 1),
    Wish(0, Y, 1, 2),
    Wish(1, X, 1, 1),
    Wish(1, Z, 2, 2),
    Wish(2, Y, 1, 1),
    Wish(2, X, 2, 2),
    Wish(3, X, 1, 1, 1),
    Wish(4, Z, 1, 1),
]
SEATS = Seats.of([1, 1, 2], [0, 0, 2])


@pytest.mark.parametrize("rule", Rule)
def test_worked_example_ends_as_it_should(rule):
    market = build_market(EXAMPLE, LOTS, SEATS)

    outcome = clear(market, rule)

    assert outcome.seat.tolist() == [X, Z, Y, NOBODY, Z]
    assert outcome.tier.tolist() == [1, 2, 1, 0, 1]
    assert cutoffs(market, outcome) == [(0, 3), (0, 1), (0, 5)]
    assert (outcome.closed, outcome.runs) == ((), 1)


@pytest.mark.parametrize("rule", Rule)
def test_seat_below_its_minimum_closes_and_all_ask_again(rule):
    market = build_market(EXAMPLE[:-1], LOTS[:4], SEATS)

    outcome = clear(market, rule)

    assert outcome.seat.tolist() == [X, NOBODY, Y, NOBODY]
    assert (outcome.closed, outcome.runs) == ((Z,), 2)


def test_seat_that_nobody_wishes_closes_without_a_run():
    market = build_market([Wish(0, 0, 1)], [1], Seats.of([1, 3], [1, 2]))

    outcome = clear(market)

    assert (outcome.seat.tolist(), outcome.closed, outcome.runs) == ([0], (1,), 1)


def test_seat_that_misses_most_closes_first_and_saves_the_other():
    wishes = [Wish(0, 0, 1), Wish(0, 1, 2), Wish(1, 1, 1)]
    market = build_market(wishes, [1, 2], Seats.of([5, 2], [3, 2]))

    outcome = clear(market)

    assert (outcome.seat.tolist(), outcome.closed) == ([1, 1], (0,))


def test_friend_draws_to_the_town_of_a_friend():
    wishes = [Wish(0, 2, 1), Wish(1, 0, 1, 0), Wish(1, 1, 1, 1)]
    places = Seats.of([1, 1, 1], host=[7, 8, 8])

    alone = clear(build_market(wishes, [1, 2], places))
    together = clear(build_market(wishes, [1, 2], places, friend=[1, 0]))

    assert alone.seat.tolist() == [2, 0]
    assert together.seat.tolist() == [2, 1]


def test_round_without_pupils_and_without_seats_has_no_result():
    assert clear(build_market([], [], Seats.of([2]))).placed == 0
    assert clear(build_market([], [1], Seats.of([]))).seat.tolist() == [NOBODY]


@pytest.mark.parametrize("first", LISTS)
@pytest.mark.parametrize("second", LISTS)
def test_every_round_of_two_ends_stable(first, second):
    for market in all_markets_of_two(first, second):
        stable = set(stable_results(market))
        for rule, is_compiled in product(Rule, [False, True]):
            outcome = clear(market, rule, is_compiled=is_compiled)

            assert tuple(outcome.seat.tolist()) in stable


@pytest.mark.parametrize("seed", range(8))
def test_random_rounds_keep_what_the_rules_promise(seed):
    dice = dice_of("random", seed)
    for _ in range(2_500):
        market = random_market(dice, minimum=dice.choice([0, 0, 2]))
        for rule in Rule:
            outcome = clear(market, rule)
            _assert_promises(market, rule, outcome)


def _assert_promises(market, rule, outcome):
    seats = outcome.seat.tolist()
    findings = check_round(market, outcome)
    envy = envied(market, seats, outcome.closed)
    assert blocking_pairs(market, seats, outcome.closed) == set()
    assert findings.blocking_pairs == 0
    assert findings.lot_envy == len(envy)
    if rule is Rule.LOT_FAIR:
        assert envy == set()
    load = np.bincount(outcome.seat[outcome.seat >= 0], minlength=len(market.seats))
    is_open = np.ones(len(load), bool)
    is_open[list(outcome.closed)] = False
    assert (load <= market.seats.capacity).all()
    assert (load[~is_open] == 0).all()
    minimum = np.where(market.seats.capacity > 0, market.seats.minimum, 0)
    assert (load[is_open] >= minimum[is_open]).all()
    if not outcome.closed:
        assert 2 * outcome.placed >= most_that_fit(market)


@pytest.mark.parametrize("seed", range(4))
def test_small_rounds_are_among_all_stable_ones(seed):
    dice = dice_of("small", seed)
    for market in islice(iter(lambda: random_market(dice, 4, 3), None), 100):
        stable = set(stable_results(market))
        for rule in Rule:
            assert tuple(clear(market, rule).seat.tolist()) in stable


def test_first_tier_with_a_seat_within_reach_is_the_one():
    dice = dice_of("reach")
    for _ in range(500):
        market = random_market(dice)
        outcome = clear(market)
        cuts = cutoffs(market, outcome)
        capacity = market.seats.capacity.tolist()
        for pupil, wished in enumerate(wishes_of(market)):
            lot = int(market.lot_rank[pupil])
            tiers = [
                tier
                for seat, (tier, klass) in wished.items()
                if capacity[seat] and (cuts[seat] is None or (klass, lot) <= cuts[seat])
            ]
            assert outcome.tier[pupil] == min(tiers, default=0)


@pytest.mark.parametrize("seed", range(3))
def test_numba_and_plain_python_agree_to_the_last_proposal(seed):
    dice = dice_of("both", seed)
    for _ in range(1_000):
        market = random_market(dice, 12, 8, minimum=dice.choice([0, 2]))
        for rule in Rule:
            fast = clear(market, rule, is_compiled=True)
            plain = clear(market, rule, is_compiled=False)

            assert fast.seat.tolist() == plain.seat.tolist()
            assert fast.closed == plain.closed
            assert (fast.runs, fast.proposals) == (plain.runs, plain.proposals)


@pytest.mark.parametrize("seed", range(3))
def test_weakly_blocking_pairs_are_none_in_rounds_of_a_thousand(seed):
    dice = dice_of("thousand", seed)
    for _ in range(34):
        market = random_market(dice, 1_000, 300, most=12, is_full=True)
        for rule in Rule:
            assert check_round(market, clear(market, rule)).blocking_pairs == 0


@pytest.mark.parametrize(
    ("rule", "share"), [(Rule.LOT_FAIR, 0.926), (Rule.MOST_PLACES, 0.952)]
)
def test_share_of_the_most_that_fit_is_known(rule, share):
    dice, placed, most = dice_of("most"), 0, 0
    for _ in range(40):
        market = random_market(dice, 60, 40, is_full=True)
        count, optimum = clear(market, rule).placed, most_that_fit(market)
        assert count <= optimum
        placed, most = placed + count, most + optimum

    assert round(placed / most, 3) == share


@pytest.mark.parametrize("part", range(4))
def test_results_without_ties_are_those_of_the_library(part):
    for number, size in list(enumerate(STRICT))[part::4]:
        dice = dice_of("strict", number)
        pupils, orders, capacity = strict_lists(dice, size)
        outcome = clear(market_of_lists(pupils, orders, capacity))
        seats = enumerate(outcome.seat.tolist())

        placed = {pupil: seat for pupil, seat in seats if seat != NOBODY}
        assert placed == _solved_by_library(pupils, orders, capacity)


def _solved_by_library(pupils, orders, capacity):
    """The best result for the pupils, as the package `matching` finds it."""
    game = HospitalResident.create_from_dictionaries(
        {pupil: [f"s{seat}" for seat in seats] for pupil, seats in enumerate(pupils)},
        {f"s{seat}": order for seat, order in enumerate(orders) if order},
        {f"s{seat}": n for seat, n in enumerate(capacity) if orders[seat]},
    )
    return {
        resident.name: int(seat.name[1:])
        for seat, residents in game.solve(optimal="resident").items()
        for resident in residents
    }


def test_order_of_pupils_and_seats_changes_nothing():
    dice = dice_of("relabel")
    for _ in range(300):
        market = random_market(dice, 8, 6, minimum=1)
        n, m = market.pupil_count, len(market.seats)
        pupil, seat = dice.sample(range(n), n), dice.sample(range(m), m)
        outcome, other = clear(market), clear(_renamed(market, pupil, seat))
        if outcome.closed:
            continue  # among equals the larger number closes first
        for i in range(n):
            mine = outcome.seat[i]
            assert other.seat[pupil[i]] == (NOBODY if mine == NOBODY else seat[mine])


def _renamed(market, pupil, seat):
    rows = zip(
        market.edge_pupil.tolist(),
        market.edge_seat.tolist(),
        market.tier.tolist(),
        market.edge_class.tolist(),
        strict=True,
    )
    wishes = [
        Wish(pupil[p], seat[s], tier, place, klass)
        for place, (p, s, tier, klass) in enumerate(rows)
    ]
    backs, lots = np.argsort(pupil), market.lot_rank
    seats = np.argsort(seat)
    friend = [
        NOBODY if market.friend[i] == NOBODY else pupil[market.friend[i]]
        for i in backs.tolist()
    ]
    places = Seats(
        market.seats.capacity[seats],
        market.seats.minimum[seats],
        market.seats.host[seats],
    )
    return build_market(wishes, lots[backs], places, friend=friend)


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ([Wish(0, 0, 1), Wish(0, 0, 2)], "A pupil wishes the same seat twice."),
        ([Wish(0, 1, 1)], "A wish names a pupil or a seat that is not there."),
        ([Wish(1, 0, 1)], "A wish names a pupil or a seat that is not there."),
        ([Wish(0, 0, 0)], "Tiers begin at 1."),
        ([Wish(0, 0, 1, 0, 2**24)], "Classes lie between 0 and 16777215."),
    ],
)
def test_wishes_that_cannot_be_are_refused(wishes, sentence):
    with pytest.raises(ValueError, match=sentence):
        build_market(wishes, [1], Seats.of([1]))


def test_result_that_is_none_is_refused():
    market = build_market([Wish(0, 0, 1), Wish(1, 0, 1)], [1, 2], Seats.of([2]))
    outcome = clear(market)
    market.seats.capacity[0] = 1

    with pytest.raises(ValueError, match="more pupils than it has places"):
        check_round(market, outcome)
