"""What the product tells of occupations, as plain facts."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True)
class Story:
    """An occupation as one tells of it: the work, a day, the way in, the subjects.

    `day` holds a time and what happens then. `things` are three drawings of
    static/images/things.svg, by name: together they are its picture. `name` and
    `sentence` are empty in German: there the occupation itself has them.
    """

    doing: str
    day: Sequence[tuple[str, str]]
    way: str
    subjects: Sequence[str]
    things: Sequence[str]
    name: str = ""
    sentence: str = ""


# The subjects of schools, as they are called in English.
SUBJECTS: Mapping[str, str] = {
    "Biologie": "Biology",
    "Chemie": "Chemistry",
    "Deutsch": "German",
    "Englisch": "English",
    "Geografie": "Geography",
    "Geschichte": "History",
    "Informatik": "Computer science",
    "Kunst": "Art",
    "Mathematik": "Mathematics",
    "Musik": "Music",
    "Physik": "Physics",
    "Sport": "Sport",
    "Werken oder Technik": "Crafts or technology",
    "Wirtschaft": "Economics",
}
_FOLDER = files("marketplace.region.occupations").joinpath("stories")
NOON = 12


def _told_in(folder: Traversable) -> Iterator[tuple[str, dict[str, Any]]]:
    """All stories of a folder: a file for each area, the titles as in everyday.csv."""
    for area in folder.iterdir():
        if area.name.endswith(".toml"):
            yield from tomllib.loads(area.read_text("utf-8")).items()


def _in_english(german: Story, words: Mapping[str, Any]) -> Story:
    """A story in English: its times, subjects and things are those of the German."""
    times = (_clock(time) for time, _happens in german.day)
    return Story(
        doing=words["doing"],
        day=list(zip(times, words["day"], strict=True)),
        way=words["way"],
        subjects=[SUBJECTS[subject] for subject in german.subjects],
        things=german.things,
        name=words["name"],
        sentence=words["sentence"],
    )


def _clock(time: str) -> str:
    """A time as English tells it: "13 Uhr" is 1 pm, "6.30 Uhr" is 6:30 am."""
    hour, dot, minute = time.removesuffix(" Uhr").partition(".")
    half = "am" if int(hour) < NOON else "pm"
    return f"{(int(hour) - 1) % NOON + 1}{dot and ':'}{minute} {half}"


# By the title of the occupation; every title in everyday.csv has one.
STORIES: Mapping[str, Story] = {t: Story(**words) for t, words in _told_in(_FOLDER)}
ENGLISH: Mapping[str, Story] = {
    title: _in_english(STORIES[title], words)
    for title, words in _told_in(_FOLDER.joinpath("en"))
}
