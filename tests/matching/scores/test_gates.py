from dataclasses import replace

import pytest

from marketplace.matching.scores.enums import Hard, Reason
from marketplace.matching.scores.gates import (
    OrganisationPairs,
    Relations,
    compatible,
    distance,
    gate,
    told_reason,
)
from tests.matching.scores.catalogue import (
    CLASS_7_8,
    CLASS_11_13,
    HALLE,
    LEIPZIG,
    MATERIAL,
    MENTOR,
    MONEY,
    P_SOFT,
    PEOPLE,
    ROBOTICS,
    ROOM,
    SOLAR,
    STATION,
    VENUE,
    A,
    B,
    C,
    D,
    E,
    P,
    bits,
    company,
    line,
    provider,
)

NOBODY = Relations()


def need(quantity=5, **more):
    return line(1, MONEY, quantity, **more)


def give(quantity=5, **more):
    return line(1, MONEY, quantity, give=True, **more)


def one_line_each(asked, given, **more):
    return provider(1, HALLE, None, asked), company(2, HALLE, None, given, **more)


@pytest.mark.parametrize(
    ("other", "metres"),
    [(A, 31426), (B, 14115), (C, 25619), (D, 131402), (E, 19239)],
)
def test_distance_is_a_chord_in_whole_metres(other, metres):
    assert distance(P, other) == metres
    assert distance(other, P) == metres


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (P, A, None),
        (P, B, None),
        (P, C, Reason.WRONG_AUDIENCE),
        (P, D, Reason.TOO_FAR),
        (P_SOFT, D, None),
        (P, E, None),
    ],
)
def test_gates_of_the_examples(a, b, reason):
    assert gate(a, b, NOBODY) == reason
    assert gate(b, a, NOBODY) == reason


def test_hard_radius_counts_from_either_side():
    near = replace(P, radius_km=31)

    assert gate(near, A, NOBODY) is Reason.TOO_FAR
    assert gate(A, near, NOBODY) is Reason.TOO_FAR
    assert gate(replace(P, radius_km=32), A, NOBODY) is None
    assert gate(replace(P, radius_km=None), A, NOBODY) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_active": False}, Reason.INACTIVE),
        ({"organisation_id": P.organisation_id}, Reason.SAME_ORGANISATION),
        ({"free_capacity": 0}, Reason.FULL),
        ({"lines": ()}, Reason.NO_KIND),
    ],
)
def test_gates_about_the_other_side(change, reason):
    assert gate(P, replace(A, **change), NOBODY) is reason


def test_own_capacity_does_not_matter():
    assert gate(replace(P, free_capacity=0), A, NOBODY) is None


def test_inactive_reader_meets_nobody():
    assert gate(replace(P, is_active=False), A, NOBODY) is Reason.INACTIVE


@pytest.mark.parametrize("pair", [(1001, 1011), (1011, 1001)])
def test_pairs_of_organisations_bar_in_either_order(pair):
    assert gate(P, A, Relations(blocked=[pair])) is Reason.BLOCKED
    assert gate(P, A, Relations(recent=[pair])) is Reason.RECENT
    assert gate(A, P, Relations(recent=[pair])) is Reason.RECENT
    assert gate(P, B, Relations(blocked=[pair], recent=[pair])) is None


def test_earlier_gate_gives_the_reason():
    pair = [(1001, 1011)]
    both = Relations(blocked=pair, recent=pair)
    full = replace(A, free_capacity=0)

    assert gate(P, replace(full, is_active=False), both) is Reason.INACTIVE
    assert gate(P, full, both) is Reason.BLOCKED
    assert gate(P, full, Relations(recent=pair)) is Reason.FULL


def test_block_is_told_as_what_there_would_be_without_it():
    pair = [(1001, 1011)]
    blocked, both = Relations(blocked=pair), Relations(blocked=pair, recent=pair)
    full = replace(A, free_capacity=0)
    unfit = Relations(blocked=[(P.organisation_id, C.organisation_id)])

    assert told_reason(P, A, blocked) is Reason.FULL
    assert told_reason(P, A, both) is Reason.RECENT
    assert told_reason(P, full, both) is Reason.FULL
    assert told_reason(P, C, unfit) is Reason.WRONG_AUDIENCE
    assert told_reason(P, A, NOBODY) is None


def test_two_of_one_side_are_no_pair():
    with pytest.raises(ValueError, match="a pair has a provider and a company"):
        gate(A, B, NOBODY)


