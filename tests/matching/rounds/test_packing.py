"""What is frozen comes back as it was, and classes are counted from it alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.columns import mask_of
from marketplace.foundation.geometry import Point, distance_km
from marketplace.matching.clearing.market import NOBODY
from marketplace.matching.rounds.enums import Criterion
from marketplace.matching.rounds.services.drawing import market_of
from marketplace.matching.rounds.services.packing import (
    hash_of_lists,
    packed_list,
    packed_seats,
    read_lists,
    read_places,
    unpacked_list,
)
from marketplace.matching.rounds.tables import FrozenList, FrozenSeat, FrozenWish

SEATS = 5
degrees = st.one_of(
    st.none(), st.integers(-9_000_000, 9_000_000).map(lambda n: n / 1e5)
)
codes = st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=10, max_size=10)


@st.composite
def frozen_lists(draw, friends=codes):
    numbers = draw(st.lists(st.integers(1, SEATS), unique=True))
    tiers = np.cumsum(draw(st.lists(st.integers(0, 1), min_size=9, max_size=9))) + 1
    wishes = [
        FrozenWish(number, int(tiers[k]), draw(st.booleans()))
        for k, number in enumerate(numbers)
    ]
    friend = draw(st.one_of(st.just(""), friends))
    lat, lon = draw(degrees), draw(degrees)
    interests = draw(st.integers(0, 2**63 - 1))
    return FrozenList(lat, lon, interests, friend, wishes)


@st.composite
def frozen_seats(draw):
    return [
        FrozenSeat(
            seat_no=number,
            capacity=draw(st.integers(0, 500)),
            minimum=draw(st.integers(0, 500)),
            host=draw(st.integers(0, 2**31)),
            criteria=mask_of(draw(st.sets(st.sampled_from(Criterion)))),
            km=draw(st.sampled_from([10, 25, 50])),
            lat=draw(st.floats(50.5, 52.5)),
            lon=draw(st.floats(10.5, 14.5)),
            topics=draw(st.integers(0, 2**63 - 1)),
        )
        for number in range(1, SEATS + 1)
    ]


@settings(max_examples=60)
@given(frozen_lists())
def test_list_comes_back_as_it_was(frozen):
    assert unpacked_list(packed_list(frozen)) == frozen


@settings(max_examples=60)
@given(st.dictionaries(codes, frozen_lists(), max_size=4), frozen_seats())
def test_classes_are_the_criteria_not_met(lists, seats):
    rows = [(code, packed_list(one)) for code, one in sorted(lists.items())]
    read, places = read_lists(rows), read_places(packed_seats(seats))
    market = market_of(read, places, np.arange(1, len(rows) + 1))

    expected = [
        (i, wish.seat_no - 1, wish.tier, missed(one, wish, seats[wish.seat_no - 1]))
        for i, (_code, one) in enumerate(sorted(lists.items()))
        for wish in one.wishes
    ]
    columns = (market.edge_pupil, market.edge_seat, market.tier, market.edge_class)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected


def missed(one, wish, seat):
    """The same by plain words: what is not told is not met."""
    asked = {c for c in Criterion if seat.criteria & mask_of([c])}
    is_known = one.lat is not None and one.lon is not None
    met = {
        Criterion.DATES: wish.is_free,
        Criterion.INTEREST: bool(seat.topics & one.interests),
        Criterion.DISTANCE: is_known
        and distance_km(
            Point(one.lat, one.lon), Point(round(seat.lat, 5), round(seat.lon, 5))
        )
        <= seat.km,
    }
    return sum(not met[criterion] for criterion in asked)


def test_friends_count_if_both_name_each_other():
    wishes = [FrozenWish(1, 1, is_free=True)]

    def named(friend):
        return packed_list(FrozenList(None, None, 0, friend, wishes))

    rows = [
        ("aaaaaaaaaa", named("cccccccccc")),
        ("bbbbbbbbbb", named("aaaaaaaaaa")),
        ("cccccccccc", named("aaaaaaaaaa")),
        ("dddddddddd", named("dddddddddd")),
    ]

    assert read_lists(rows).friend.tolist() == [2, NOBODY, 0, NOBODY]


def test_hash_binds_codes_and_lists():
    row = packed_list(FrozenList(None, None, 0, "", []))

    first = hash_of_lists([("a", row), ("b", row)])
    assert first == hash_of_lists([("a", row), ("b", row)])
    assert first != hash_of_lists([("a", row), ("c", row)])
