"""The job of the night: which need lines nobody covers, how much is missing, why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from marketplace.encounters.introductions.enums import DeclineCode, IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import asked_quantities
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import AGE_DAYS, NAMED_MONTHS, GapEnd, GapReason
from marketplace.matching.gaps.models import Gap
from marketplace.matching.gaps.queries import (
    answered_introductions,
    forget_owners,
    gaps_of_quarter,
)
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.gaps.services.summing import counted, write_sums
from marketplace.matching.partners.queries import offers_to_match
from marketplace.matching.partners.services.worlds import (
    World,
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.matching.scores.gates import compatible
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.misses import Miss, Misses
from marketplace.matching.scores.pools import pool_of
from marketplace.matching.scores.sets import best_set
from marketplace.matching.scores.values import Line, Profile
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.region.topics.enums import Topic

Answers = Mapping[int, list[Introduction]]


@dataclass(frozen=True)
class Lack:
    """One need line that is not covered: how much, and the nearest miss."""

    offer_id: int
    line_id: int
    asked: int | None
    missing: int | None
    # What of it waits for an answer or an arrangement; None where nothing does.
    underway: int | None
    reason: GapReason
    decline_code: DeclineCode | None = None
    nearest_km: int | None = None

    @property
    def is_uncovered(self) -> bool:
        """Says whether something is left that nobody was asked for."""
        return self.underway is None if self.missing is None else self.missing > 0


@dataclass(frozen=True)
class Lacks:
    """All that is not covered on one day, and with which data it was counted."""

    day: date
    version: str
    lacks: Sequence[Lack]


@dataclass(frozen=True)
class Registered:
    """What one run of the register did."""

    open_count: int
    closed_count: int


def register_gaps(*, at: datetime) -> Registered:
    """Writes or updates one row a need line and quarter, closes what is covered.

    A second run on the same data changes nothing.
    """
    found = lacking(at)
    done = write_gaps(found)
    db.session.flush()
    quarter = quarter_of(found.day)
    write_sums(quarter, counted(quarter), data_version=found.version)
    return done


def lacking(at: datetime) -> Lacks:
    """Counts what is not covered, as plain values; the long part, which only reads."""
    today, world = day_of(at), world_at(at)
    answers, asked = _answers(quarter_of(today)), asked_quantities()
    misses, latest = Misses(world.index), at - timedelta(days=AGE_DAYS)
    lacks = [
        lack
        for offer in offers_to_match()
        if offer.published_at and offer.published_at <= latest
        for lack in lacks_of(
            offer, world.index, misses, answers.get(offer.id, []), asked, latest=latest
        )
    ]
    return Lacks(today, version_of(world, today), lacks)


def write_gaps(found: Lacks) -> Registered:
    """Writes what was counted; an offer or line that went meanwhile is passed over."""
    offers = {offer.id: offer for offer in offers_to_match()}
    lines = {line.id: line for offer in offers.values() for line in offer.lines}
    rows = _Rows(quarter_of(found.day))
    for lack in found.lacks:
        offer, line = offers.get(lack.offer_id), lines.get(lack.line_id)
        if offer and line:
            _write(rows.row_for(offer, line), offer, line, lack, found)
    closed = rows.close_others(set(lines), found.day)
    return Registered(len(found.lacks), closed)


def version_now(at: datetime) -> str:
    """With which data something is counted now."""
    return version_of(world_at(at), day_of(at))


def version_of(world: World, today: date) -> str:
    """As of which day, and with which weights if a night has frozen any."""
    return f"{today}/{world.version}" if world.version else f"{today}"


def forget_whose(*, at: datetime) -> int:
    """Takes from rows older than 24 months whose need they were; says from how many."""
    oldest = day_of(at) - relativedelta(months=NAMED_MONTHS)
    return forget_owners(before=quarter_of(oldest))


def lack_now(gap: Gap, *, at: datetime) -> Lack | None:
    """What is lacking today of the need a row is about; None if nothing is."""
    offer = gap.offer
    if offer is None:
        return None
    index, asked = world_at(at).index, asked_quantities(offer.id)
    found = lacks_of(offer, index, Misses(index), [], asked, latest=at)
    return next((one for one in found if one.line_id == gap.need_line_id), None)


def lacks_of(
    offer: Offer,
    index: MatchIndex,
    misses: Misses,
    answers: list[Introduction],
    asked_of: Mapping[int | None, int],
    *,
    latest: datetime,
) -> Iterator[Lack]:
    """The need lines of an offer that its best partners together do not cover.

    Those stated after `latest` are too young; `asked_of` is what of each is asked for
    or being arranged.
    """
    profile = index.profiles.get(profile_of_offer(offer.id))
    if profile is None:
        return
    missing = _missing(index, profile)
    near = misses.of(profile)
    for line in profile.needs:
        row, miss = offer.lines[line.line_no - 1], near[line.line_no]
        lacking, asked = missing.get(line.line_no), None
        if line.open_quantity is not None:
            asked = line.open_quantity * len(line.units)
        is_covered = lacking == 0 or (asked is None and miss.is_served)
        if is_covered or row.stated_at > latest:
            continue
        lacking, underway = _apart(lacking, asked_of.get(row.id))
        reasons = [_reason(miss), *_said(line, answers, index)]
        yield Lack(
            offer.id,
            row.id,
            asked,
            lacking,
            underway,
            max(reasons, key=lambda reason: reason.stage),
            _most(answers, index, line),
            round(miss.nearest / 1000) if miss.nearest is not None else None,
        )


def _apart(lacking: int | None, asked: int | None) -> tuple[int | None, int | None]:
    """What is left that nobody was asked for, and what somebody was."""
    if not lacking or not asked:
        return lacking, asked
    asked = min(asked, lacking)
    return lacking - asked, asked


def _missing(index: MatchIndex, profile: Profile) -> dict[int, int]:
    """How much the best bundle leaves of each line with a quantity."""
    pool = pool_of(index, profile.profile_id)
    given = pool.given(best_set(pool)).tolist()
    missing, place = {}, 0
    for want in pool.wants:
        units = given[place : place + len(want.slots)]
        missing[want.line_no] = sum(max(0, want.needed - unit) for unit in units)
        place += len(want.slots)
    return missing


def _reason(miss: Miss) -> GapReason:
    """The nearest miss; who passes every gate and is not enough stands between."""
    failed = GapReason(miss.reason.value) if miss.reason else GapReason.NO_KIND  # type: ignore[call-arg]
    if not miss.is_served:
        return failed
    return max(failed, GapReason.AMOUNT_TOO_SMALL, key=lambda reason: reason.stage)


def _answers(quarter: str) -> Answers:
    """Introductions of offers that ended in a quarter without agreement."""
    by_offer: dict[int, list[Introduction]] = defaultdict(list)
    for introduction in answered_introductions(quarter):
        by_offer[introduction.offer_id].append(introduction)
    return by_offer


def _meant(
    line: Line, answers: Iterable[Introduction], index: MatchIndex
) -> Iterator[Introduction]:
    """Those with companies that give what a line asks for."""
    for introduction in answers:
        company = index.profiles.get(profile_of_site(introduction.site_id))
        gives = company.gives if company else ()
        if any(compatible(line, give) is None for give in gives):
            yield introduction


def _said(
    line: Line, answers: Iterable[Introduction], index: MatchIndex
) -> Iterator[GapReason]:
    for introduction in _meant(line, answers, index):
        if introduction.state is IntroductionState.DECLINED:
            yield GapReason.DECLINED
        else:
            yield GapReason.NO_ANSWER


def _most(
    answers: Iterable[Introduction], index: MatchIndex, line: Line
) -> DeclineCode | None:
    """The code most declined with; of several the first of the alphabet."""
    codes = Counter(
        one.decline_code
        for one in _meant(line, answers, index)
        if one.decline_code is not None
    )
    return min(codes, key=lambda code: (-codes[code], code.value), default=None)


class _Rows:
    """The rows of a quarter; a line that was written anew keeps its row."""

    def __init__(self, quarter: str) -> None:
        self.quarter = quarter
        self.rows = gaps_of_quarter(quarter)
        self.by_line = {row.need_line_id: row for row in self.rows if row.need_line_id}
        self.orphans = [row for row in self.rows if row.need_line_id is None]
        self.seen: set[int] = set()

    def row_for(self, offer: Offer, line: NeedLine) -> Gap:
        row = self.by_line.get(line.id) or self._orphan(offer, line)
        if row is None:
            row = Gap(quarter=self.quarter)
            db.session.add(row)
        self.seen.add(id(row))
        return row

    def close_others(self, present: set[int], today: date) -> int:
        """Closes what was not found again: covered, or no longer asked for."""
        others = [
            row
            for row in self.rows
            if id(row) not in self.seen and row.closed_on is None
        ]
        for row in others:
            is_there = row.need_line_id in present
            row.closed_on = today
            row.closed_by = GapEnd.COVERED if is_there else GapEnd.GONE
        return len(others)

    def _orphan(self, offer: Offer, line: NeedLine) -> Gap | None:
        for row in self.orphans:
            is_same = (row.kind, row.item) == (line.kind, line.item)
            if row.offer_id == offer.id and is_same:
                self.orphans.remove(row)
                return row
        return None


def _write(row: Gap, offer: Offer, line: NeedLine, lack: Lack, found: Lacks) -> None:
    topics = line.topics or offer.topics
    row.need_line_id, row.offer_id = line.id, offer.id
    row.organisation_id = offer.organisation_id
    row.district_ags, row.state_code = offer.district_ags, offer.state_code
    row.topics = topics
    row.topic = next((topic for topic in Topic if topic in topics), None)
    row.audiences = line.audiences or offer.audiences
    row.kind, row.item = line.kind, line.item
    row.asked, row.missing, row.underway = lack.asked, lack.missing, lack.underway
    row.reason = lack.reason
    row.decline_code = lack.decline_code
    row.nearest_km = lack.nearest_km
    row.found_on = row.found_on or found.day
    row.seen_on, row.closed_on, row.closed_by = found.day, None, None
    row.data_version = found.version
