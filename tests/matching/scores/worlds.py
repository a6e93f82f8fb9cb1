"""Profiles as they might come: sets and amounts empty or not, in every combination."""

import random as dice

from marketplace.matching.scores.enums import Direction, Hard, Side
from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.values import Line, Profile, gathered, position_of
from tests.matching.scores.catalogue import PARENTS, bits


def seeded(seed):
    return dice.Random(seed)  # noqa: S311 - made to be repeated


def make_profiles(random, count):
    return [make_profile(random, number) for number in range(1, count + 1)]


def make_pair(random):
    """A provider and a company that nothing but distance and lines keeps apart."""
    provider, company = (
        make_profile(
            random,
            number,
            side=side,
            organisation_id=number,
            free_capacity=3,
            is_active=True,
        )
        for number, side in [(1, Side.PROVIDER), (2, Side.COMPANY)]
    )
    return provider, company


def make_profile(random, number, **given):
    side = random.choice(list(Side))
    values = {
        "profile_id": number,
        "side": side,
        "organisation_id": random.randint(1, 40),
        "position": position_of(random.uniform(50.8, 51.6), random.uniform(11.5, 13.0)),
        "radius_km": random.choice([None, 20, 60, 150, 999]),
        "is_radius_hard": random.random() < 0.7,
        "topics": some_bits(random, 5),
        "audiences": some_bits(random, 5),
        "free_capacity": random.choice([0, 1, 3, 3]),
        "lines": make_lines(random),
        "is_active": random.random() < 0.9,
        "is_declared": random.random() < 0.6,
        "price_pm": random.choice([500, 820, 1000, 1000, 1500]),
        "age_days": random.choice([None, 0, 13, 90]),
    }
    return gathered(Profile(**values | given), PARENTS)


def make_lines(random):
    # A company mostly gives, and an offer mostly needs, but nothing says they must.
    directions = random.choice(["nn", "ng", "gg", "nnn", "ggg", "nngg", "g", "n", ""])
    return tuple(
        Line(
            line_no=number,
            direction=Direction.NEED if sign == "n" else Direction.GIVE,
            kind=random.randint(0, 1),
            item=random.choice([0, 0, 1, 2]),
            open_quantity=random.choice([None, 0, 1, 3, 7, 12, 1000]),
            months=some_bits(random, 6),
            slots=random.choice([0, 0, some_bits(random, 4)]),
            topics=random.choice([0, 0, some_bits(random, 5)]),
            audiences=random.choice([0, 0, some_bits(random, 5)]),
            hard=Hard(random.choice([0, 0, 0, random.randrange(16)])),
            is_safeguarded=random.random() < 0.2,
        )
        for number, sign in enumerate(directions, start=1)
    )


def make_relations(random):
    def pairs():
        return [(random.randint(1, 40), random.randint(1, 40)) for _ in range(15)]

    return Relations(pairs(), pairs())


def some_bits(random, most):
    members = random.sample(range(most), random.randint(0, most))
    return bits(*members) if random.random() < 0.8 else 0
