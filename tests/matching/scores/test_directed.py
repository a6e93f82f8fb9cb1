from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.matching.scores.directed import directed_parts, reciprocal
from marketplace.matching.scores.enums import Note, Part
from tests.matching.scores.catalogue import (
    B_FILLED,
    B_OTHERWISE,
    E_BEFORE,
    FUNKENKISTE,
    GIVERS,
    HALLE,
    MATERIAL,
    MONEY,
    P_SOFT,
    STATION,
    WEIGHTS,
    A,
    B,
    D,
    E,
    P,
    Q,
    company,
    line,
    provider,
)
from tests.matching.scores.worlds import make_pair

randoms = st.randoms(use_true_random=False)

# In hundredths, as the examples write them; "-": not filled in.
EXAMPLES = {
    "EX1": (P, A, "18.87 7.50 7.68 10.00 9.44", "20.37 7.50 9.70 10.00 14.17", 5732),
    "EX2": (P, B, "22.56 0 14.46 0 3.33", "46.67 - 22.94 - 13.33", 5429),
    "EX2a": (
        P,
        B_FILLED,
        "22.56 7.50 14.46 10.00 3.33",
        "35.00 15.00 17.20 10.00 10.00",
        6956,
    ),
    "EX2b": (P, B_OTHERWISE, "22.56 0 14.46 0 3.33", "35.00 0 17.20 0 10.00", 4895),
    "EX4a": (
        P_SOFT,
        D,
        "35.00 15.00 0 10.00 6.67",
        "35.00 15.00 2.60 10.00 20.00",
        7378,
    ),
    "EX5": (
        Q,
        E_BEFORE,
        "0 15.00 12.46 10.00 10.00",
        "- 23.08 16.33 15.38 15.39",
        5663,
    ),
    "EX5a": (
        Q,
        E,
        "35.00 15.00 12.46 10.00 10.00",
        "19.36 15.00 10.62 10.00 10.00",
        7268,
    ),
    "EX6": (
        P,
        E,
        "22.56 7.50 12.46 10.00 3.33",
        "21.87 15.00 10.62 10.00 10.00",
        6112,
    ),
}
TOTALS = {
    "EX1": (5349, 6174),
    "EX2": (4035, 8294),
    "EX2a": (5785, 8720),
    "EX2b": (4035, 6220),
    "EX4a": (6667, 8260),
    "EX5": (4746, 7018),
    "EX5a": (8246, 6498),
    "EX6": (5585, 6749),
}
PARTNERS = [
    ("35.00 15.00 19.34 6.67 7.50", "35.00 15.00 18.70 6.67 10.00", 8443),
    ("19.95 15.00 7.08 10.00 6.25", "21.57 10.00 10.27 10.00 12.50", 6116),
    ("19.95 7.50 8.55 6.67 2.50", "19.36 15.00 6.31 6.67 5.00", 4849),
]
PARTNER_TOTALS = [
    (8351, 8537),
    (5828, 6434),
    (4517, 5234),
    (3864, 4213),
    (2829, 4880),
    (2665, 3556),
]


def shown(score):
    """Points as the tables write them."""
    return " ".join(
        "-"
        if part.note is Note.NOT_FILLED_IN
        else f"{part.points / 100:.2f}"
        if part.points
        else "0"
        for part in score.parts
    )


