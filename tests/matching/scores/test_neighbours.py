from dataclasses import replace

import pytest

from marketplace.matching.scores import index as markets
from marketplace.matching.scores.enums import Reason
from marketplace.matching.scores.gates import distance, gate, is_near
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.neighbours import lacks_across, nearest_across
from tests.matching.scores.catalogue import WEIGHTS
from tests.matching.scores.worlds import make_profiles, make_relations, seeded


@pytest.fixture(params=[0, 1000], ids=["numba", "numpy"])
def way(request, monkeypatch):
    """Block by block, and all rows at once."""
    monkeypatch.setattr(markets, "COMPILED_FROM", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("most", [1, 5, 400])
def test_nearest_of_the_other_side_come_first(most):
    profiles = make_profiles(seeded(11), 200)
    index = MatchIndex(profiles, WEIGHTS)
    for mine in profiles[:40]:
        near = [
            other
            for other in profiles
            if other.side is not mine.side and other.is_active and is_near(mine, other)
        ]
        near.sort(key=lambda other: (_square(mine, other), other.profile_id))

        found = nearest_across(index, mine.profile_id, most)

        assert found == [other.profile_id for other in near[:most]]


@pytest.mark.usefixtures("way")
def test_who_was_removed_is_nobodys_neighbour():
    profiles = make_profiles(seeded(12), 60)
    index = MatchIndex(profiles, WEIGHTS)
    mine = profiles[0]
    first = nearest_across(index, mine.profile_id, 1)[0]

    index.remove(first)

    assert first not in nearest_across(index, mine.profile_id, 60)


@pytest.mark.usefixtures("way")
def test_profile_that_is_tried_has_the_radius_it_is_tried_with():
    profiles = make_profiles(seeded(13), 200)
    index = MatchIndex(profiles, WEIGHTS)
    mine = profiles[0]

    for radius in (5, 40):
        tried = index.trying(replace(mine, radius_km=radius, is_radius_hard=True))
        found = nearest_across(tried, mine.profile_id, 200)

        ways = [distance(mine, index[number]) for number in found]
        assert all(way <= 1000 * radius for way in ways)


def test_who_lacks_something_is_who_fails_for_nothing_else():
    dice = seeded(14)
    profiles, relations = make_profiles(dice, 150), make_relations(dice)
    index = MatchIndex(profiles, WEIGHTS, relations)
    count = 0
    for mine in profiles:
        near = nearest_across(index, mine.profile_id, 30)
        others = [index[number] for number in near]
        expected = [
            (other.organisation_id, need.kind, need.item)
            for other in others
            if gate(mine, other, relations) in {Reason.NO_KIND, Reason.NO_ITEM}
            for need in other.needs
        ]

        assert lacks_across(index, mine.profile_id, near) == expected

        count += len(expected)
    assert count > 100


def test_who_went_since_lacks_nothing():
    index = MatchIndex(make_profiles(seeded(14), 150), WEIGHTS)
    near = {number: nearest_across(index, number, 150) for number in index}
    mine = next(n for n in near if lacks_across(index, n, near[n]))

    for number in near[mine]:
        index.remove(number)
    assert lacks_across(index, mine, near[mine]) == []

    index.remove(mine)
    assert lacks_across(index, mine, near[mine]) == []


def _square(one, other):
    places = zip(one.position, other.position, strict=True)
    return sum((a - b) ** 2 for a, b in places)
