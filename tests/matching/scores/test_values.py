from dataclasses import replace

import pytest

from marketplace.matching.scores.values import bits_of, closed, gathered, position_of
from tests.matching.scores.catalogue import (
    CLASS_7_8,
    CLASS_9_10,
    ELECTRONICS,
    HALLE,
    LEIPZIG,
    MATERIAL,
    MONEY,
    OPTICS,
    PARENTS,
    ROBOTICS,
    SOLAR,
    STATION,
    TECHNOLOGY,
    TUESDAY_PM,
    P,
    bits,
    company,
    line,
    months,
)


@pytest.mark.parametrize(
    ("place", "position"),
    [(HALLE, (3881242, 823530, 4984728)), (LEIPZIG, (3887571, 852696, 4974882))],
)
def test_position_is_in_metres_from_the_middle_of_the_earth(place, position):
    assert position_of(*place) == position


def test_bits_are_read_from_the_right():
    assert bits_of(0b1011) == (0, 1, 3)
    assert bits_of(0) == ()
    assert bits_of(1 << 63) == (63,)


def test_topics_bring_their_parents():
    assert closed(bits(ROBOTICS), PARENTS) == bits(ROBOTICS, TECHNOLOGY)
    assert closed(bits(OPTICS, TECHNOLOGY), PARENTS) == bits(OPTICS, TECHNOLOGY)
    assert closed(0, PARENTS) == 0


def test_profile_gathers_the_sets_of_its_lines():
    site = company(
        1,
        HALLE,
        None,
        line(1, MONEY, 5, give=True, topics=bits(SOLAR), months=0b11),
        line(2, MONEY, 0, give=True, audiences=bits(CLASS_9_10), months=0b1000),
        topics=bits(ELECTRONICS),
        audiences=bits(CLASS_7_8),
    )

    assert site.topics == bits(ELECTRONICS, SOLAR, TECHNOLOGY)
    assert site.audiences == bits(CLASS_7_8, CLASS_9_10)
    assert site.months == 0b1011
    assert gathered(site, PARENTS) == site


def test_lines_stand_in_order_with_their_effective_sets():
    site = company(
        1,
        HALLE,
        None,
        line(3, MONEY, None, give=True),
        line(2, MATERIAL, 4, item=STATION),
        line(1, MONEY, 7, give=True, topics=bits(SOLAR)),
        topics=bits(ROBOTICS),
        audiences=bits(CLASS_7_8),
    )

    assert [(g.line_no, g.topics, g.audiences) for g in site.gives] == [
        (1, bits(SOLAR), bits(CLASS_7_8)),
        (3, bits(SOLAR, ROBOTICS, TECHNOLOGY), bits(CLASS_7_8)),
    ]
    assert [n.line_no for n in site.needs] == [2]


def test_used_up_lines_take_no_part():
    [first, second, third] = P.lines
    served = replace(P, lines=(first, replace(second, open_quantity=0), third))

    assert [need.line_no for need in served.needs] == [1, 3]


def test_line_with_slots_is_as_many_units():
    assert line(1, MONEY, 5, slots=bits(1, TUESDAY_PM)).units == (1, TUESDAY_PM)
    assert line(1, MONEY, 5).units == (None,)


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"kind": 64}, "a kind is a bit of 64"),
        ({"item": -1}, "an item is a number from 0"),
        ({"open_quantity": -1}, "a quantity is counted from 0, to a billion"),
        ({"open_quantity": 10**9 + 1}, "a quantity is counted from 0, to a billion"),
        ({"slots": 1 << 14}, "a week has 14 half days"),
        ({"months": 1 << 24}, "months reach 24 ahead"),
        ({"topics": 1 << 64}, "there are at most 64 topics"),
        ({"audiences": 1 << 16}, "there are at most 16 audiences"),
    ],
)
def test_line_refuses_what_no_array_holds(change, promise):
    with pytest.raises(ValueError, match=promise):
        replace(line(1, MONEY, 5), **change)


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"profile_id": 1 << 32}, "an id has 32 bits"),
        ({"radius_km": -1}, "a radius is at most half around the earth"),
        ({"radius_km": 20_001}, "a radius is at most half around the earth"),
        ({"topics": -1}, "there are at most 64 topics"),
        ({"lines": (P.lines[0], P.lines[0])}, "each line has its own number"),
    ],
)
def test_profile_refuses_what_no_array_holds(change, promise):
    with pytest.raises(ValueError, match=promise):
        replace(P, **change)


def test_months_of_the_examples_begin_with_november():
    assert bits_of(months("2026-11", "2027-01")) == (0, 1, 2)
