from dataclasses import replace

import numpy as np
import pytest

from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.values import bits_of
from tests.matching.scores.catalogue import (
    FUNKENKISTE,
    GIVERS,
    HAARGENAU,
    SIEBENLINSEN,
    WEIGHTS,
    A,
    P,
)
from tests.matching.scores.worlds import make_profile, make_profiles, seeded


def ids(matches):
    return [match.profile_id for match in matches]


def test_row_holds_what_the_profile_says():
    index = MatchIndex([P, A], WEIGHTS)

    row = index.rows[index.place_of(11)]

    assert (row["profile_id"], row["organisation_id"], row["side"]) == (11, 1011, 1)
    assert tuple(row[axis] for axis in "xyz") == (3887571, 852696, 4974882)
    assert (row["limit"], row["reach"]) == (60_000, 61_000)
    assert (row["needs"], row["gives"], row["counted_needs"]) == (0, 2, 0)
    assert bits_of(int(row["give_kinds"])) == (0, 1)
    assert row["topics_weight"] == 1594 + 3084 + 3359
    assert index.lines[row["start"]]["open_quantity"] == 8


def test_every_change_has_a_version():
    index = MatchIndex([P], WEIGHTS)
    assert (index.version, len(index)) == (0, 1)

    index.put(A)
    index.relate(Relations(blocked=[(1, 2)]))
    index.remove(11)
    index.remove(11)

    assert (index.version, len(index)) == (3, 1)


def test_put_takes_in_and_takes_over():
    index = MatchIndex([FUNKENKISTE, SIEBENLINSEN], WEIGHTS)

    index.put(HAARGENAU)
    assert ids(rank(index, 3)) == [21, 22]

    index.put(replace(SIEBENLINSEN, price_pm=500))
    assert ids(rank(index, 3)) == [22, 21]


def test_removed_profiles_stand_in_no_list():
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)

    index.remove(22)

    assert ids(rank(index, 3)) == [21, 23, 24, 25, 26]
    with pytest.raises(KeyError):
        index.place_of(22)


def test_removed_profile_may_come_back():
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)

    index.remove(22)
    index.put(HAARGENAU)

    assert ids(rank(index, 3)) == [21, 22, 23, 24, 25, 26]


def test_relations_bar_at_once():
    index = MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)

    index.relate(Relations(blocked=[(1003, 1021)], recent=[(1022, 1003)]))

    assert ids(rank(index, 3)) == [23, 24, 25, 26]


def test_empty_index_grows():
    index = MatchIndex([], WEIGHTS)

    for profile in [FUNKENKISTE, *GIVERS]:
        index.put(profile)

    assert ids(rank(index, 3)) == [21, 22, 23, 24, 25, 26]


def test_after_many_changes_the_lists_are_those_of_a_new_index():
    dice = seeded(7)
    index = MatchIndex(make_profiles(dice, 40), WEIGHTS)

    for _ in range(400):
        number = dice.randint(1, 80)
        if dice.random() < 0.3:
            index.remove(number)
        else:
            index.put(make_profile(dice, number))

    fresh = MatchIndex(index.profiles.values(), WEIGHTS)
    lists = {number: rank(index, number) for number in index.profiles}
    assert lists == {number: rank(fresh, number) for number in index.profiles}
    assert sum(map(len, lists.values())) > 50
    assert np.count_nonzero(index.rows["is_live"]) == sum(
        profile.is_active for profile in index.profiles.values()
    )
