"""Names of towns on a map: each beside its dot, none over another name or a sign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot

# Sizes in units of the drawing: a letter on average, a line, the way from the dot.
LETTER, LINE, GAP = 6.6, 15.0, 6.0
# How far a numbered sign reaches around its place.
SIGN = 17.0
# How far from its dot a name may begin; below nought it ends there, to the left.
OFFSETS = (GAP, -GAP, GAP + SIGN, -GAP - SIGN)
# How far below the usual line.
LINES = (0.0, LINE + 1, -LINE - 1)
# How far below or above it a name may stand that has a sign at its town.
AROUND = (SIGN + LINE, -SIGN, SIGN + 1.5 * LINE, -SIGN - 0.5 * LINE)
# So far around the town of a name that finds no room no other town is named.
HUSH = 60.0


@dataclass(frozen=True)
class Name:
    """A name and where its town is, in units of the drawing."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Lettered:
    """A name as it is written: so far to the right of its dot, or to the left.

    With an offset of nought it stands in the middle.
    """

    name: Name
    offset: float


@dataclass(frozen=True)
class Box:
    """A place on the map that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Says whether both share some room."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_near(self, x: float, y: float, reach: float) -> bool:
        """Says whether it comes closer to a place than that."""
        across = max(self.left - x, x - self.right, 0)
        down = max(self.top - y, y - self.bottom, 0)
        return hypot(across, down) < reach

    def holds(self, x: float, y: float) -> bool:
        """Says whether a place lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def lies_in(self, other: "Box") -> bool:
        """Says whether nothing of it stands out."""
        return other.holds(self.left, self.top) and other.holds(self.right, self.bottom)


def lettered(
    names: Iterable[Name], *, room: Box, signs: Sequence[tuple[float, float]] = ()
) -> list[Lettered]:
    """Writes what there is room for; of two that collide, the first one stays.

    Whose town is another's too, or under a sign, may take the line below or above.
    Around a name that finds no room no later one is written: it would be taken for it.
    """
    taken: list[Box] = []
    written: list[Lettered] = []
    missed: list[Name] = []
    for name in (name for name in names if room.holds(name.x, name.y)):
        if any(_lies_within(HUSH, name, other) for other in missed):
            continue
        is_shared = any(_lies_within(SIGN, name, other.name) for other in written)
        is_hidden = any(hypot(x - name.x, y - name.y) < SIGN + GAP for x, y in signs)
        for place in _places_for(name, is_shared=is_shared, is_hidden=is_hidden):
            box = _box(place)
            if _is_free(box, room, taken, signs):
                taken.append(box)
                written.append(place)
                break
        else:
            missed.append(name)
    return written


def _is_free(
    box: Box, room: Box, taken: Iterable[Box], signs: Iterable[tuple[float, float]]
) -> bool:
    """Says whether a name may stand here: seen whole, on no other, under no sign."""
    return (
        box.lies_in(room)
        and not any(box.meets(other) for other in taken)
        and not any(box.is_near(*sign, SIGN) for sign in signs)
    )


def _places_for(name: Name, *, is_shared: bool, is_hidden: bool) -> Iterator[Lettered]:
    """Where a name may stand, the best place first."""
    lines = LINES if is_shared or is_hidden else LINES[:1]
    for line in lines:
        moved = replace(name, y=name.y + line)
        yield from (Lettered(moved, offset) for offset in OFFSETS)
    for line in AROUND if is_hidden else ():
        moved = replace(name, y=name.y + line)
        yield from (Lettered(moved, offset) for offset in (0, -GAP, GAP))


def _lies_within(reach: float, one: Name, other: Name) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < reach


def _box(place: Lettered) -> Box:
    name, length = place.name, LETTER * len(place.name.text)
    share = 0.5 if not place.offset else 1 if place.offset < 0 else 0
    left = name.x + place.offset - share * length
    return Box(left, name.y - LINE, left + length, name.y)
