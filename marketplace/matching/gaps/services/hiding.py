"""Which sums are hidden, so that nobody can tell what stands in one of them.

Below three organisations a cell is hidden. Published totals must not give it away:
where one hidden cell would follow from the others, the smallest other one that is not
zero is hidden too, until none follows, not even from several totals together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from marketplace.matching.gaps.rules import is_telling

# A cell: area, topic and kind, each empty for all of them.
Key = tuple[str, str, str]
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Relation:
    """That some cells, none of them zero, sum to a total."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


def relations_of(keys: Iterable[Key], states: Mapping[str, str]) -> list[Relation]:
    """All totals there are among some cells; `states` has that of each district."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    by_kind: dict[Key, list[Key]] = defaultdict(list)
    by_topic: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(keys):
        area, topic, kind = key
        if area:
            parts[states.get(area, ""), topic, kind].append(key)
        if topic:
            by_topic[area, "", kind].append(key)
        if kind:
            by_kind[area, topic, ""].append(key)
    return [
        Relation(total, tuple(summed))
        for sums in (parts, by_topic, by_kind)
        for total, summed in sorted(sums.items())
    ]


def hidden_cells(
    sizes: Mapping[Key, int],
    organisations: Mapping[Key, int],
    relations: Sequence[Relation],
) -> frozenset[Key]:
    """The cells to hide; `sizes` are those that are not zero, the smallest go first."""
    hidden = {key for key in sizes if is_telling(organisations[key])}
    while True:
        told = _alone(hidden, relations) or following(hidden, relations)
        if not told:
            return frozenset(hidden)
        for key in sorted(told):
            hidden |= _companion(key, hidden, sizes, relations)


def following(hidden: Iterable[Key], relations: Sequence[Relation]) -> set[Key]:
    """The hidden cells whose value the shown ones determine, taken all together.

    A value is determined if its axis lies in the row space of the equations.
    """
    columns = {key: number for number, key in enumerate(sorted(hidden))}
    rows = [[c for c in r.cells if c in columns] for r in relations]
    touched = [
        (r, cells) for r, cells in zip(relations, rows, strict=True) if len(cells)
    ]
    if not touched:
        return set()
    matrix = np.zeros((len(touched), len(columns)))
    for number, (relation, cells) in enumerate(touched):
        for cell in cells:
            matrix[number, columns[cell]] = -1 if cell == relation.total else 1
    values, vectors = np.linalg.eigh(matrix @ matrix.T)
    kept = values > TOLERANCE * max(1.0, float(values[-1]))
    axes = matrix.T @ (vectors[:, kept] / np.sqrt(values[kept]))
    shares = (axes**2).sum(axis=1)
    return {key for key, place in columns.items() if shares[place] > 1 - 1e-7}


def _alone(hidden: set[Key], relations: Sequence[Relation]) -> set[Key]:
    """Those that are the only hidden cell of a total: the simple subtraction."""
    found = ([c for c in r.cells if c in hidden] for r in relations)
    return {cells[0] for cells in found if len(cells) == 1}


def _companion(
    key: Key,
    hidden: set[Key],
    sizes: Mapping[Key, int],
    relations: Sequence[Relation],
) -> set[Key]:
    """The smallest other cell that is not zero, of a total with this one.

    First of those in which the cell stands alone; a total itself only if need be. If
    all beside it are hidden, the smallest that is shown at all.
    """
    near = [r for r in relations if key in r.cells]
    lonely = [r for r in near if sum(c in hidden for c in r.cells) == 1]
    for pool in (
        [c for r in lonely for c in r.parts],
        [r.total for r in lonely],
        [c for r in near for c in r.cells],
        list(sizes),
    ):
        open_cells = [c for c in pool if c in sizes and c not in hidden]
        if open_cells:
            return {min(open_cells, key=lambda c: (sizes[c], c))}
    return set()
