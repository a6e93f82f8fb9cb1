"""The worked example of a bundle, and the figures that are shown of one."""

from marketplace.matching.scores.bundles import best_bundles
from marketplace.matching.scores.index import MatchIndex
from tests.matching.scores.catalogue import (
    CLASS_7_8,
    DELITZSCH,
    FUNKENKISTE,
    GIVERS,
    HALLE,
    LEIPZIG,
    MATERIAL,
    MENTOR,
    MERSEBURG,
    MONEY,
    PEOPLE,
    ROBOTICS,
    ROOM,
    SCHKEUDITZ,
    SPRING,
    STATION,
    TUESDAY_PM,
    VENUE,
    WEIGHTS,
    bits,
    company,
    line,
    provider,
)

BITTERFELD = (51.62355, 12.32395)
THURSDAY_PM = 7
ALIKE = {"topics": bits(ROBOTICS), "audiences": bits(CLASS_7_8)}


def gives(number, place, *lines):
    rows = [
        line(k, kind, quantity, item=item, slots=slots, give=True, months=SPRING)
        for k, (kind, item, quantity, slots) in enumerate(lines, 1)
    ]
    return company(number, place, 60, *rows, **ALIKE)


def room(slot):
    return (VENUE, ROOM, 10, bits(slot))


def euros(quantity):
    return (MONEY, 0, quantity, 0)


def stations(quantity):
    return (MATERIAL, STATION, quantity, 0)


def hours(quantity):
    return (PEOPLE, MENTOR, quantity, 0)


def hall_in_halle():
    slots = bits(TUESDAY_PM, THURSDAY_PM)
    return provider(
        3,
        HALLE,
        60,
        line(1, MATERIAL, 12, item=STATION, months=SPRING),
        line(2, VENUE, 10, item=ROOM, slots=slots, months=SPRING),
        line(3, MONEY, 3000, months=SPRING),
        line(4, PEOPLE, 40, item=MENTOR, months=SPRING),
        **ALIKE,
    )


def six_companies():
    return [
        gives(21, LEIPZIG, stations(8), euros(1000)),
        gives(22, MERSEBURG, stations(4), room(TUESDAY_PM)),
        gives(23, HALLE, room(TUESDAY_PM), room(THURSDAY_PM)),
        gives(24, SCHKEUDITZ, euros(2000), hours(40)),
        gives(25, DELITZSCH, euros(3000)),
        gives(26, BITTERFELD, hours(20)),
    ]


def index():
    return MatchIndex([hall_in_halle(), *six_companies()], WEIGHTS)


def ids(bundle):
    return sorted(member.profile_id for member in bundle.members)


def test_example_best_bundle_covers_all():
    best = best_bundles(index(), 3).best

    assert ids(best) == [21, 22, 23, 24]
    assert (best.percent, best.reciprocal, best.distance) == (10000, 33657, 64780)
    assert best.lines_ppm == [1_000_000] * 4


def test_example_members_stand_in_the_order_of_the_list():
    members = best_bundles(index(), 3).best.members

    assert [(one.profile_id, one.reciprocal) for one in members] == [
        (23, 9189),
        (24, 8599),
        (22, 8157),
        (21, 7712),
    ]


def test_example_best_of_two():
    pair = best_bundles(index(), 3).pair

    assert ids(pair) == [23, 24]
    assert (pair.coverage, pair.percent) == (2_666_666, 6667)
    assert pair.lines_ppm == [0, 1_000_000, 666_666, 1_000_000]


def test_example_best_of_three():
    best = best_bundles(index(), 3, max_partners=3).best

    assert (ids(best), best.percent) == ([21, 23, 24], 9167)


def test_example_strongest_declines():
    found = best_bundles(index(), 3)

    assert found.strongest.profile_id == 24
    assert ids(found.without) == [21, 22, 23, 25, 26]
    assert found.without.percent == 8750
    assert found.without.lines_ppm == [1_000_000, 1_000_000, 1_000_000, 500_000]


def test_what_each_gives_is_told_unit_by_unit():
    best = best_bundles(index(), 3).best

    # Stations, room on Tuesday, on Thursday, money, hours.
    assert best.given == [
        [0, 10, 10, 0, 0],
        [0, 0, 0, 2000, 40],
        [4, 0, 0, 0, 0],
        [8, 0, 0, 1000, 0],
    ]


def test_lines_that_are_not_meant_take_nothing():
    best = best_bundles(index(), 3, lines={3}).best

    assert (ids(best), best.given, best.percent) == ([25], [[3000]], 10000)


def test_who_agreed_stays_when_another_declines():
    found = best_bundles(index(), 3, fixed=[22])

    assert found.best.members[0].profile_id == 22
    assert (ids(found.best), found.best.percent) == ([21, 22, 23, 24], 10000)


def test_nothing_to_add_makes_no_bundle():
    assert best_bundles(MatchIndex([hall_in_halle()], WEIGHTS), 3) is None
    assert best_bundles(index(), 3, fixed=[21, 22, 23, 24]) is None


def test_example_of_the_pages():
    found = best_bundles(MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS), 3)

    assert (ids(found.best), found.best.percent) == ([21, 22, 23, 25], 9375)
    assert (ids(found.pair), found.pair.percent) == ([21, 22], 6875)
    assert (ids(found.without), found.without.percent) == ([22, 23, 24, 25], 6125)
