"""The white spots: how much of a kind is missing in each district, and to how many."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import PUPIL_STEPS, PupilSource
from marketplace.matching.gaps.models import GapCell
from marketplace.matching.gaps.queries import cells_of
from marketplace.matching.gaps.rules import WHOLE_PM, share_step, step_of
from marketplace.matching.gaps.services.pupils import pupil_counts
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


@dataclass(frozen=True)
class PupilSpot:
    """A district: how many pupils found nothing there; None is hidden."""

    district: District
    count: int | None
    step: int

    @property
    def is_hidden(self) -> bool:
        return self.step == HATCHED


def pupil_spots(quarter: str, source: PupilSource) -> Sequence[PupilSpot]:
    """All districts, by name, with how many pupils were counted there."""
    told = pupil_counts(quarter).get(source)
    counts = {one.key: one.count for one in told.districts} if told else {}
    spots = []
    for district in db.session.scalars(all_districts()):
        count = counts.get(district.ags, 0)
        step = HATCHED if count is None else step_of(count, PUPIL_STEPS)
        spots.append(PupilSpot(district, count, step))
    return spots


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
