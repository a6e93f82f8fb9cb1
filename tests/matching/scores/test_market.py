"""All lists at once, changes that are followed, and prices; each against the plain."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from marketplace.matching.scores import index, market
from marketplace.matching.scores.enums import Side
from marketplace.matching.scores.gates import gate
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.prices import next_price
from tests.matching.scores.catalogue import FUNKENKISTE, GIVERS, WEIGHTS
from tests.matching.scores.worlds import (
    make_profile,
    make_profiles,
    make_relations,
    seeded,
)


@pytest.fixture(params=[0, 1000], ids=["numba", "numpy"])
def way(request, monkeypatch):
    """With numba and without."""
    monkeypatch.setattr(index, "COMPILED_FROM", request.param)


def crowd(seed, count=60):
    """Many providers and companies of which most have more than 20 partners."""
    dice = seeded(seed)
    profiles = [
        replace(profile, radius_km=999, free_capacity=1 + profile.profile_id % 3)
        for profile in make_profiles(dice, count)
    ]
    return MatchIndex(profiles, WEIGHTS, make_relations(dice))


def rows_of(entries):
    return list(zip(*(column.tolist() for column in entries), strict=True))


def plainly(index):
    return {
        (a.profile_id, rank, match.profile_id, match.key, match.reciprocal)
        for a in index.values()
        if a.is_active
        for rank, match in enumerate(
            ranked_plainly(a, index.values(), WEIGHTS, index.relations, 20), 1
        )
    }


def everything(index):
    return {row for some in market.all_entries(index) for row in rows_of(some)}


def test_all_lists_are_those_of_each(way, monkeypatch):
    monkeypatch.setattr(market, "PIECE", 16)
    index = crowd(1)

    expected = plainly(index)

    assert everything(index) == expected
    assert len(expected) > 200


def test_index_travels_to_other_processes():
    index = crowd(2)

    other = pickle.loads(pickle.dumps(index))  # noqa: S301 - our own

    assert everything(other) == everything(index)


@pytest.mark.parametrize("seed", range(4))
def test_those_who_take_in_a_profile_are_found(way, seed):
    index = crowd(10 + seed, 90)
    entries = market.entries_of(index, list(index))
    last = market.last_entries(index, entries)
    held = {(reader, other) for reader, _, other, *_ in rows_of(entries)}
    dice = seeded(seed)

    for number in dice.sample(list(index), 6):
        original = index[number]
        changed = make_profile(dice, number, radius_km=999, is_active=True)
        index.put(changed)
        taking = set(market.readers_taking(index, number, last))
        now = {row[0] for row in plainly(index) if row[2] == number}
        before = {reader for reader, other in held if other == number}

        assert now - before <= taking
        assert all(
            gate(index[reader], changed, index.relations) is None for reader in taking
        )
        index.put(original)


def test_prices_follow_what_is_shown(way):
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)
    entries = market.entries_of(index, [FUNKENKISTE.profile_id])

    shown = market.shown_counts(index, entries.others)
    prices = market.updated_prices(index, shown)

    givers = [profile for profile in index.values() if profile.side is Side.COMPANY]
    free = sum(profile.free_capacity for profile in givers)
    assert shown.sum() == len(givers) == 6
    for giver in givers:
        place = index.place_of(giver.profile_id)
        target = 6 * giver.free_capacity / free
        assert prices[place] == next_price(giver.price_pm, 1, target)
    # Nobody is shown on the other side.
    assert prices[index.place_of(FUNKENKISTE.profile_id)] == FUNKENKISTE.price_pm


def test_who_fits_nobody_keeps_the_price(way):
    stranger = replace(GIVERS[0], profile_id=99, organisation_id=99, lines=())
    index = MatchIndex([FUNKENKISTE, *GIVERS, stranger], WEIGHTS)

    prices = market.updated_prices(index, np.full(len(index.rows), 50))

    assert prices[index.place_of(99)] == stranger.price_pm
    assert prices[index.place_of(3)] == 1000  # shown as often as it should be
    assert [prices[index.place_of(giver.profile_id)] for giver in GIVERS] == [
        next_price(giver.price_pm, 50, 50) for giver in GIVERS
    ]


def test_new_prices_count_at_once():
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)

    index.set_prices(np.full(len(index.rows), 500))

    entries = market.entries_of(index, [3])
    assert entries.keys.tolist() == sorted(500 * entries.mutuals, reverse=True)
