"""Who comes into question, against the plain way over everybody."""

from dataclasses import replace

import pytest

from marketplace.matching.scores import hopes, pools
from marketplace.matching.scores import index as market_index
from marketplace.matching.scores.coverage import allocate
from marketplace.matching.scores.enums import Direction, Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.pools import candidate_of, pool_of
from marketplace.matching.scores.values import Line
from tests.matching.scores.catalogue import WEIGHTS
from tests.matching.scores.worlds import make_profile, make_profiles, seeded


def make_index(random, count=120):
    """One who needs several things, and many who might give them."""
    needs = tuple(
        Line(
            line_no=number,
            direction=Direction.NEED,
            kind=random.randint(0, 1),
            item=random.choice([0, 1, 2]),
            open_quantity=random.choice([None, 1, 7, 12, 1000]),
            slots=random.choice([0, 0, 3, 5]),
        )
        for number in range(1, 5)
    )
    reader = make_profile(
        random, 0, side=Side.PROVIDER, organisation_id=99, is_active=True, lines=needs
    )
    return MatchIndex([reader, *make_profiles(random, count)], WEIGHTS)


def plainly(index):
    """The ids of the pool as it is defined."""
    reader = index.profiles[0]
    listed = ranked_plainly(
        reader, index.profiles.values(), WEIGHTS, index.relations, len(index)
    )
    covered = {
        match.profile_id: [
            row.ppm
            for row in allocate(reader, index.profiles[match.profile_id])
            if row.is_counted
        ]
        for match in listed
    }
    order = [match.profile_id for match in listed]
    counted = sum(need.open_quantity is not None for need in reader.needs)
    inside = set()
    for number in range(counted):
        giving = [one for one in order if covered[one][number]]
        giving.sort(key=lambda one: -covered[one][number])
        inside |= set(giving[:8])
    return [one for one in order if one in inside][:30]


@pytest.fixture(params=[0, 1000], ids=["numba", "numpy"])
def way(request, monkeypatch):
    """Both ways of finding a pool."""
    monkeypatch.setattr(market_index, "COMPILED_FROM", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(40))
def test_pool_is_the_best_of_each_line(seed):
    index = make_index(seeded(seed))

    pool = pool_of(index, 0)

    assert [one.profile_id for one in pool.candidates] == plainly(index)


@pytest.mark.parametrize("seed", range(20))
def test_pool_reads_behind_the_list_without_numba(monkeypatch, seed):
    monkeypatch.setattr(market_index, "COMPILED_FROM", 10_000)
    monkeypatch.setattr(hopes, "DEPTHS", (1, 2))
    index = make_index(seeded(seed))

    pool = pool_of(index, 0)

    assert [one.profile_id for one in pool.candidates] == plainly(index)


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_find_the_same_in_a_market_of_many_blocks(monkeypatch, seed):
    index = make_index(seeded(seed), 1500)
    compiled = [pool_of(index, 0), pool_of(index, 0, {2, 3})]

    monkeypatch.setattr(market_index, "COMPILED_FROM", 10_000)

    assert [pool_of(index, 0), pool_of(index, 0, {2, 3})] == compiled


@pytest.mark.usefixtures("way")
def test_nobody_joins_whoever_is_not_active():
    index = make_index(seeded(2))
    index.put(replace(index.profiles[0], is_active=False))

    pool = pool_of(index, 0)

    assert pool.wants
    assert pool.candidates == ()


@pytest.mark.usefixtures("way")
def test_profile_that_is_tried_has_the_radius_it_is_tried_with():
    index = make_index(seeded(4))
    reader = index.profiles[0]
    tried = index.trying(replace(reader, radius_km=30, is_radius_hard=True))

    found = [one.profile_id for one in pool_of(tried, 0).candidates]

    assert found == plainly(tried)
    assert found != plainly(index)


@pytest.mark.usefixtures("way")
def test_candidate_is_the_same_wherever_it_comes_from():
    index = make_index(seeded(1))
    pool = pool_of(index, 0)

    again = tuple(candidate_of(index, 0, c.profile_id) for c in pool.candidates)

    assert again == pool.candidates


def test_lines_without_a_quantity_are_not_wanted():
    index = make_index(seeded(3))
    reader = index.profiles[0]
    open_lines = tuple(replace(line, open_quantity=None) for line in reader.lines)
    index.put(replace(reader, lines=open_lines))

    assert pool_of(index, 0) == pools.Pool((), ())
