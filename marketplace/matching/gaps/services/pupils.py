"""The pupils' side of the register: how many found nothing, in numbers only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert

from marketplace.foundation.clock import end_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.models import PupilGap
from marketplace.matching.gaps.queries import pupil_gaps_in_all, pupil_gaps_of
from marketplace.matching.gaps.rules import (
    are_of_one_school,
    first_day_of,
    is_small_rest,
    is_telling_of_pupils,
    is_telling_together,
    last_day_of,
    quarter_words,
)
from marketplace.matching.gaps.services.hiding import Key, Relation, hidden_cells
from marketplace.matching.rounds.queries.unplaced import unplaced_pupils
from marketplace.region.places.queries import all_districts
from marketplace.region.topics.enums import Topic

# Where no district, or no topic, is known.
NOWHERE, UNTOLD = "-", "-"
# All pupils of a quarter.
WHOLE: Key = ("", "", "")


class Wanting(NamedTuple):
    """That a pupil found nothing in a district, about some topics.

    `school_id` and `district_ags` are empty where none is known.
    """

    pupil_id: int
    school_id: int | None
    district_ags: str | None
    topics: frozenset[Topic]


@dataclass(frozen=True)
class PupilCount:
    """How many pupils of a district, or about a topic; None is hidden."""

    key: str
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

    By district of the school and by interest.
    """
    after = end_of(first_day_of(quarter) - timedelta(days=1))
    left = [
        Wanting(one.id, one.school_id, one.district_ags, one.interests)
        for one in unplaced_pupils(after, end_of(last_day_of(quarter)))
    ]
    write_counts(quarter, PupilSource.UNPLACED, left)


def write_counts(quarter: str, source: PupilSource, left: Iterable[Wanting]) -> None:
    """Writes anew how many pupils of one kind a quarter has: by district, by topic.

    A pupil counts once in each cell, however often she stands there.
    """
    pupils: dict[tuple[str, str], set[int]] = defaultdict(set)
    schools: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in left:
        topics = [topic.value for topic in one.topics] or [UNTOLD]
        for key in (
            *(("", ""), (one.district_ags or NOWHERE, "")),
            *(("", topic) for topic in topics),
        ):
            pupils[key].add(one.pupil_id)
            if one.school_id is not None:
                schools[key].add(one.school_id)
    rows = [
        {
            "quarter": quarter,
            "source": source,
            "area": key[0],
            "topic": key[1],
            "pupil_count": len(who),
            "school_count": len(schools[key]),
        }
        for key, who in sorted(pupils.items())
    ]
    same = (PupilGap.quarter == quarter, PupilGap.source == source)
    db.session.execute(delete(PupilGap).where(*same))
    if rows:
        db.session.execute(insert(PupilGap), rows)


def pupil_counts(quarter: str) -> Mapping[PupilSource, PupilCounts]:
    """What is told of a quarter, of each kind there is anything of.

    What fewer than ten pupils or one school stand behind is hidden, and more where it
    would follow from the whole.
    """
    by_source: dict[PupilSource, list[PupilGap]] = defaultdict(list)
    for row in pupil_gaps_of(quarter):
        by_source[row.source].append(row)
    if not by_source:
        return {}
    districts = {d.ags: d.name for d in db.session.scalars(all_districts())}
    topics = {topic.value: str(topic.label) for topic in Topic}
    topics[UNTOLD] = _("ohne Thema")
    return {
        source: _counts(
            by_source[source], {**districts, NOWHERE: _nowhere(source)}, topics
        )
        for source in PupilSource
        if source in by_source
    }


def pupil_quarters() -> Mapping[PupilSource, Sequence[PupilCount]]:
    """How many pupils of each kind the last quarters had in all, the newest first."""
    by_quarter: dict[tuple[str, PupilSource], list[PupilGap]] = defaultdict(list)
    for row in pupil_gaps_in_all():
        by_quarter[row.quarter, row.source].append(row)
    quarters: dict[PupilSource, list[PupilCount]] = defaultdict(list)
    for (quarter, source), rows in by_quarter.items():
        total = shown_of(rows).get(WHOLE)
        quarters[source].append(PupilCount(quarter, quarter_words(quarter), total))
    return quarters


