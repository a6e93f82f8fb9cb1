from dataclasses import replace

import pytest

from marketplace.matching.scores.coverage import Gap
from marketplace.matching.scores.gates import Relations, gate
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.lists import ranked_with_numba
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.ranking import explain, rank
from marketplace.matching.scores.vectors import ranked_with_numpy
from tests.matching.scores.catalogue import (
    CLASS_7_8,
    ELECTRONICS,
    FUNKENKISTE,
    GIVERS,
    ROBOTICS,
    SIEBENLINSEN,
    SOLAR,
    SPRING,
    TECHNOLOGY,
    TUESDAY_PM,
    WEIGHTS,
    A,
    B,
    C,
    D,
    E,
    P,
    Q,
)
from tests.matching.scores.worlds import make_profiles, make_relations, seeded


def ids(matches):
    return [match.profile_id for match in matches]


def plainly(index, a, k):
    return ranked_plainly(a, index.profiles.values(), index.weights, index.relations, k)


@pytest.fixture(params=[plainly, ranked_with_numpy, ranked_with_numba])
def way_of_ranking(request):
    return request.param


def test_list_of_the_example(way_of_ranking):
    index = MatchIndex([P, Q, replace(A, price_pm=820), B, C, D, E], WEIGHTS)

    matches = way_of_ranking(index, P, 20)

    assert [(match.profile_id, match.key) for match in matches] == [
        (15, 6112000),
        (12, 5429000),
        (11, 4700240),
    ]


def test_list_of_the_example_when_one_is_new(way_of_ranking):
    index = MatchIndex([P, A, B, replace(E, age_days=0)], WEIGHTS)

    first = way_of_ranking(index, P, 20)[0]

    assert (first.profile_id, first.shown_price, first.key) == (15, 1100, 6723200)


def test_partner_example(way_of_ranking):
    index = MatchIndex([*GIVERS, FUNKENKISTE], WEIGHTS)

    matches = way_of_ranking(index, FUNKENKISTE, 20)

    assert [
        (
            match.profile_id,
            match.distance,
            match.forward,
            match.backward,
            match.reciprocal,
            match.shown_price,
            (match.key + 500) // 1000,
        )
        for match in matches
    ] == [
        (21, 2008, 8351, 8537, 8443, 931, 7860),
        (22, 39413, 5828, 6434, 6116, 1000, 6116),
        (23, 34917, 4517, 5234, 4849, 1073, 5203),
        (24, 19149, 3864, 4213, 4031, 969, 3906),
        (25, 34958, 2829, 4880, 3582, 1034, 3704),
        (26, 11997, 2665, 3556, 3047, 1017, 3099),
    ]


def test_company_has_a_list_too(way_of_ranking):
    index = MatchIndex([P, Q, A, B, E], WEIGHTS)

    [first, second] = way_of_ranking(index, E, 20)

    assert (first.profile_id, first.reciprocal) == (2, 7268)
    assert (second.profile_id, second.forward, second.backward) == (1, 6749, 5585)


def test_list_ends_where_asked(way_of_ranking):
    index = MatchIndex([*GIVERS, FUNKENKISTE], WEIGHTS)

    assert ids(way_of_ranking(index, FUNKENKISTE, 2)) == [21, 22]


def test_topics_use_all_64_bits(way_of_ranking):
    a, b = replace(P, topics=1 << 63 | 1), replace(A, topics=1 << 63)
    index = MatchIndex([a, b], WEIGHTS)

    [match] = way_of_ranking(index, a, 20)

    assert match.forward == 5349 - 1887 + round(3500 * 6303 / (6303 + 1594))


@pytest.mark.parametrize("seed", range(8))
def test_all_ways_of_ranking_agree(seed):
    dice = seeded(seed)
    profiles = make_profiles(dice, 60)
    index = MatchIndex(profiles, WEIGHTS, make_relations(dice))

    for profile in profiles[:20]:
        a = replace(profile, is_active=True)
        index.put(a)
        for k in (3, 60):
            expected = plainly(index, a, k)
            assert ranked_with_numpy(index, a, k) == expected
            assert ranked_with_numba(index, a, k) == expected


def test_worlds_of_these_tests_hold_partners_and_every_reason():
    """Otherwise the agreement above would say little."""
    outcomes = {}
    for seed in range(8):
        dice = seeded(seed)
        profiles = make_profiles(dice, 60)
        relations = make_relations(dice)
        for a in profiles[:20]:
            for b in profiles:
                if a.side is not b.side:
                    reason = gate(a, b, relations)
                    outcomes[reason] = outcomes.get(reason, 0) + 1

    assert len(outcomes) == 15
    assert outcomes[None] > 400


def test_rank_lists_twenty():
    givers = [
        replace(SIEBENLINSEN, profile_id=100 + k, organisation_id=k) for k in range(30)
    ]
    index = MatchIndex([FUNKENKISTE, *givers], WEIGHTS)

    assert len(rank(index, 3)) == 20
    assert len(rank(index, 3, k=25)) == 25
    assert rank(index, 3, k=0) == []


def test_rank_of_who_is_not_there_is_empty():
    index = MatchIndex([replace(P, is_active=False), A], WEIGHTS)

    assert rank(index, 1) == []
    assert rank(index, 99) == []
    assert rank(MatchIndex([], WEIGHTS), 1) == []


def test_rank_leaves_out_whom_one_has_to_do_with():
    relations = Relations(recent=[(P.organisation_id, E.organisation_id)])
    index = MatchIndex([P, A, B, E], WEIGHTS, relations)

    assert ids(rank(index, 1)) == [11, 12]


def test_explanation_gives_the_numbers_of_the_example():
    reasons = explain(P, A, WEIGHTS)

    assert (reasons.own.score, reasons.partner.score) == (5349, 6174)
    assert reasons.reciprocal == 5732
    assert (reasons.distance, reasons.radius_km) == (31426, 50)
    assert reasons.topics == (TECHNOLOGY, ROBOTICS, SOLAR)
    assert reasons.shared_topics == (TECHNOLOGY, ROBOTICS)
    assert reasons.shared_audiences == (CLASS_7_8,)
    assert [one.percent for one in reasons.received] == [67, 0, 75]
    assert reasons.given == ()
    assert reasons.gaps == (
        Gap(1, None, 4, 12),
        Gap(2, TUESDAY_PM, 10, 10),
        Gap(3, None, 500, 2000),
    )


def test_explanation_to_a_company_tells_what_it_gives():
    reasons = explain(E, Q, WEIGHTS)

    assert [(one.taken, one.needed) for one in reasons.given] == [(6, 12)]
    assert (reasons.received, reasons.gaps) == ((), ())
    assert ELECTRONICS in reasons.shared_topics
    assert SOLAR not in reasons.shared_topics
    assert sum(1 << month for month in reasons.shared_months) == SPRING
