"""What is published of the whole: how much there is, and what is missing where."""

from typing import Any

from marketplace.doors.api.schemas.columns import (
    TEXT,
    WHOLE,
    Column,
    maybe,
    one_of,
    records,
)
from marketplace.foundation.database import db
from marketplace.foundation.licences import HERE
from marketplace.matching.gaps.queries import telling_cells
from marketplace.matching.gaps.rules import WHOLE_PM
from marketplace.overview.discovery.queries import glance
from marketplace.region.lines.enums import LineKind
from marketplace.upkeep.settings.queries import own_licence

STATISTIC = (
    Column("id", TEXT, "What is counted.", lambda row: row[0]),
    Column("count", WHOLE, "How many are public now.", lambda row: row[1]),
    Column("source", TEXT, get=lambda _row: HERE),
    Column("licence", TEXT, get=lambda _row: own_licence()),
)
GAP = (
    Column("quarter", TEXT, "As 2027-Q1."),
    Column(
        "area",
        TEXT,
        "A federal state, the key of a district, or `region`: all three.",
        lambda cell: cell.area or "region",
    ),
    Column("kind", one_of(LineKind)),
    Column(
        "asked",
        maybe(WHOLE),
        "In the unit of the kind; null: no amount is told.",
        lambda cell: _amount(cell.asked_pm),
    ),
    Column("missing", maybe(WHOLE), get=lambda cell: _amount(cell.missing_pm)),
    Column("source", TEXT, get=lambda _cell: HERE),
    Column("licence", TEXT, get=lambda _cell: own_licence()),
)


def statistics() -> list[dict[str, Any]]:
    """How much of each kind is public; hints from imports do not count."""
    return records(STATISTIC)(sorted(glance().figures.items()))


def gaps() -> list[dict[str, Any]]:
    """What is missing in the newest quarter, by area and kind.

    Where so few asked that one could tell who, nothing is told.
    """
    return records(GAP)(db.session.scalars(telling_cells()).all())


def _amount(thousandths: int | None) -> int | None:
    return None if thousandths is None else thousandths // WHOLE_PM
