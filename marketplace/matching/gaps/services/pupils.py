"""The pupils' side of the register: how many went without a place, in numbers only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select

from marketplace.foundation.clock import end_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.matching.gaps.models import PupilGap
from marketplace.matching.gaps.rules import (
    first_day_of,
    is_telling_of_pupils,
    last_day_of,
)
from marketplace.matching.rounds.queries.unplaced import unplaced_pupils
from marketplace.region.places.queries import all_districts
from marketplace.region.topics.enums import Topic

# Where somebody named no school of the list.
NOWHERE = "-"


@dataclass(frozen=True)
class PupilCount:
    """How many pupils of a district, or with an interest; None is hidden."""

    name: str
    count: int | None


@dataclass(frozen=True)
class PupilCounts:
    """All that is told of a quarter."""

    total: int | None
    districts: Sequence[PupilCount]
    topics: Sequence[PupilCount]


def count_pupils(quarter: str) -> None:
    """Writes anew how many pupils the rounds of a quarter left without a place.

    By district and by interest; whose interests are several counts for each.
    """
    after = end_of(first_day_of(quarter) - timedelta(days=1))
    pupils: dict[tuple[str, str], int] = defaultdict(int)
    schools: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for one in unplaced_pupils(after, end_of(last_day_of(quarter))):
        places = [("", ""), (one.district_ags or NOWHERE, "")]
        for key in (*places, *(("", topic.value) for topic in one.interests)):
            pupils[key] += 1
            schools[key].add(one.school_id)
    rows = [
        {
            "quarter": quarter,
            "area": key[0],
            "topic": key[1],
            "pupil_count": count,
            "school_count": len(schools[key] - {None}),
        }
        for key, count in sorted(pupils.items())
    ]
    db.session.execute(delete(PupilGap).where(PupilGap.quarter == quarter))
    if rows:
        db.session.execute(insert(PupilGap), rows)


def pupil_counts(quarter: str) -> PupilCounts | None:
    """What is told of a quarter; None where nobody went without a place.

    What fewer than ten pupils or one school stand behind is hidden, and one more where
    a single hidden number would follow from the whole.
    """
    query = select(PupilGap).where(PupilGap.quarter == quarter)
    rows = {(row.area, row.topic): row for row in db.session.scalars(query)}
    whole = rows.pop(("", ""), None)
    if whole is None:
        return None
    names = {d.ags: d.name for d in db.session.scalars(all_districts())}
    names[NOWHERE] = _("ohne Schule der Liste")
    topics = {topic.value: str(topic.label) for topic in Topic}
    return PupilCounts(
        None if is_telling_of_pupils(whole) else whole.pupil_count,
        _told([(names.get(r.area, r.area), r) for r in rows.values() if r.area]),
        _told([(topics.get(r.topic, r.topic), r) for r in rows.values() if r.topic]),
    )


def _told(named: Iterable[tuple[str, PupilGap]]) -> list[PupilCount]:
    ordered = sorted(named, key=lambda one: (-one[1].pupil_count, one[0]))
    hidden = {row.id for _name, row in ordered if is_telling_of_pupils(row)}
    others = [row for _name, row in ordered if row.id not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(others[-1].id)
    return [
        PupilCount(name, None if row.id in hidden else row.pupil_count)
        for name, row in ordered
    ]
