"""What is matched, as plain values.

Sets are bit masks: bit k of `topics` and `audiences` is the k-th member of its enum,
bit 0 of `months` the present month, bit 2 * weekday + (0 morning, 1 afternoon) of
`slots` a half day. 0 means empty, and what is empty never counts as a match.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import cos, floor, radians, sin
from typing import NamedTuple

from marketplace.matching.scores.enums import Direction, Hard, Side
from marketplace.matching.scores.prices import START, shown_price

EARTH_RADIUS_M = 6371008.8
TOPICS, AUDIENCES, MONTHS, SLOTS = 64, 16, 24, 14
LARGEST_ID, LARGEST_QUANTITY, LARGEST_RADIUS_KM = 2**32 - 1, 10**9, 20_000
NOTHING = Hard(0)


class Position(NamedTuple):
    """A place in metres from the middle of the earth."""

    x: int
    y: int
    z: int


def position_of(lat: float, lon: float) -> Position:
    """Turns degrees into earth-centred metres, each rounded half up."""
    phi, theta = radians(lat), radians(lon)
    return Position(
        floor(EARTH_RADIUS_M * cos(phi) * cos(theta) + 0.5),
        floor(EARTH_RADIUS_M * cos(phi) * sin(theta) + 0.5),
        floor(EARTH_RADIUS_M * sin(phi) + 0.5),
    )


def bits_of(mask: int) -> tuple[int, ...]:
    """The places of the members of a set, ascending."""
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(places)


def closed(topics: int, parents: Mapping[int, int]) -> int:
    """Adds the parent of each topic; `parents` goes from bit to bit, one level."""
    return topics | union(1 << parents[t] for t in bits_of(topics) if t in parents)


def union(masks: Iterable[int]) -> int:
    """All members of some sets."""
    together = 0
    for mask in masks:
        together |= mask
    return together


@dataclass(frozen=True, kw_only=True)
class Line:
    """One wish or one gift.

    `kind` and `item` are numbers of the caller's choice, kinds 0..63; item 0 is none.
    An `open_quantity` of None was not told, of 0 is used up and takes no part.
    """

    line_no: int
    direction: Direction
    kind: int
    item: int = 0
    open_quantity: int | None = None
    months: int = 0
    slots: int = 0
    # Of the line's own; 0: those of the profile.
    topics: int = 0
    audiences: int = 0
    hard: Hard = NOTHING
    # People of the company meet minors: it must have declared how it protects them.
    is_safeguarded: bool = False

    def __post_init__(self) -> None:
        _check(0 <= self.kind < 64, "a kind is a bit of 64")
        _check(self.item >= 0, "an item is a number from 0")
        _check(
            0 <= (self.open_quantity or 0) <= LARGEST_QUANTITY,
            "a quantity is counted from 0, to a billion",
        )
        _check_masks(self.topics, self.audiences, self.months)
        _check(0 <= self.slots < 1 << SLOTS, "a week has 14 half days")

    @property
    def is_open(self) -> bool:
        return self.open_quantity != 0

    @property
    def units(self) -> tuple[int | None, ...]:
        """The slots the line consists of, each with the full quantity; else None."""
        return bits_of(self.slots) or (None,)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What is matched: one offer of a provider, one site of a company.

    `topics` is closed upward, all three sets hold those of the lines too (`gathered`
    sees to both). `free_capacity` is what the organisation can still carry: its
    capacity minus live incoming introductions minus arranging partnerships.
    """

    profile_id: int
    side: Side
    organisation_id: int
    position: Position
    radius_km: int | None = None
    is_radius_hard: bool = True
    topics: int = 0
    audiences: int = 0
    months: int = 0
    free_capacity: int = 3
    lines: tuple[Line, ...] = field(default=(), repr=False)
    is_active: bool = True
    # The company's declaration on protecting minors is valid.
    is_declared: bool = False
    price_pm: int = START
    # Since the first publication; None: long ago.
    age_days: int | None = None

    def __post_init__(self) -> None:
        _check(0 <= self.profile_id <= LARGEST_ID, "an id has 32 bits")
        _check(
            0 <= (self.radius_km or 0) <= LARGEST_RADIUS_KM,
            "a radius is at most half around the earth",
        )
        _check_masks(self.topics, self.audiences, self.months)
        numbers = {line.line_no for line in self.lines}
        _check(len(numbers) == len(self.lines), "each line has its own number")

    @cached_property
    def needs(self) -> tuple[Line, ...]:
        """The open need lines by number, with their effective topics and audiences."""
        return tuple(self._open(Direction.NEED))

    @cached_property
    def gives(self) -> tuple[Line, ...]:
        """The open give lines by number, with their effective topics and audiences."""
        return tuple(self._open(Direction.GIVE))

    @property
    def shown_price(self) -> int:
        """The price that counts in lists, with the boost of the new."""
        return shown_price(self.price_pm, self.age_days)

    def _open(self, direction: Direction) -> Iterator[Line]:
        for line in sorted(self.lines, key=lambda line: line.line_no):
            if line.direction is direction and line.is_open:
                yield self._effective(line)

    def _effective(self, line: Line) -> Line:
        """The line with its own topics and audiences, else those of the profile."""
        topics = line.topics or self.topics
        audiences = line.audiences or self.audiences
        if (topics, audiences) == (line.topics, line.audiences):
            return line
        return replace(line, topics=topics, audiences=audiences)


def gathered(profile: Profile, parents: Mapping[int, int]) -> Profile:
    """Adds to the sets of a profile those of its lines, and to its topics the parents.

    `profile` comes with what was entered for the whole of it.
    """
    lines = profile.lines
    topics = union([profile.topics, *(line.topics for line in lines)])
    return replace(
        profile,
        topics=closed(topics, parents),
        audiences=union([profile.audiences, *(line.audiences for line in lines)]),
        months=union([profile.months, *(line.months for line in lines)]),
    )


def _check_masks(topics: int, audiences: int, months: int) -> None:
    _check(0 <= topics < 1 << TOPICS, "there are at most 64 topics")
    _check(0 <= audiences < 1 << AUDIENCES, "there are at most 16 audiences")
    _check(0 <= months < 1 << MONTHS, "months reach 24 ahead")


def _check(is_so: bool, promise: str) -> None:
    if not is_so:
        raise ValueError(promise)
