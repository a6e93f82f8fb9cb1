"""The white spots: how much of a kind is missing in each district."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation.database import db
from marketplace.matching.gaps.models import GapCell
from marketplace.matching.gaps.queries import cells_of
from marketplace.matching.gaps.rules import WHOLE_PM, share_step
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import amount_of
from marketplace.region.places.models import District
from marketplace.region.places.queries import all_districts

# How the map draws what is hidden.
HATCHED = 5


@dataclass(frozen=True)
class WhiteSpot:
    """A district: what is asked there, what is missing; a hidden one tells nothing."""

    district: District
    asked: str
    missing: str
    # How much of 100 is missing; None where nothing is told, or no amount.
    percent: int | None
    step: int

    @property
    def is_hidden(self) -> bool:
        return self.step == HATCHED


def white_spots(quarter: str, kind: LineKind) -> Sequence[WhiteSpot]:
    """All districts, by name, with what the register summed for one kind there."""
    query = cells_of([quarter]).where(GapCell.topic == "", GapCell.kind == kind)
    cells = {cell.area: cell for cell in db.session.scalars(query)}
    return [
        _spot(district, cells.get(district.ags), kind)
        for district in db.session.scalars(all_districts())
    ]


def _spot(district: District, cell: GapCell | None, kind: LineKind) -> WhiteSpot:
    if cell is None:
        return WhiteSpot(district, "", "", None, 0)
    if cell.is_hidden:
        return WhiteSpot(district, "", "", None, HATCHED)
    asked, missing = cell.asked_pm or 0, cell.missing_pm or 0
    percent = round(100 * missing / asked) if asked else None
    return WhiteSpot(
        district,
        amount_of(kind, asked // WHOLE_PM) if asked else "",
        amount_of(kind, missing // WHOLE_PM) if asked else "",
        percent,
        share_step(100 if percent is None else percent),
    )