def both(a, b):
    return directed_parts(a, b, WEIGHTS), directed_parts(b, a, WEIGHTS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_scores_of_the_examples(name):
    a, b, forward, backward, mutual = EXAMPLES[name]

    s, t = both(a, b)

    assert (shown(s), shown(t)) == (forward, backward)
    assert (s.score, t.score) == TOTALS[name]
    assert reciprocal(s.score, t.score) == mutual


@pytest.mark.parametrize(
    ("giver", "values"), list(zip(GIVERS[:3], PARTNERS, strict=True)), ids=str
)
def test_parts_of_the_partner_example(giver, values):
    s, t = both(FUNKENKISTE, giver)

    assert (shown(s), shown(t), reciprocal(s.score, t.score)) == values


@pytest.mark.parametrize(
    ("giver", "totals"), list(zip(GIVERS, PARTNER_TOTALS, strict=True)), ids=str
)
def test_totals_of_the_partner_example(giver, totals):
    assert tuple(score.score for score in both(FUNKENKISTE, giver)) == totals


def test_amount_is_the_mean_of_the_needs():
    s, _ = both(P, A)

    amount = s.parts[Part.AMOUNT]
    assert (amount.num, amount.den) == (666_666 + 0 + 750_000, 3_000_000)


def test_empty_fields_are_weighed_away_and_told():
    s, t = both(P, B)

    assert (t.completeness, t.empty) == (75, (Part.AUDIENCE, Part.TIME))
    assert [part.note for part in t.parts] == [
        None,
        Note.NOT_FILLED_IN,
        None,
        Note.NOT_FILLED_IN,
        None,
    ]
    assert (s.completeness, s.empty) == (100, ())
    assert [part.note for part in s.parts] == [
        None,
        Note.PARTNER_STATES_NOTHING,
        None,
        Note.PARTNER_STATES_NOTHING,
        None,
    ]


def test_profile_without_topics_is_scored_by_the_rest():
    s, t = both(Q, E_BEFORE)

    assert (t.completeness, t.empty) == (65, (Part.TOPICS,))
    assert s.parts[Part.TOPICS].note is Note.PARTNER_STATES_NOTHING


def test_who_only_gives_is_scored_by_the_needs_it_can_serve():
    lab = provider(
        1,
        HALLE,
        None,
        line(1, MONEY, 1000),
        line(2, MATERIAL, 4, item=STATION),
        line(3, MONEY, None),
    )
    firm = company(2, HALLE, None, line(1, MONEY, 500, give=True))

    amount = directed_parts(firm, lab, WEIGHTS).parts[Part.AMOUNT]

    assert (amount.num, amount.den, amount.points) == (500_000, 1_000_000, 5000)


def test_amounts_the_partner_leaves_open_count_nothing():
    lab = provider(1, HALLE, None, line(1, MONEY, None))
    firm = company(2, HALLE, None, line(1, MONEY, 500, give=True))

    amount = directed_parts(firm, lab, WEIGHTS).parts[Part.AMOUNT]

    assert (amount.points, amount.note) == (0, Note.PARTNER_STATES_NOTHING)


@pytest.mark.parametrize("quantity", [None, 0])
def test_needs_without_quantity_leave_the_amount_empty(quantity):
    lab = provider(1, HALLE, None, line(1, MONEY, quantity))
    firm = company(2, HALLE, None, line(1, MONEY, 500, give=True))

    assert Part.AMOUNT in directed_parts(lab, firm, WEIGHTS).empty


@pytest.mark.parametrize(
    ("own", "other", "points"),
    [(0b1, 0b1, 1000), (0b11, 0b1, 500), (0b1111, 0b11, 667), (0b11111, 0b1111, 1000)],
)
def test_three_common_months_are_enough(own, other, points):
    a, b = replace(P, months=own), replace(A, months=other)

    assert directed_parts(a, b, WEIGHTS).parts[Part.TIME].points == points


def test_score_of_nothing_is_nothing():
    blank = replace(B, topics=0, radius_km=None, lines=())

    score = directed_parts(blank, P, WEIGHTS)

    assert (score.score, score.completeness, score.empty) == (0, 0, tuple(Part))


@pytest.mark.parametrize(
    ("s", "t", "mutual"), [(0, 0, 0), (0, 10000, 0), (10000, 10000, 10000), (1, 2, 1)]
)
def test_reciprocal_is_the_harmonic_mean(s, t, mutual):
    assert reciprocal(s, t) == mutual


@given(st.integers(0, 10000), st.integers(0, 10000))
def test_reciprocal_is_symmetric_and_between(s, t):
    assert reciprocal(s, t) == reciprocal(t, s)
    assert min(s, t) * (s > 0 < t) <= reciprocal(s, t) <= max(s, t)


@given(randoms)
def test_parts_sum_to_the_score_and_stay_below_their_weights(random):
    a, b = make_pair(random)

    for score in both(a, b):
        assert sum(part.points for part in score.parts) == score.score
        assert 0 <= score.score <= 10000
        assert all(0 <= part.points <= part.weight for part in score.parts)
        assert sum(part.weight for part in score.parts) in {0, 10000}


@given(randoms)
def test_score_is_the_same_whenever_asked(random):
    a, b = make_pair(random)
    again = replace(b, lines=tuple(reversed(b.lines)))

    assert directed_parts(a, b, WEIGHTS) == directed_parts(a, again, WEIGHTS)


@given(randoms, st.sampled_from(["topics", "audiences", "months"]))
def test_empty_is_never_a_match(random, field):
    a, b = make_pair(random)
    part = {"topics": Part.TOPICS, "audiences": Part.AUDIENCE, "months": Part.TIME}

    partner_empty = directed_parts(a, replace(b, **{field: 0}), WEIGHTS)
    self_empty = directed_parts(replace(a, **{field: 0}), b, WEIGHTS)

    assert partner_empty.parts[part[field]].points == 0
    assert self_empty.parts[part[field]].points == 0
    assert self_empty.parts[part[field]].weight == 0
