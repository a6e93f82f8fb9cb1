from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.geometry import Point
from marketplace.stewardship.imports.rules import (
    ALIKE,
    is_near,
    similarity,
    trigrams,
)
from marketplace.stewardship.imports.services.likeness import Likenesses, known

HERE = Point(51.34, 12.37)
NEXT_DOOR = Point(51.345, 12.375)
ELSEWHERE = Point(51.40, 12.37)
ROBOTS = known(1, "Roboter bauen im Labor", "Technikhaus", "Leipzig", HERE, "a.csv")


def test_trigrams_are_those_of_words_with_blanks_around():
    assert trigrams("cat ox") == {"  c", " ca", "cat", "at ", "  o", " ox", "ox "}


@pytest.mark.parametrize(
    ("one", "other", "share"), [("abc", "abc", 1.0), ("abc", "xyz", 0.0), ("", "", 0.0)]
)
def test_similarity_is_the_share_in_common(one, other, share):
    assert similarity(trigrams(one), trigrams(other)) == share


def test_two_kilometres_are_near_and_no_place_is_near_to_none():
    assert is_near(HERE, NEXT_DOOR)
    assert not is_near(HERE, ELSEWHERE)
    assert not is_near(HERE, None)
    assert is_near(None, None)


def like(title, organisation="Technikhaus", place="Leipzig", point=HERE, **how):
    file_name, has_own_ids = how.get("file", "b.csv"), how.get("ids", True)
    thing = known(0, title, organisation, place, point, file_name)
    found = Likenesses([ROBOTS]).like(thing, has_own_ids=has_own_ids)
    return found and found.id


def test_other_file_alike_and_near_is_found():
    assert like("Roboter bauen im Labor!") == 1
    assert like("Roboter bauen im Labor 2", point=NEXT_DOOR) == 1


def test_other_file_far_away_or_different_is_not():
    assert like("Roboter bauen im Labor 2", point=ELSEWHERE) is None
    assert like("Roboter bauen im Labor 2", point=None) is None
    assert like("Chemie für alle") is None
    assert like("Roboter bauen im Labor", "Ganz anderes Haus") is None


def test_same_file_with_numbers_only_equal_rows_are_found():
    assert like("Roboter bauen im Labor 2", file="a.csv") is None
    assert like("Roboter bauen im Labor", file="a.csv") == 1


def test_same_file_without_numbers_alike_rows_are_found():
    assert like("Roboter bauen im Labor 2", file="a.csv", ids=False) == 1


@given(st.randoms(use_true_random=False))
def test_nothing_alike_is_missed(random: Random):
    words = ["roboter", "labor", "bauen", "chemie", "kurs", "sommer", "tag", "natur"]
    things = [
        known(k, " ".join(random.choices(words, k=4)), "haus", f"ort{k}", HERE)
        for k in range(1, 30)
    ]
    asked = known(0, " ".join(random.choices(words, k=4)), "haus", "ort", HERE)

    found = Likenesses(things).like(asked, has_own_ids=False)

    grams = trigrams(f"{asked.title} {asked.organisation}")
    shares = [similarity(grams, trigrams(f"{t.title} haus")) for t in things]
    best = max(shares)
    assert (found is not None) == (best >= ALIKE)
    if found:
        assert shares[found.id - 1] == best
