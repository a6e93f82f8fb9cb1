"""Sums over the open gaps of a quarter, by place, topic and kind."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import delete, insert

from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import GapReason
from marketplace.matching.gaps.models import Gap, GapCell
from marketplace.matching.gaps.queries import open_gaps_of
from marketplace.matching.gaps.rules import WHOLE_PM, is_telling, split
from marketplace.matching.gaps.services.hiding import (
    Key,
    hidden_cells,
    relations_of,
)
from marketplace.region.topics.enums import Topic

# What has no district, no state, or no topic still counts.
ELSEWHERE, UNTOLD = "-", "-"


@dataclass
class Sum:
    """What comes together in one cell."""

    lines_pm: int = 0
    asked_pm: int = 0
    missing_pm: int = 0
    organisations: set[int | None] = field(default_factory=set)
    reasons: Counter[GapReason] = field(default_factory=Counter)

    @property
    def reason(self) -> GapReason:
        """The one of most lines; of several the one that came nearest."""
        return max(self.reasons, key=lambda r: (self.reasons[r], r.stage))


def counted(quarter: str) -> list[dict[str, Any]]:
    """The sums of a quarter as plain rows, with which of them are hidden."""
    gaps = open_gaps_of(quarter)
    cells = sums_of(gaps)
    states = {district_of(gap): state_of(gap) for gap in gaps}
    hidden = hidden_cells(
        {key: cell.lines_pm for key, cell in cells.items()},
        [key for key in cells if _is_telling(cells, {key})],
        relations_of(cells, states),
        is_telling=partial(_is_telling, cells),
    )
    return [
        {
            "quarter": quarter,
            "area": key[0],
            "topic": key[1],
            "kind": key[2],
            "lines_pm": cell.lines_pm,
            "organisation_count": len(cell.organisations),
            "asked_pm": cell.asked_pm if key[2] else None,
            "missing_pm": cell.missing_pm if key[2] else None,
            "reason": cell.reason,
            "is_hidden": key in hidden,
        }
        for key, cell in sorted(cells.items())
    ]


def write_sums(
    quarter: str, rows: Sequence[Mapping[str, Any]], *, data_version: str
) -> None:
    """Writes the sums of a quarter anew."""
    db.session.execute(delete(GapCell).where(GapCell.quarter == quarter))
    if rows:
        told = [{**row, "data_version": data_version} for row in rows]
        db.session.execute(insert(GapCell), told)


def sums_of(gaps: Iterable[Gap]) -> dict[Key, Sum]:
    """The cells that are not zero.

    Districts are summed over all topics; topics over states and the whole region. A
    gap of several topics counts its share for each.
    """
    cells: dict[Key, Sum] = {}
    for gap in gaps:
        for key, share in _shares(gap):
            cell = cells.setdefault(key, Sum())
            cell.lines_pm += share.lines_pm
            cell.asked_pm += share.asked_pm
            cell.missing_pm += share.missing_pm
            cell.organisations.add(gap.organisation_id)
            cell.reasons[gap.reason] += share.lines_pm
    return cells


def _is_telling(cells: Mapping[Key, Sum], keys: Collection[Key]) -> bool:
    """Says whether what stands in some cells together would tell on somebody.

    Of several with one line each the sum tells them all.
    """
    organisations = set[int | None]().union(*(cells[k].organisations for k in keys))
    are_single = all(cells[key].lines_pm == WHOLE_PM for key in keys)
    return is_telling(len(organisations)) or (len(keys) > 1 and are_single)


def district_of(gap: Gap) -> str:
    """The district of a gap, or what stands for it in its state."""
    return gap.district_ags or f"{state_of(gap)}-"


def state_of(gap: Gap) -> str:
    """The state of a gap, or what stands for it."""
    return gap.state_code.value if gap.state_code else ELSEWHERE


def _shares(gap: Gap) -> Iterator[tuple[Key, Sum]]:
    own = [topic.value for topic in Topic if topic in gap.topics] or [UNTOLD]
    wholes = (WHOLE_PM, WHOLE_PM * (gap.asked or 0), WHOLE_PM * (gap.missing or 0))
    shares_of = zip(*(split(whole, len(own)) for whole in wholes), strict=True)
    amounts = zip(own, shares_of, strict=True)
    by_topic = {topic: Sum(*shares) for topic, shares in amounts}
    whole = Sum(*wholes)
    for kind in (gap.kind.value, ""):
        for area in (district_of(gap), state_of(gap), ""):
            yield (area, "", kind), whole
        for area in (state_of(gap), ""):
            for topic, share in by_topic.items():
                yield (area, topic, kind), share
