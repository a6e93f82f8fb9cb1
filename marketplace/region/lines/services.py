from collections.abc import Callable, Iterable
from typing import TypeVar

from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import LineEntry

L = TypeVar("L", bound=LineColumns)


def renewed_lines(
    stored: Iterable[L], entries: Iterable[LineEntry], make: Callable[[], L]
) -> list[L]:
    """The lines as they were entered; what is of one kind and item stays the same line.

    So partnerships keep their hold on it, and what they took of it stays taken.
    """
    left = list(stored)
    lines = []
    for number, entry in enumerate(entries, 1):
        same = [one for one in left if (one.kind, one.item) == (entry.kind, entry.item)]
        line = same[0] if same else make()
        if same:
            left.remove(line)
        line.open_quantity = _still_open(line if same else None, entry.quantity)
        line.line_no = number
        for name, value in vars(entry).items():
            setattr(line, name, value)
        lines.append(line)
    return lines


def _still_open(line: LineColumns | None, quantity: int | None) -> int | None:
    """What of a new quantity is left, when some of the old one is taken."""
    if quantity is None:
        return None
    if line is None or line.quantity is None or line.open_quantity is None:
        return quantity
    return max(0, quantity - (line.quantity - line.open_quantity))