def _nowhere(source: PupilSource) -> str:
    is_round = source is PupilSource.UNPLACED
    return _("ohne Schule der Liste") if is_round else _("ohne Ort")


def _counts(
    rows: Sequence[PupilGap], districts: Mapping[str, str], topics: Mapping[str, str]
) -> PupilCounts:
    shown = shown_of(rows)
    by_district = {row.area: shown.get(_key(row)) for row in rows if row.area}
    by_topic = {row.topic: shown.get(_key(row)) for row in rows if row.topic}
    return PupilCounts(
        shown.get(WHOLE), _told(by_district, districts), _told(by_topic, topics)
    )


def shown_of(rows: Sequence[PupilGap]) -> Mapping[Key, int]:
    """The numbers of a quarter that are not hidden; without the whole there is none.

    Who is interested in two topics stands in both, and who looks around two towns in
    both districts. So what does not sum to the whole must not tell by itself how few
    stand outside of it, nor together how few stand in several.
    """
    sizes = {_key(row): row.pupil_count for row in rows}
    tables = [tuple(key for key in sorted(sizes) if key[place]) for place in (0, 1)]
    telling = {_key(row) for row in rows if is_telling_of_pupils(row)}
    while True:
        hidden = hidden_cells(
            sizes,
            telling,
            [Relation(WHOLE, parts) for parts in tables if parts],
            is_telling=lambda keys: is_telling_together([sizes[key] for key in keys]),
        )
        if WHOLE in hidden:
            return {}
        more = {_key(row) for row in _telling_on_the_rest(rows, hidden)}
        if not more:
            return {key: size for key, size in sizes.items() if key not in hidden}
        telling |= more


def _telling_on_the_rest(
    rows: Sequence[PupilGap], hidden: Collection[Key]
) -> list[PupilGap]:
    """What is shown of districts and topics, and tells on those outside of it."""
    whole = next(row.pupil_count for row in rows if _key(row) == WHOLE)
    districts, topics = ([r for r in rows if r.area], [r for r in rows if r.topic])
    return [
        *_telling_among(districts, hidden, whole),
        *_telling_among(topics, hidden, whole),
    ]


def _telling_among(
    rows: Sequence[PupilGap], hidden: Collection[Key], whole: int
) -> list[PupilGap]:
    """Of one table the numbers that leave too few, of the whole or who named any."""
    shown = [row for row in rows if _key(row) not in hidden]
    concealed = [row for row in rows if _key(row) in hidden]
    untold = [row for row in shown if row.topic == UNTOLD]
    told = [row for row in shown if row.topic != UNTOLD]
    some = whole - sum(row.pupil_count for row in untold)
    if is_small_rest(some):
        return untold
    if outside := [row for row in told if _leaves_few(row, whole, some)]:
        return outside
    # How often somebody stands in one more; it follows where all are shown.
    more = 0 if concealed else sum(row.pupil_count for row in shown) - whole
    if is_small_rest(more) or _may_be_of_one_school(concealed):
        return sorted(told, key=lambda r: (r.pupil_count, _key(r)))[-1:] or untold
    return []


def _leaves_few(row: PupilGap, *wholes: int) -> bool:
    return any(is_small_rest(whole - row.pupil_count) for whole in wholes)


def _may_be_of_one_school(concealed: Sequence[PupilGap]) -> bool:
    """Schools without places lie in their districts: several are never of one."""
    is_by_school = any(r.area and r.source is PupilSource.UNPLACED for r in concealed)
    return are_of_one_school(concealed) and not is_by_school


def _key(row: PupilGap) -> Key:
    return (row.area, row.topic, "")


def _told(
    counts: Mapping[str, int | None], names: Mapping[str, str]
) -> list[PupilCount]:
    """The most first; of hidden ones the order tells nothing, they go by name."""
    told = [PupilCount(key, names.get(key, key), n) for key, n in counts.items()]
    return sorted(
        told, key=lambda one: (one.count is None, -(one.count or 0), one.name)
    )