@pytest.mark.parametrize(
    ("asked", "given", "reason"),
    [
        (need(), give(), None),
        (need(), line(1, VENUE, 5, give=True), Reason.NO_KIND),
        (
            line(1, MATERIAL, 1, item=STATION),
            line(1, MATERIAL, 1, item=ROOM, give=True),
            Reason.NO_ITEM,
        ),
        (
            line(1, MATERIAL, 1, item=STATION),
            line(1, MATERIAL, 1, give=True),
            Reason.NO_ITEM,
        ),
        (line(1, MATERIAL, 1), line(1, MATERIAL, 1, item=ROOM, give=True), None),
        (
            need(hard=Hard.TOPIC, topics=bits(ROBOTICS)),
            give(topics=bits(SOLAR)),
            Reason.WRONG_TOPIC,
        ),
        (
            need(topics=bits(ROBOTICS)),
            give(topics=bits(ROBOTICS, SOLAR), hard=Hard.TOPIC),
            None,
        ),
        (need(hard=Hard.TOPIC), give(topics=bits(SOLAR)), Reason.NOT_STATED),
        (
            need(audiences=bits(CLASS_7_8)),
            give(audiences=bits(CLASS_11_13), hard=Hard.AUDIENCE),
            Reason.WRONG_AUDIENCE,
        ),
        (need(), give(hard=Hard.AUDIENCE), Reason.NOT_STATED),
        (need(months=0b1, hard=Hard.TIME), give(months=0b10), Reason.TIME),
        (need(months=0b11, hard=Hard.TIME), give(months=0b10), None),
        (need(months=0b1, hard=Hard.TIME), give(), Reason.NOT_STATED),
        (need(5, hard=Hard.AMOUNT), give(4), Reason.AMOUNT_TOO_SMALL),
        (need(5, hard=Hard.AMOUNT), give(6), None),
        (need(5), give(6, hard=Hard.AMOUNT), Reason.AMOUNT_TOO_SMALL),
        (need(6), give(5, hard=Hard.AMOUNT), None),
        (need(5, hard=Hard.AMOUNT), give(6, hard=Hard.AMOUNT), Reason.AMOUNT_TOO_SMALL),
        (need(None), give(5, hard=Hard.AMOUNT), Reason.NOT_STATED),
        (need(5, hard=Hard.AMOUNT), give(None), Reason.NOT_STATED),
        # Topic, audience, time, amount: the first that fails.
        (
            need(5, hard=Hard(15), months=0b1, topics=bits(ROBOTICS)),
            give(4, months=0b10, topics=bits(SOLAR)),
            Reason.WRONG_TOPIC,
        ),
    ],
)
def test_compatible_lines(asked, given, reason):
    assert compatible(asked, given) == reason
    assert gate(*one_line_each(asked, given), NOBODY) == reason


def test_minors_meet_only_people_of_declared_companies():
    asked = line(1, PEOPLE, 5, item=MENTOR)
    given = line(1, PEOPLE, 5, item=MENTOR, give=True)
    school_lab, firm = one_line_each(asked, given)

    assert gate(school_lab, firm, NOBODY) is None
    assert (
        gate(school_lab, replace(firm, is_declared=False), NOBODY)
        is Reason.SAFEGUARDING
    )
    # The declaration is the company's to give.
    assert gate(firm, school_lab, NOBODY) is None


def test_furthest_stage_of_all_line_pairs_is_the_reason():
    wanted = provider(
        1,
        HALLE,
        None,
        line(1, MATERIAL, 2, item=STATION),
        line(2, MONEY, 2, topics=bits(ROBOTICS), hard=Hard.TOPIC),
    )
    item = line(1, MATERIAL, 2, item=ROOM, give=True)
    topic = line(2, MONEY, 2, topics=bits(SOLAR), give=True)
    near = company(2, HALLE, None, item, topic)
    far = company(2, LEIPZIG, 3, item, topic)

    assert gate(wanted, replace(near, lines=(item,)), NOBODY) is Reason.NO_ITEM
    assert gate(wanted, near, NOBODY) is Reason.WRONG_TOPIC
    assert gate(wanted, replace(far, lines=(item,)), NOBODY) is Reason.NO_ITEM
    assert gate(wanted, far, NOBODY) is Reason.TOO_FAR


def test_a_company_may_need_and_a_provider_give():
    lab = provider(1, HALLE, None, line(1, VENUE, 2, item=ROOM, give=True))
    firm = company(2, HALLE, None, line(1, VENUE, 2, item=ROOM))

    assert gate(lab, firm, NOBODY) is None
    assert gate(firm, lab, NOBODY) is None


def test_organisations_know_those_they_are_paired_with():
    pairs = OrganisationPairs([(1, 2), (3, 1)])

    assert pairs.of(1) == {2, 3}
    assert pairs.of(2) == {1}
    assert pairs.of(9) == frozenset()
