"""How the map is cut into squares, and what lies in one is drawn together."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from marketplace.foundation.geometry import (
    FINEST,
    SQUARES_PER_LAT,
    SQUARES_PER_LON,
    Point,
    on_map,
)
from marketplace.overview.maps.enums import Layer

_NAME = re.compile(r"(\d)-(\d{1,5})-(\d{1,5})", re.ASCII)


@dataclass(frozen=True, order=True)
class Square:
    """A square of the map; those of each level are half as wide as of the one above.

    Squares of the finest level, 6, are some 700 metres wide.
    """

    level: int
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.level}-{self.row}-{self.column}"

    @property
    def corner(self) -> Point:
        """Its south-western corner."""
        size = 1 << (FINEST - self.level)
        return Point(
            self.row * size / SQUARES_PER_LAT, self.column * size / SQUARES_PER_LON
        )

    @property
    def far_corner(self) -> Point:
        """Its north-eastern corner."""
        return Square(self.level, self.row + 1, self.column + 1).corner

    @property
    def on_map(self) -> tuple[float, float, float, float]:
        """Where it lies on the map: left, top, right, bottom."""
        left, bottom = on_map(self.corner)
        right, top = on_map(self.far_corner)
        return left, top, right, bottom


def square_named(name: str) -> Square | None:
    """The square of this name; None where there is none."""
    hit = _NAME.fullmatch(name)
    if not hit or int(hit[1]) > FINEST:
        return None
    return Square(*map(int, hit.groups()))


def square_at(point: Point, level: int) -> Square:
    """The square of a level in which a place lies."""
    shift = FINEST - level
    row = floor(point.lat * SQUARES_PER_LAT) >> shift
    return Square(level, row, floor(point.lon * SQUARES_PER_LON) >> shift)


@dataclass(frozen=True)
class Heap:
    """How much of one layer lies in a square; `need_count` of it asks for something.

    `rows` and `columns` are the sums of the finest squares of all that lies there.
    """

    square: Square
    layer: Layer
    is_hint: bool
    count: int
    need_count: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Cluster:
    """All that lies in a square, drawn as one mark at its middle."""

    square: Square
    point: Point
    counts: Mapping[Layer, int]
    need_count: int
    hint_count: int

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(self.counts.values())

    @property
    def layer(self) -> Layer | None:
        """The one layer of all that is there; None where there are several."""
        return next(iter(self.counts)) if len(self.counts) == 1 else None

    @property
    def is_hint(self) -> bool:
        """Says whether nobody has confirmed anything of it."""
        return self.hint_count == self.count


def clusters_of(heaps: Iterable[Heap]) -> list[Cluster]:
    """Puts together what lies in one square, the most first."""
    here: dict[Square, list[Heap]] = {}
    for heap in heaps:
        here.setdefault(heap.square, []).append(heap)
    clusters = [_cluster(square, some) for square, some in here.items()]
    return sorted(clusters, key=lambda c: (-c.count, c.square))


def _cluster(square: Square, heaps: Sequence[Heap]) -> Cluster:
    counts: Counter[Layer] = Counter()
    for heap in heaps:
        counts[heap.layer] += heap.count
    in_order = {layer: counts[layer] for layer in Layer if counts[layer]}
    need_count = sum(heap.need_count for heap in heaps)
    hint_count = sum(heap.count for heap in heaps if heap.is_hint)
    return Cluster(square, _middle(heaps), in_order, need_count, hint_count)


def _middle(heaps: Sequence[Heap]) -> Point:
    total = sum(heap.count for heap in heaps)
    row = sum(heap.rows for heap in heaps) / total + 0.5
    column = sum(heap.columns for heap in heaps) / total + 0.5
    return Point(row / SQUARES_PER_LAT, column / SQUARES_PER_LON)
