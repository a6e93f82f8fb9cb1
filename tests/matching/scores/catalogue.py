"""The catalogue and the profiles of the worked examples."""

from dataclasses import replace

from marketplace.matching.scores.enums import Direction, Hard, Side
from marketplace.matching.scores.prices import next_price
from marketplace.matching.scores.values import (
    TOPICS,
    Line,
    Profile,
    gathered,
    position_of,
)
from marketplace.matching.scores.weights import TopicWeights, topic_weight

TECHNOLOGY, ROBOTICS, ELECTRONICS, SOLAR, OPTICS = range(5)
PARENTS = {ROBOTICS: TECHNOLOGY, ELECTRONICS: TECHNOLOGY, SOLAR: TECHNOLOGY}
CARRYING = {TECHNOLOGY: 110, ROBOTICS: 24, ELECTRONICS: 18, SOLAR: 9, OPTICS: 12}
WEIGHTS = TopicWeights(
    tuple(topic_weight(200, CARRYING.get(topic, 0)) for topic in range(TOPICS)), "test"
)

CLASS_5_6, CLASS_7_8, CLASS_9_10, CLASS_11_13, VOCATIONAL = range(5)
MONEY, MATERIAL, VENUE, PEOPLE = range(4)
STATION, ROOM, WORKSHOP, MENTOR = 1, 2, 3, 4
TUESDAY_PM, SATURDAY_AM, SATURDAY_PM = 3, 10, 11

HALLE, LEIPZIG = (51.48158, 11.97947), (51.33962, 12.37129)
MERSEBURG, DELITZSCH = (51.35478, 11.98923), (51.52546, 12.34284)
DRESDEN, SCHKEUDITZ = (51.05089, 13.73832), (51.39678, 12.22141)


def bits(*places):
    return sum(1 << place for place in places)


def months(first, last):
    """A mask from "2027-02" to "2027-04", seen from November 2026."""
    start, end = (
        (int(text[:4]) - 2026) * 12 + int(text[5:]) - 11 for text in (first, last)
    )
    return sum(1 << k for k in range(start, end + 1))


def line(line_no, kind, quantity, *, item=0, give=False, **more):
    direction = Direction.GIVE if give else Direction.NEED
    return Line(
        line_no=line_no,
        direction=direction,
        kind=kind,
        item=item,
        open_quantity=quantity,
        is_safeguarded=kind == PEOPLE,
        **more,
    )


def profile(profile_id, side, place, radius_km, *lines, **more):
    entered = Profile(
        profile_id=profile_id,
        side=side,
        organisation_id=1000 + profile_id,
        position=position_of(*place),
        radius_km=radius_km,
        lines=lines,
        is_declared=side is Side.COMPANY,
        **more,
    )
    return gathered(entered, PARENTS)


def provider(profile_id, place, radius_km, *lines, **more):
    return profile(profile_id, Side.PROVIDER, place, radius_km, *lines, **more)


def company(profile_id, place, radius_km, *lines, **more):
    return profile(profile_id, Side.COMPANY, place, radius_km, *lines, **more)


def with_months(a, mask):
    """A profile all of whose lines are for the same months."""
    lines = tuple(replace(one, months=mask) for one in a.lines)
    return replace(a, lines=lines, months=mask)


SPRING = months("2027-02", "2027-04")
YEAR = months("2027-01", "2027-12")

P = provider(
    1,
    HALLE,
    50,
    line(1, MATERIAL, 12, item=STATION, months=SPRING),
    line(2, VENUE, 10, item=ROOM, months=SPRING, slots=bits(TUESDAY_PM)),
    line(3, MONEY, 2000, months=SPRING),
    topics=bits(ROBOTICS, SOLAR),
    audiences=bits(CLASS_5_6, CLASS_7_8),
)
Q = provider(
    2,
    HALLE,
    50,
    line(1, MATERIAL, 12, item=STATION, months=SPRING),
    topics=bits(ELECTRONICS),
    audiences=bits(CLASS_7_8),
)
A = company(
    11,
    LEIPZIG,
    60,
    line(1, MATERIAL, 8, item=STATION, give=True, months=months("2027-03", "2027-05")),
    line(2, MONEY, 1500, give=True, months=YEAR),
    topics=bits(ROBOTICS, ELECTRONICS),
    audiences=bits(CLASS_7_8, CLASS_9_10),
)
B = company(12, MERSEBURG, 100, line(1, MONEY, 1000, give=True), topics=bits(SOLAR))
B_FILLED = with_months(replace(B, audiences=bits(CLASS_7_8)), SPRING)
B_OTHERWISE = with_months(
    replace(B, audiences=bits(CLASS_11_13)), months("2027-09", "2027-11")
)
C = company(
    13,
    DELITZSCH,
    80,
    line(1, MONEY, 5000, give=True, months=YEAR, hard=Hard.AUDIENCE),
    topics=bits(ROBOTICS),
    audiences=bits(CLASS_11_13),
)
D = company(
    14,
    DRESDEN,
    150,
    line(1, MONEY, 2000, give=True, months=YEAR),
    topics=bits(ROBOTICS, SOLAR),
    audiences=bits(CLASS_5_6, CLASS_7_8),
)
P_SOFT = replace(P, is_radius_hard=False)
E_BEFORE = company(
    15,
    SCHKEUDITZ,
    40,
    line(1, MATERIAL, 6, item=STATION, give=True, months=months("2027-02", "2027-06")),
    audiences=bits(CLASS_7_8),
)
E = gathered(replace(E_BEFORE, topics=bits(ELECTRONICS, SOLAR)), PARENTS)

