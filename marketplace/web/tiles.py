"""The 49 districts as tiles, 10 by 8: what is fixed of that plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# The borders of the three states between the tiles, as one path.
BORDERS = "M2 3H3V4H4V5H5M5 5V4H6V3H7M5 5H7V6H6V8"


class StateName(NamedTuple):
    """Where on the plan the name of a state stands."""

    name: str
    x: int
    y: int


STATE_NAMES: Sequence[StateName] = (
    StateName("Sachsen-Anhalt", 6, 1),
    StateName("Thüringen", 1, 3),
    StateName("Sachsen", 8, 4),
)


@dataclass(frozen=True)
class Tile:
    """A district: its sign, how much is counted there, how strong, and where."""

    sign: str
    name: str
    count: str
    step: int
    link: str
    x: int
    y: int
