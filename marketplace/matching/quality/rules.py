from collections.abc import Iterable, Sequence
from datetime import date
from math import log2

LISTED = 20


def month_of(day: date) -> str:
    """The month of a day: "2026-11"."""
    return f"{day.year}-{day.month:02}"


def gini(counts: Sequence[int]) -> float | None:
    """How unequally something is spread: 0 all alike, near 1 one has all."""
    total, n = sum(counts), len(counts)
    if not total:
        return None
    ranked = sum(place * count for place, count in enumerate(sorted(counts), 1))
    return (2 * ranked - (n + 1) * total) / (n * total)


def share_of_most(counts: Sequence[int], part: int = 10) -> float | None:
    """Which share the first of `part` of all have, those with most."""
    total = sum(counts)
    first = sorted(counts, reverse=True)[: max(1, len(counts) // part)]
    return sum(first) / total if total else None


def ndcg(outcomes: Iterable[tuple[int, bool]]) -> float | None:
    """How far up in one list those stand who agreed, of (rank, agreed), 0 to 1.

    1: nobody who did not agree stood before them. None where nobody agreed.
    """
    known = sorted(outcome for outcome in outcomes if outcome[0] <= LISTED)
    reached = sum(1 / log2(rank + 1) for rank, agreed in known if agreed)
    count = sum(agreed for _rank, agreed in known)
    best = sum(1 / log2(rank + 1) for rank, _agreed in known[:count])
    return reached / best if count else None
