"""What `market bench` is asked for, and how a figure answers."""

from dataclasses import dataclass

Line = dict[str, object]


@dataclass(frozen=True)
class Order:
    """How many things there are, and where the database may lie."""

    size: int = 10_000
    # The address of a server, or of a file beside which ours are kept; empty: SQLite
    # in the cache folder.
    database: str = ""


def line(name: str, size: int, unit: str, value: float, *, is_right: bool) -> Line:
    """One figure; `is_right` tells that a second way led to the same answer."""
    return {
        "name": name,
        "n": size,
        "unit": unit,
        "value": round(value, 3),
        "checked": is_right,
    }
