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
    table = files("marketplace.region.occupations").joinpath("stories.toml")
    told = tomllib.loads(table.read_text("utf-8"))
    return {title: Story(**words) for title, words in told.items()}


# By the title of the occupation.
STORIES: Mapping[str, Story] = _stories()
