from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.scores.coverage import Gap, Take, allocate, gaps
from marketplace.matching.scores.enums import Question
from tests.matching.scores.catalogue import (
    FUNKENKISTE,
    GIVERS,
    HALLE,
    MATERIAL,
    MENTOR,
    MONEY,
    PEOPLE,
    ROOM,
    STATION,
    TUESDAY_PM,
    VENUE,
    A,
    P,
    bits,
    company,
    line,
    provider,
)
from tests.matching.scores.worlds import make_pair

randoms = st.randoms(use_true_random=False)


def covered(needs, gives):
    return allocate(provider(1, HALLE, None, *needs), company(2, HALLE, None, *gives))


def room(line_no, quantity, *slots, give=False):
    return line(line_no, VENUE, quantity, item=ROOM, slots=bits(*slots), give=give)


def test_coverage_of_the_first_example():
    stations, rooms, money = allocate(P, A)

    assert (stations.ppm, stations.percent, stations.taken, stations.needed) == (
        666_666,
        67,
        8,
        12,
    )
    assert (rooms.ppm, rooms.is_served) == (0, False)
    assert (money.ppm, money.percent) == (750_000, 75)
    assert gaps([rooms]) == (Gap(line_no=2, slot=TUESDAY_PM, missing=10, needed=10),)
    assert stations.units[0].takes == (Take(line_no=1, slot=None, quantity=8),)


@pytest.mark.parametrize(
    ("giver", "ppm"),
    list(
        zip(
            GIVERS,
            [
                (500_000, 500_000, 0, 500_000),
                (250_000, 0, 1_000_000, 0),
                (250_000, 0, 0, 250_000),
                (200_000, 0, 0, 0),
                (0, 500_000, 0, 0),
                (0, 0, 166_666, 0),
            ],
            strict=True,
        )
    ),
)
def test_coverage_of_the_partner_example(giver, ppm):
    assert tuple(one.ppm for one in allocate(FUNKENKISTE, giver)) == ppm


def test_one_gift_is_never_counted_twice():
    first, second = covered(
        [line(1, MONEY, 800), line(2, MONEY, 800)],
        [line(1, MONEY, 1000, give=True)],
    )

    assert (first.taken, second.taken) == (800, 200)
    assert gaps([first, second]) == (Gap(2, None, 600, 800),)


def test_needs_are_served_by_several_gives_in_order():
    [money] = covered(
        [line(1, MONEY, 800)],
        [
            line(4, MONEY, 500, give=True),
            line(2, MONEY, 100, give=True),
            line(9, MONEY, 500, give=True),
        ],
    )

    assert money.units[0].takes == (
        Take(2, None, 100),
        Take(4, None, 500),
        Take(9, None, 200),
    )
    assert money.ppm == 1_000_000


def test_each_slot_is_a_unit_with_the_full_quantity():
    [rooms] = covered([room(1, 6, 2, 5)], [room(1, 3, 5, 7, give=True)])

    assert [(unit.slot, unit.taken, unit.missing) for unit in rooms.units] == [
        (2, 0, 6),
        (5, 3, 3),
    ]
    assert rooms.ppm == 250_000
    assert gaps([rooms]) == (Gap(1, 2, 6, 6), Gap(1, 5, 3, 6))


def test_need_without_slot_takes_any():
    [rooms] = covered([room(1, 8)], [room(1, 3, 5, 7, give=True)])

    assert rooms.units[0].takes == (Take(1, 5, 3), Take(1, 7, 3))


def test_give_without_slot_serves_no_slot_but_is_asked_about():
    [rooms] = covered([room(1, 6, 2)], [room(1, 6, give=True)])

    assert (rooms.ppm, rooms.is_served) == (0, True)
    assert rooms.questions == (Question.TIMES,)


def test_line_without_quantity_covers_nothing_and_is_asked_about():
    [asked] = covered([line(1, MONEY, None)], [line(1, MONEY, 500, give=True)])
    [given_open] = covered([line(1, MONEY, 500)], [line(1, MONEY, None, give=True)])

    for money in (asked, given_open):
        assert (money.ppm, money.taken, money.is_served) == (0, 0, True)
        assert money.questions == (Question.QUANTITY,)
    assert (asked.is_counted, given_open.is_counted) == (False, True)
    assert gaps([asked]) == ()


def test_covered_line_leaves_no_question():
    [money] = covered(
        [line(1, MONEY, 500)],
        [line(1, MONEY, 500, give=True), line(2, MONEY, None, give=True)],
    )

    assert money.questions == ()


def test_line_nobody_serves_leaves_no_question():
    [money] = covered([line(1, MONEY, None)], [line(1, MATERIAL, 5, give=True)])

    assert (money.is_served, money.questions) == (False, ())


def test_mean_of_units_is_rounded_down_twice():
    [rooms] = covered([room(1, 3, 1, 2)], [room(1, 1, 1, give=True)])

    assert rooms.ppm == 333_333 // 2


def test_people_of_an_undeclared_company_do_not_count():
    lab = provider(1, HALLE, None, line(1, PEOPLE, 8, item=MENTOR))
    firm = company(2, HALLE, None, line(1, PEOPLE, 8, item=MENTOR, give=True))

    assert [x.ppm for x in allocate(lab, firm)] == [1_000_000]
    assert [x.ppm for x in allocate(lab, replace(firm, is_declared=False))] == [0]


def test_what_partnerships_took_is_not_asked_for_again():
    lab = provider(1, HALLE, None, line(1, MATERIAL, 0, item=STATION))

    assert allocate(lab, A) == ()


@given(randoms)
def test_nobody_gets_more_than_asked_or_gives_more_than_there_is(random):
    p, q = make_pair(random)

    lines = allocate(p, q)

    taken = {}
    for one in lines:
        assert 0 <= one.ppm <= 1_000_000
        for unit in one.units:
            assert unit.missing >= 0
            for take in unit.takes:
                key = (take.line_no, take.slot)
                taken[key] = taken.get(key, 0) + take.quantity
    quantities = {
        (g.line_no, slot): g.open_quantity for g in q.gives for slot in g.units
    }
    assert all(0 < taken[key] <= quantities[key] for key in taken)
