"""What is published of the whole: how much there is, and what is missing where."""

from collections.abc import Sequence
from typing import Any

from marketplace.doors.api.schemas.columns import (
    TEXT,
    WHOLE,
    Column,
    maybe,
    one_of,
    records,
)
from marketplace.foundation.licences import HERE, OWN
from marketplace.matching.gaps.queries import quarters_known
from marketplace.matching.gaps.services.mapping import white_spots
from marketplace.overview.discovery.queries import glance
from marketplace.region.lines.enums import LineKind

STATISTIC = (
    Column("id", TEXT, "What is counted.", lambda row: row[0]),
    Column("count", WHOLE, "How many are public now.", lambda row: row[1]),
    Column("source", TEXT, get=lambda _row: HERE),
    Column("licence", TEXT, get=lambda _row: OWN),
)
GAP = (
    Column("quarter", TEXT, "As 2027-Q1.", lambda row: row[0]),
    Column("kind", one_of(LineKind), get=lambda row: row[1]),
    Column("district", TEXT, get=lambda row: row[2].district.ags),
    Column("asked", TEXT, "In words.", lambda row: row[2].asked),
    Column("missing", TEXT, "In words.", lambda row: row[2].missing),
    Column(
        "missing_percent",
        maybe(WHOLE),
        "Null: no amount is told.",
        lambda row: row[2].percent,
    ),
    Column("source", TEXT, get=lambda _row: HERE),
    Column("licence", TEXT, get=lambda _row: OWN),
)


def statistics() -> list[dict[str, Any]]:
    """How much of each kind is public; hints from imports do not count."""
    return records(STATISTIC)(sorted(glance().figures.items()))


def gaps() -> list[dict[str, Any]]:
    """What is missing in the newest quarter, by district and kind.

    Where so few asked that one could tell who, nothing is told.
    """
    quarters: Sequence[str] = quarters_known()[:1]
    return records(GAP)(
        [
            (quarter, kind, spot)
            for quarter in quarters
            for kind in LineKind
            for spot in white_spots(quarter, kind)
            if spot.step and not spot.is_hidden
        ]
    )
