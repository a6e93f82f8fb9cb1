"""The best set against all sets, one by one."""

from dataclasses import replace
from itertools import combinations

import pytest

from marketplace.matching.scores.sets import (
    Candidate,
    Pool,
    Want,
    best_set,
    shares,
    strongest,
)
from tests.matching.scores.worlds import seeded


def make_pool(random, most_candidates=8, most_lines=5, organisations=None):
    """Lines of one to three units, and partners who cover some of them."""
    wants = tuple(
        Want(
            number,
            random.choice([(None,), (None,), (3,), (3, 7), (1, 4, 5)]),
            random.choice([1, 2, 6, 7, 12, 40, 3000]),
        )
        for number in range(1, random.randint(1, most_lines) + 1)
    )
    units = [want.needed for want in wants for _slot in want.slots]
    return Pool(
        wants,
        tuple(
            Candidate(
                profile_id=random.randrange(1000) * 100 + number,
                organisation_id=random.randrange(organisations or 1000),
                takes=tuple(
                    random.choice([0, 0, random.randint(1, unit), unit])
                    for unit in units
                ),
                # Few values, so that sums are often equal.
                reciprocal=random.choice([4000, 5000, 6000, 9000]),
                distance=random.choice([1000, 2000, 3000]),
            )
            for number in range(random.randint(0, most_candidates))
        ),
    )


def coverage(pool, members):
    """As it is defined: each unit's share, the mean of each line, their sum."""
    total, unit = 0, 0
    for want in pool.wants:
        line = 0
        for _slot in want.slots:
            given = sum(member.takes[unit] for member in members)
            line += 1_000_000 * min(want.needed, given) // want.needed
            unit += 1
        total += line // len(want.slots)
    return total


def best_of_all(pool, most, fixed=()):
    """Compares every set there is."""
    others = [c for c in pool.candidates if c not in fixed]
    sets = (
        (*fixed, *members)
        for count in range(most - len(fixed) + 1)
        for members in combinations(others, count)
    )
    allowed = (s for s in sets if len({c.organisation_id for c in s}) == len(s))
    return min(
        allowed,
        key=lambda members: (
            -coverage(pool, members),
            len(members),
            -sum(member.reciprocal for member in members),
            sum(member.distance for member in members),
            tuple(sorted(member.profile_id for member in members)),
        ),
    )


def ids(members):
    return sorted(member.profile_id for member in members)


@pytest.mark.parametrize("seed", range(200))
def test_best_set_is_the_best_of_all(seed):
    random = seeded(seed)
    pool, most = make_pool(random), random.randint(1, 5)

    assert ids(best_set(pool, most)) == ids(best_of_all(pool, most))


@pytest.mark.parametrize("seed", range(50))
def test_no_organisation_joins_twice(seed):
    random = seeded(1000 + seed)
    pool = make_pool(random, organisations=4)

    found = best_set(pool)

    assert ids(found) == ids(best_of_all(pool, 5))


@pytest.mark.parametrize("seed", range(50))
def test_fixed_partners_stay_and_the_rest_is_the_best_to_them(seed):
    random = seeded(2000 + seed)
    pool = make_pool(random)
    fixed = random.sample(pool.candidates, min(2, len(pool.candidates)))

    found = best_set(pool, 4, fixed)

    assert list(found[: len(fixed)]) == fixed
    assert ids(found) == ids(best_of_all(pool, 4, fixed))


@pytest.mark.parametrize("seed", range(20))
def test_shares_sum_to_what_is_covered(seed):
    pool = make_pool(seeded(3000 + seed))
    members = best_set(pool)

    given = [sum(column) for column in zip(*shares(pool, members), strict=True)]

    needed = [want.needed for want in pool.wants for _slot in want.slots]
    sums = pool.given(members).tolist()
    if members:
        assert given == [min(pair) for pair in zip(needed, sums, strict=True)]
    assert pool.coverage(members) == coverage(pool, members)


@pytest.mark.parametrize("is_compiled", [True, False], ids=["compiled", "numpy"])
@pytest.mark.parametrize("seed", range(20))
def test_lacking_is_what_is_not_covered(is_compiled, seed):
    pool = replace(make_pool(seeded(4000 + seed)), is_compiled=is_compiled)

    lacking = pool.lacking(pool.takes(pool.candidates))

    assert lacking.tolist() == [
        pool.whole - coverage(pool, [c]) for c in pool.candidates
    ]


def test_nobody_is_in_a_set_for_nothing():
    idle = Candidate(
        profile_id=1, organisation_id=1, takes=(0,), reciprocal=9000, distance=1
    )

    assert best_set(Pool((Want(1, (None,), 5),), (idle,))) == ()


def test_without_counted_needs_there_is_no_set():
    assert best_set(Pool((), ())) == ()


def test_strongest_is_the_first_of_those_who_cover_most():
    first, second, third = (
        Candidate(
            profile_id=k, organisation_id=k, takes=(amount,), reciprocal=1, distance=1
        )
        for k, amount in ((1, 2), (2, 5), (3, 5))
    )
    pool = Pool((Want(1, (None,), 10),), (first, second, third))

    assert strongest(pool, [first, second, third]) == second
    assert pool.without(second).candidates == (first, third)
