import csv
import re
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


def sentences(story):
    return [story.doing, story.way, *(words for _time, words in story.day)]


def test_stories_are_of_occupations_there_are():
    assert set(STORIES) - TITLES == set()
    assert len(STORIES) >= 59


@pytest.mark.parametrize("title", STORIES)
def test_story_is_whole_and_speaks_to_the_young(title):
    story = STORIES[title]

    assert story.doing.startswith("Du ")
    assert (len(story.day), len(story.things), len(story.subjects)) == (4, 3, 3)
    assert [s for s in sentences(story) if not s.endswith((".", "?"))] == []
    assert [s for s in sentences(story) if SIE.search(s) or gender_signs(s)] == []
    # Short sentences: nobody of fourteen reads on after a long one.
    long = [
        sentence
        for text in sentences(story)
        for sentence in re.split(r"(?<=[.?])\s", text)
        if len(sentence.split()) > 20
    ]
    assert long == []


def test_every_thing_is_drawn():
    drawn = (TOP / "static" / "images" / "things.svg").read_text("utf-8")
    names = set(re.findall(r'symbol id="([a-z]+)"', drawn))

    assert {thing for story in STORIES.values() for thing in story.things} <= names