FUNKENKISTE = provider(
    3,
    (50.92878, 11.58990),
    60,
    line(1, MONEY, 4000, months=SPRING),
    line(2, MATERIAL, 4, item=STATION, months=SPRING),
    line(
        3,
        VENUE,
        6,
        item=WORKSHOP,
        months=SPRING,
        slots=bits(SATURDAY_AM, SATURDAY_PM),
    ),
    line(4, PEOPLE, 96, item=MENTOR, months=SPRING),
    topics=bits(OPTICS, ELECTRONICS),
    audiences=bits(CLASS_7_8, CLASS_9_10),
)


def _price(shown):
    price = 1000
    for _ in range(5):
        price = next_price(price, shown, 20)
    return price


def _giver(number, place, radius, sets, span, gives, shown):
    topics, audiences = sets
    lines = [
        line(k, kind, quantity, item=item, give=True, months=months(*span), slots=slots)
        for k, (kind, item, quantity, slots) in enumerate(gives, start=1)
    ]
    return company(
        number,
        place,
        radius,
        *lines,
        topics=topics,
        audiences=audiences,
        price_pm=_price(shown),
    )


def euros(quantity):
    return (MONEY, 0, quantity, 0)


def stations(quantity):
    return (MATERIAL, STATION, quantity, 0)


def hours(quantity):
    return (PEOPLE, MENTOR, quantity, 0)


def workshop(quantity, *slots):
    return (VENUE, WORKSHOP, quantity, bits(*slots))


SIEBENLINSEN = _giver(
    21,
    (50.91120, 11.59650),
    30,
    (bits(OPTICS, ELECTRONICS), bits(CLASS_7_8, CLASS_9_10)),
    ("2027-03", "2027-12"),
    [euros(2000), stations(2), hours(48)],
    25,
)
HAARGENAU = _giver(
    22,
    (50.97870, 11.03283),
    80,
    (bits(ELECTRONICS, ROBOTICS), bits(CLASS_7_8, CLASS_9_10, CLASS_11_13)),
    ("2027-02", "2027-06"),
    [euros(1000), workshop(6, SATURDAY_AM, SATURDAY_PM)],
    20,
)
ELSTERNEST = _giver(
    23,
    (50.88029, 12.08187),
    50,
    (bits(ELECTRONICS, SOLAR), bits(CLASS_9_10)),
    ("2027-03", "2027-08"),
    [euros(1000), hours(24)],
    16,
)
WOLKENFREI = _giver(
    24,
    (50.98030, 11.32903),
    40,
    (bits(SOLAR), bits(CLASS_9_10, CLASS_11_13)),
    ("2027-01", "2027-12"),
    [euros(800)],
    22,
)
DREITIEGEL = _giver(
    25,
    (50.64826, 11.36536),
    60,
    (bits(ROBOTICS), bits(CLASS_9_10)),
    ("2027-04", "2027-12"),
    [stations(2)],
    18,
)
BLECHZWILLING = _giver(
    26,
    (51.02624, 11.51638),
    50,
    (bits(ROBOTICS), bits(CLASS_11_13, VOCATIONAL)),
    ("2027-04", "2027-05"),
    [workshop(2, SATURDAY_AM)],
    19,
)
GIVERS = [
    SIEBENLINSEN,
    HAARGENAU,
    ELSTERNEST,
    WOLKENFREI,
    DREITIEGEL,
    BLECHZWILLING,
]
