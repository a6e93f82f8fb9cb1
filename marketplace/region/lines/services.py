from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from marketplace.foundation.database import locked_all
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import TOLD, LineEntry, still_open

L = TypeVar("L", bound=LineColumns)


def renewed_lines(
    stored: Iterable[L], entries: Iterable[LineEntry], make: Callable[[], L]
) -> list[L]:
    """The lines as they were entered; what is of one kind and item stays the same line.

    So partnerships keep their hold on it, and what they took of it stays taken. Of
    several such lines an entry means the one it names.
    """
    left = list(stored)
    rows: list[Any] = left
    for kind in {type(one) for one in rows}:  # who takes of them just now goes first
        locked_all(kind, [one.id for one in rows])
    lines = []
    for number, entry in enumerate(entries, 1):
        same = [one for one in left if _is_meant(one, entry)]
        line = same[0] if same else make()
        if same:
            left.remove(line)
        line.open_quantity = still_open(entry.quantity, line.taken or 0)
        line.line_no = number
        for name in TOLD:
            setattr(line, name, getattr(entry, name))
        lines.append(line)
    return lines


def _is_meant(line: Any, entry: LineEntry) -> bool:
    is_alike = (line.kind, line.item) == (entry.kind, entry.item)
    return is_alike and entry.line_id in {None, line.id}


def joined_lines(ours: list[L], theirs: list[L]) -> None:
    """Hangs all lines of one list behind those of another.

    They stay the rows they are, so whoever holds on to one still does.
    """
    for line in list(theirs):
        theirs.remove(line)
        ours.append(line)
    for number, line in enumerate(ours, 1):
        line.line_no = number
