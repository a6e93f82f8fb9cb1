import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from marketplace.region.occupations.tables import STORIES
from tests.architecture.wording import SIE, gender_signs

TOP = Path(__file__).parents[3]
TITLES = {
    row["title"]
    for row in csv.DictReader(
        files("marketplace.region.occupations")
        .joinpath("everyday.csv")
        .read_text("utf-8")
        .splitlines()
    )
}


SUBJECTS = {
    "Biologie",
    "Chemie",
    "Deutsch",
    "Englisch",
    "Geografie",
    "Geschichte",
    "Informatik",
    "Kunst",
    "Mathematik",
    "Musik",
    "Physik",
    "Sport",
    "Werken oder Technik",
    "Wirtschaft",
}


def areas():
    folder = files("marketplace.region.occupations").joinpath("stories")
    return [tomllib.loads(area.read_text("utf-8")) for area in folder.iterdir()]


def sentences(story):
    return [story.doing, story.way, *(words for _time, words in story.day)]


def hours(story):
    return [float(time.removesuffix(" Uhr")) for time, _words in story.day]


def test_every_occupation_has_a_story():
    assert set(STORIES) == TITLES


def test_no_occupation_is_told_twice():
    told = [title for area in areas() for title in area]

    assert [title for title, count in Counter(told).items() if count > 1] == []


def test_no_two_days_are_the_same():
    happenings = Counter(words for s in STORIES.values() for _time, words in s.day)

    assert [words for words, count in happenings.items() if count > 1] == []


def test_subjects_are_those_of_schools():
    assert {subject for s in STORIES.values() for subject in s.subjects} == SUBJECTS


@pytest.mark.parametrize("title", STORIES)
def test_story_is_whole_and_speaks_to_the_young(title):
    story = STORIES[title]

    assert story.doing.startswith("Du ")
    parts = (story.day, set(story.things), set(story.subjects))
    assert [len(part) for part in parts] == [4, 3, 3]
    assert hours(story) == sorted(hours(story))
    assert [s for s in sentences(story) if not s.endswith((".", "?"))] == []
    assert [s for s in sentences(story) if SIE.search(s) or gender_signs(s)] == []
    # Short sentences: nobody of fourteen reads on after a long one.
    lengths = [
        len(sentence.split())
        for text in sentences(story)
        for sentence in re.split(r"(?<=[.?!])\s", text)
    ]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 15


def test_every_thing_is_drawn():
    drawn = (TOP / "static" / "images" / "things.svg").read_text("utf-8")
    names = set(re.findall(r'symbol id="([a-z]+)"', drawn))

    assert {thing for story in STORIES.values() for thing in story.things} <= names
