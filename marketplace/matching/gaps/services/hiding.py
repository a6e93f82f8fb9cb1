"""Which sums are hidden, so that nobody can tell what stands in one of them.

What would tell on somebody is hidden. Published totals must not give it away: where one
hidden cell would follow from the others, the smallest other one that is not zero is
hidden too, until none follows, not even from several totals together. So it is where a
total gives the sum of some cells and that tells on somebody; sums that only follow from
several totals are not looked at. Organisations and pupils are hidden by the same rule.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# A cell: area, topic and kind, each empty for all of them.
Key = tuple[str, str, str]
# Says whether the sum of some hidden cells would tell on somebody.
Telling = Callable[[Collection[Key]], bool]
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
    telling: Iterable[Key],
    relations: Sequence[Relation],
    *,
    is_telling: Telling,
) -> frozenset[Key]:
    """The cells to hide: those that are telling, and what would give them away.

    `sizes` are those that are not zero, the smallest go first.
    """
    hidden = set(telling)
    while True:
        if open_sums := [r for r in relations if _tells(r, hidden, is_telling)]:
            for relation in open_sums:
                if _tells(relation, hidden, is_telling):
                    hidden.add(_smallest(relation, hidden, sizes))
        elif told := following(hidden, relations):
            for key in sorted(told):
                hidden |= _companion(key, hidden, sizes, relations)
        else:
            return frozenset(hidden)


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


def _tells(relation: Relation, hidden: set[Key], is_telling: Telling) -> bool:
    """Says whether a subtraction gives one hidden cell, or too small a sum of some."""
    cells = {cell for cell in relation.cells if cell in hidden}
    if len(cells) < 2:
        return bool(cells)
    return relation.total not in hidden and is_telling(cells)


def _smallest(relation: Relation, hidden: set[Key], sizes: Mapping[Key, int]) -> Key:
    """The smallest part that is shown; the total only where none is."""
    shown = [cell for cell in relation.parts if cell not in hidden]
    return min(shown or [relation.total], key=lambda cell: (sizes[cell], cell))


def _companion(
    key: Key,
    hidden: set[Key],
    sizes: Mapping[Key, int],
    relations: Sequence[Relation],
) -> set[Key]:
    """The smallest other cell that is not zero, of a total with this one.

    If all beside it are hidden, the smallest that is shown at all.
    """
    near = [c for r in relations if key in r.cells for c in r.cells]
    for pool in (near, list(sizes)):
        open_cells = [c for c in pool if c in sizes and c not in hidden]
        if open_cells:
            return {min(open_cells, key=lambda c: (sizes[c], c))}
    return set()
