import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from marketplace.region.occupations.tables import ENGLISH, STORIES
from marketplace.region.occupations.tables import SUBJECTS as IN_ENGLISH
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


LEFT = re.compile(r"\b(?:der|das|du|ein|eine|nicht|mit|ist|Uhr)\b")
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


def areas(*inside):
    folder = files("marketplace.region.occupations").joinpath("stories", *inside)
    found = (area for area in folder.iterdir() if area.name.endswith(".toml"))
    return [tomllib.loads(area.read_text("utf-8")) for area in found]


def sentences(story):
    return [story.doing, story.way, *(words for _time, words in story.day)]


def hours(story):
    return [float(time.removesuffix(" Uhr")) for time, _words in story.day]


def lengths(story):
    return [
        len(sentence.split())
        for text in sentences(story)
        for sentence in re.split(r"(?<=[.?!])\s", text)
    ]


def count_of(text):
    return len(re.findall(r"[.?!](?:\s|$)", text))


def clock(happens):
    """The hour of a time as English tells it, as the German one writes it."""
    time, half = happens[0].split(" ")
    hour, _dot, minute = time.partition(":")
    return float(f"{int(hour) % 12 + 12 * (half == 'pm')}.{minute or 0}")


def test_every_occupation_has_a_story():
    assert set(STORIES) == TITLES


@pytest.mark.parametrize("inside", [(), ("en",)])
def test_no_occupation_is_told_twice(inside):
    told = [title for area in areas(*inside) for title in area]

    assert [title for title, count in Counter(told).items() if count > 1] == []


@pytest.mark.parametrize("stories", [STORIES, ENGLISH])
def test_no_two_days_are_the_same(stories):
    happenings = Counter(words for s in stories.values() for _time, words in s.day)

    assert [words for words, count in happenings.items() if count > 1] == []


def test_subjects_are_those_of_schools():
    assert {subject for s in STORIES.values() for subject in s.subjects} == SUBJECTS
    assert set(IN_ENGLISH) == SUBJECTS


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
    assert max(lengths(story)) <= 20
    assert sum(lengths(story)) / len(lengths(story)) <= 15


def test_every_occupation_is_told_in_english():
    assert set(ENGLISH) == TITLES
    names = Counter(story.name for story in ENGLISH.values())
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("title", ENGLISH)
def test_english_story_is_as_whole_as_the_german(title):
    story, german = ENGLISH[title], STORIES[title]

    assert story.doing.startswith("You ")
    assert story.things == german.things
    assert list(map(clock, story.day)) == hours(german)
    assert story.subjects == [IN_ENGLISH[subject] for subject in german.subjects]
    said = [story.sentence, *sentences(story)]
    assert [s for s in said if not s.endswith((".", "?"))] == []
    # No German word was left standing.
    assert [s for s in said if LEFT.search(s)] == []
    # As much is told: no sentence of it is missing.
    parts = [(story.doing, german.doing), (story.way, german.way)]
    assert all(abs(count_of(own) - count_of(its)) <= 1 for own, its in parts)
    assert max(lengths(story)) <= 25


def test_every_thing_is_drawn():
    drawn = (TOP / "static" / "images" / "things.svg").read_text("utf-8")
    names = set(re.findall(r'symbol id="([a-z]+)"', drawn))

    assert {thing for story in STORIES.values() for thing in story.things} <= names
