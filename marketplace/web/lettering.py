"""Names of towns on a map: each beside its dot, none over another name or a sign."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

# Sizes in units of the drawing: a letter on average, a line, the way from the dot.
LETTER, LINE, GAP = 6.6, 15.0, 6.0
# How far a numbered sign reaches around its place.
SIGN = 17.0
# How far from its dot a name may begin; below nought it ends there, to the left.
OFFSETS = (GAP, -GAP, GAP + SIGN, -GAP - SIGN)
# How far below the usual line.
LINES = (0.0, LINE + 1, -LINE - 1)


@dataclass(frozen=True)
class Name:
    """A name and where its town is, in units of the drawing."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Lettered:
    """A name as it is written: so far to the right of its dot, or to the left."""

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

    Who is where another stands already may take the line below or above.
    """
    taken = [Box(x - SIGN, y - SIGN, x + SIGN, y + SIGN) for x, y in signs]
    written: list[Lettered] = []
    for name in (name for name in names if room.holds(name.x, name.y)):
        is_shared = any(_share_a_place(name, other.name) for other in written)
        for place in _places_for(name, LINES if is_shared else LINES[:1]):
            box = _box(place.name, place.offset)
            if box.lies_in(room) and not any(box.meets(other) for other in taken):
                taken.append(box)
                written.append(place)
                break
    return written


def _places_for(name: Name, lines: Iterable[float]) -> Iterator[Lettered]:
    """Where a name may stand, the best place first."""
    for line in lines:
        moved = replace(name, y=name.y + line)
        yield from (Lettered(moved, offset) for offset in OFFSETS)


def _share_a_place(one: Name, other: Name) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < SIGN


def _box(name: Name, offset: float) -> Box:
    length = LETTER * len(name.text)
    left = name.x + offset - (length if offset < 0 else 0)
    return Box(left, name.y - LINE, left + length, name.y)
