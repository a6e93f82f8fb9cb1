"""What the product tells of occupations, as plain facts."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Story:
    """An occupation as one tells of it: the work, a day, the way in, the subjects.

    `day` holds a time and what happens then. `things` are three drawings of
    static/images/things.svg, by name: together they are its picture.
    """

    doing: str
    day: Sequence[tuple[str, str]]
    way: str
    subjects: Sequence[str]
    things: Sequence[str]


def _stories() -> dict[str, Story]:
    """All stories: a file for each area of work, the titles as in everyday.csv."""
    folder = files("marketplace.region.occupations").joinpath("stories")
    areas = [tomllib.loads(area.read_text("utf-8")) for area in folder.iterdir()]
    return {title: Story(**words) for told in areas for title, words in told.items()}


# By the title of the occupation; every title in everyday.csv has one.
STORIES: Mapping[str, Story] = _stories()
