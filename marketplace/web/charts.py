"""Columns as the server draws them: few, each with its value written above it."""

from collections.abc import Sequence
from dataclasses import dataclass

# In units of the drawing: where the columns stand, how high the highest is, and how
# far above a column its value is written.
BASE, HIGHEST, ABOVE, BELOW = 180, 150, 8, 22
# How much of its place a column takes; a chart of one column is not a wall.
WIDTH, FEWEST = 0.62, 6


@dataclass(frozen=True)
class Column:
    """One column: its name below, its value in words above; places in percent."""

    name: str
    long_name: str
    value: str
    x: float
    middle: float
    width: float
    height: int

    @property
    def top(self) -> int:
        return BASE - self.height

    @property
    def value_at(self) -> int:
        return self.top - ABOVE


@dataclass(frozen=True)
class Chart:
    """Some columns, and what they show in one sentence."""

    columns: Sequence[Column]
    description: str
    base: int = BASE
    names_at: int = BASE + BELOW


@dataclass(frozen=True)
class Bar:
    """What a chart is asked to show; without a size there is no column."""

    name: str
    long_name: str
    size: float | None
    value: str


def chart_of(
    bars: Sequence[Bar], description: str, *, most: float | None = None
) -> Chart:
    """Draws columns beside each other, the highest as high as `most` or the largest."""
    place = 100 / max(FEWEST, len(bars))
    largest = most or max((bar.size or 0 for bar in bars), default=0) or 1
    return Chart(
        [
            Column(
                bar.name,
                bar.long_name,
                bar.value,
                x=round(k * place + place * (1 - WIDTH) / 2, 2),
                middle=round((k + 0.5) * place, 2),
                width=round(place * WIDTH, 2),
                height=round(HIGHEST * (bar.size or 0) / largest),
            )
            for k, bar in enumerate(bars)
        ],
        description,
    )
