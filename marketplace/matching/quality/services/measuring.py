"""The figures of a night: read from stored lists, introductions, needs and gaps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import delete

from marketplace.encounters.introductions.enums import IntroductionState, Proposer, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.partners.services.explaining import Explanation, explain
from marketplace.matching.partners.services.worlds import World, world_at
from marketplace.matching.quality.enums import Figure
from marketplace.matching.quality.models import QualityFigure
from marketplace.matching.quality.queries import (
    agreed_shares,
    closed_gap_count,
    ended_introductions,
    first_pairs,
    shown_counts,
)
from marketplace.matching.quality.rules import gini, month_of, ndcg, share_of_most
from marketplace.matching.scores.enums import Side as Party

LONG_DAYS = 90
ANSWERED = (IntroductionState.AGREED, IntroductionState.DECLINED)
PROPOSERS = {
    Proposer.PROVIDER: Figure.BY_PROVIDER,
    Proposer.COMPANY: Figure.BY_COMPANY,
    Proposer.COORDINATOR: Figure.BY_COORDINATOR,
    Proposer.DIGEST: Figure.BY_DIGEST,
}


class Measured(NamedTuple):
    """A figure, its value if there is one, and how many cases stand behind it."""

    figure: Figure
    value: float | None
    case_count: int


def measure(*, at: datetime) -> list[Measured]:
    """Measures everything and keeps it for this month."""
    found = measured(at)
    keep(found, at=at)
    return found


def measured(at: datetime) -> list[Measured]:
    """Measures everything, as plain values; the long part, which only reads."""
    world = world_at(at)
    ended = ended_introductions()
    return [
        *_seen(world),
        *_met(ended),
        *_covered(at),
        _sums(world),
    ]


def keep(found: Sequence[Measured], *, at: datetime) -> None:
    """Keeps figures for this month; those of its last night stay."""
    month, today = month_of(day_of(at)), day_of(at)
    db.session.execute(delete(QualityFigure).where(QualityFigure.month == month))
    db.session.add_all(
        QualityFigure(
            month=month,
            figure=one.figure,
            value=one.value,
            case_count=one.case_count,
            measured_on=today,
        )
        for one in found
    )


def is_summing(explanation: Explanation) -> bool:
    """Says whether what is shown of an explanation sums to its points, twice."""
    exact = sum(round(100 * row.points) for row in explanation.parts)
    told = round(100 * float(explanation.exact.replace(",", ".")))
    words = [int(part.rsplit(" ", 1)[1]) for part in explanation.words.split(", ")]
    return exact == told and sum(words) == explanation.points


def _seen(world: World) -> Iterator[Measured]:
    shown = shown_counts()
    rows = world.index.rows
    live = rows[rows["is_live"]]
    counts = {
        side: [
            shown.get(number, 0)
            for number in live["profile_id"][live["side"] == side].tolist()
        ]
        for side in Party
    }
    every = counts[Party.COMPANY] + counts[Party.PROVIDER]
    never = sum(not count for count in every)
    n = len(every) if sum(every) else 0
    for figure, party in (
        (Figure.GINI_COMPANIES, Party.COMPANY),
        (Figure.GINI_PROVIDERS, Party.PROVIDER),
    ):
        yield Measured(figure, gini(counts[party]), len(counts[party]))
    yield Measured(Figure.TOP_TENTH, share_of_most(every), n)
    yield Measured(Figure.NEVER_SHOWN, never / n if n else None, n)


def _met(ended: Sequence[Introduction]) -> Iterator[Measured]:
    yield _accepted(Figure.ACCEPTED, ended)
    for proposer, figure in PROPOSERS.items():
        yield _accepted(figure, [one for one in ended if one.proposer is proposer])
    days = [
        (one.ended_at - one.created_at).total_seconds() / 86_400
        for one in ended
        if one.state in ANSWERED and one.ended_at
    ]
    yield Measured(Figure.ANSWER_DAYS, median(days) if days else None, len(days))
    lists: dict[tuple[bool, int], list[tuple[int, bool]]] = defaultdict(list)
    for one in ended:
        if one.list_rank:
            is_site = one.proposed_by is Side.COMPANY
            reader = one.site_id if is_site else one.offer_id
            outcome = (one.list_rank, one.state is IntroductionState.AGREED)
            lists[is_site, reader].append(outcome)
    gains = [gain for gain in map(ndcg, lists.values()) if gain is not None]
    mean = sum(gains) / len(gains) if gains else None
    yield Measured(Figure.NDCG, mean, len(gains))


def _accepted(figure: Figure, ended: Sequence[Introduction]) -> Measured:
    agreed = sum(one.state is IntroductionState.AGREED for one in ended)
    return Measured(figure, agreed / len(ended) if ended else None, len(ended))


def _covered(at: datetime) -> Iterator[Measured]:
    count, share, _whole = agreed_shares(at)
    yield Measured(Figure.FILL, share, count)
    count, _share, whole = agreed_shares(at - timedelta(days=LONG_DAYS))
    yield Measured(Figure.COVERED_90, whole / count if count else None, count)
    closed = closed_gap_count(quarter_of(day_of(at)))
    yield Measured(Figure.GAPS_CLOSED, closed, closed)


def _sums(world: World) -> Measured:
    """Reads the first explanation of some lists as its page shows it."""
    profiles, weights = world.index.profiles, world.index.weights
    pairs = [(profiles.get(one), profiles.get(other)) for one, other in first_pairs()]
    read = [
        is_summing(explain(reader, other, weights))
        for reader, other in pairs
        if reader and other
    ]
    return Measured(Figure.SUMS, sum(read) / len(read) if read else None, len(read))
