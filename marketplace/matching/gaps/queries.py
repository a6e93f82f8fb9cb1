from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Row,
    Select,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.introductions.enums import IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.clock import end_of
from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import GapReason
from marketplace.matching.gaps.models import (
    Call,
    CallConsent,
    CallLetter,
    Gap,
    GapCell,
    PupilGap,
)
from marketplace.matching.gaps.rules import first_day_of, last_day_of
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.region.lines.enums import LineKind
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import PARENTS, Topic

# The last two years fit into one drawing.
SHOWN_QUARTERS = 8
SHOWN_LETTERS = 20


def gaps_of_quarter(quarter: str) -> Sequence[Gap]:
    """All rows of a quarter, closed ones too."""
    query = select(Gap).where(Gap.quarter == quarter).order_by(Gap.id)
    return db.session.scalars(query).all()


def open_gaps_of(quarter: str) -> Sequence[Gap]:
    """What nobody covers in a quarter, and nobody was asked for."""
    query = gaps_found().where(Gap.quarter == quarter)
    return db.session.scalars(query.order_by(Gap.id)).all()


def gap_by_id(gap_id: int) -> Gap | None:
    """The gap of this number, with offer and provider."""
    query = select(Gap).where(Gap.id == gap_id)
    return db.session.scalar(
        query.options(joinedload(Gap.offer), joinedload(Gap.organisation))
    )


def quarters_known() -> Sequence[str]:
    """The quarters there are gaps or counts of pupils of, the newest first."""
    query = select(Gap.quarter).union(select(PupilGap.quarter))
    newest = query.order_by(query.selected_columns.quarter.desc())
    return db.session.scalars(newest.limit(SHOWN_QUARTERS)).all()


def pupil_gaps_of(quarter: str) -> Sequence[PupilGap]:
    """How many pupils found nothing in a quarter."""
    query = select(PupilGap).where(PupilGap.quarter == quarter)
    return db.session.scalars(query.order_by(PupilGap.id)).all()


def pupil_gaps_in_all() -> Sequence[PupilGap]:
    """How many pupils found nothing in each of the last quarters, the newest first."""
    newest = select(PupilGap.quarter).distinct().order_by(PupilGap.quarter.desc())
    query = select(PupilGap).where(PupilGap.quarter.in_(newest.limit(SHOWN_QUARTERS)))
    return db.session.scalars(
        query.order_by(PupilGap.quarter.desc(), PupilGap.id)
    ).all()


class Narrow(TypedDict, total=False):
    """What narrows the register; who asks for a field means its parts."""

    art: LineKind
    thema: Topic
    grund: GapReason
    land: FederalState
    kreis: str


def gaps_found(**by: Unpack[Narrow]) -> Select[Gap]:
    """The open gaps of all quarters, narrowed.

    What is asked for or being arranged stands in `gaps_underway`.
    """
    is_left = or_(Gap.underway.is_(None), Gap.missing > 0)
    return _narrowed(select(Gap).where(Gap.closed_on.is_(None), is_left), by)


def gaps_underway(quarter: str, **by: Unpack[Narrow]) -> Select[Gap]:
    """Needs of a quarter all of which is asked for or being arranged, narrowed."""
    query = select(Gap).where(
        Gap.quarter == quarter,
        Gap.closed_on.is_(None),
        Gap.underway.is_not(None),
        func.coalesce(Gap.missing, 0) == 0,
    )
    return _narrowed(query, by)


def _narrowed(query: Select[Gap], by: Narrow) -> Select[Gap]:
    if art := by.get("art"):
        query = query.where(Gap.kind == art)
    if thema := by.get("thema"):
        parts = {part for part, whole in PARENTS.items() if whole is thema}
        query = query.where(Gap.topics.overlaps({thema} | parts))
    if grund := by.get("grund"):
        query = query.where(Gap.reason == grund)
    if land := by.get("land"):
        query = query.where(Gap.state_code == land)
    if kreis := by.get("kreis"):
        query = query.where(Gap.district_ags == kreis)
    return query


def with_owners(query: Select[Gap]) -> Select[Gap]:
    """The same, each with its offer and provider."""
    return query.options(joinedload(Gap.offer), joinedload(Gap.organisation))


def counts_by(
    query: Select[Gap], column: ColumnElement[Any] | Any
) -> Sequence[Row[Any, int, int]]:
    """How many of some gaps have each value of a column, and of how many owners."""
    counted = query.with_only_columns(
        column, func.count(), func.count(Gap.organisation_id.distinct())
    )
    return db.session.execute(counted.group_by(column).order_by(column)).all()


def cells_of(quarters: Sequence[str]) -> Select[GapCell]:
    """The sums of some quarters in the order they are handed out."""
    return (
        select(GapCell)
        .where(GapCell.quarter.in_(quarters))
        .order_by(GapCell.quarter, GapCell.area, GapCell.topic, GapCell.kind)
    )


def telling_cells() -> Select[GapCell]:
    """The sums of the newest quarter by area and kind that everybody may know."""
    newest = db.session.scalar(select(func.max(GapCell.quarter)))
    return cells_of([newest] if newest else []).where(
        GapCell.topic == "", GapCell.kind != "", GapCell.is_hidden.is_(False)
    )


def cells_of_states(quarters: Sequence[str]) -> Sequence[GapCell]:
    """The sums of the ministry's sheet: state by topic by kind."""
    areas = ["", *(state.value for state in FederalState)]
    query = cells_of(quarters).where(GapCell.area.in_(areas), GapCell.kind != "")
    return db.session.scalars(query).all()


def answered_introductions(quarter: str) -> Sequence[Introduction]:
    """Those that ended within a quarter because a side declined or kept silent."""
    query = select(Introduction).where(
        Introduction.state.in_((IntroductionState.DECLINED, IntroductionState.EXPIRED)),
        Introduction.ended_at > end_of(first_day_of(quarter) - timedelta(days=1)),
        Introduction.ended_at <= end_of(last_day_of(quarter)),
    )
    return db.session.scalars(query.order_by(Introduction.id)).all()


def forget_owners(*, before: str) -> int:
    """Empties whose the rows of quarters before that one were; says of how many."""
    result = db.session.execute(
        update(Gap)
        .where(
            Gap.quarter < before,
            (Gap.organisation_id.is_not(None)) | (Gap.offer_id.is_not(None)),
        )
        .values(need_line_id=None, offer_id=None, organisation_id=None)
    )
    return cast("CursorResult[Any]", result).rowcount


def consent_of(organisation: Organisation) -> CallConsent | None:
    """That an organisation agreed to be called, if it did."""
    query = select(CallConsent).where(CallConsent.organisation_id == organisation.id)
    return db.session.scalar(query)


def consents_of(organisation_ids: Sequence[int]) -> dict[int, CallConsent]:
    """The consents of some organisations, by their number."""
    query = select(CallConsent).where(CallConsent.organisation_id.in_(organisation_ids))
    return {consent.organisation_id: consent for consent in db.session.scalars(query)}


def consenting_organisations() -> Sequence[Organisation]:
    """The verified ones that agreed to be called, with their sites."""
    query = (
        select(Organisation)
        .join(CallConsent, CallConsent.organisation_id == Organisation.id)
        .where(Organisation.state == OrganisationState.VERIFIED)
        .options(selectinload(Organisation.sites))
        .order_by(Organisation.id)
    )
    return db.session.scalars(query).all()


def called_since(at: datetime) -> dict[int, datetime]:
    """When each organisation was last called, of those called since then."""
    query = (
        select(CallLetter.organisation_id, func.max(CallLetter.sent_at))
        .where(CallLetter.sent_at > at)
        .group_by(CallLetter.organisation_id)
    )
    rows: dict[int, datetime] = dict(db.session.execute(query).all())
    return rows


def calls_for(gap: Gap) -> Sequence[Call]:
    """The calls of one gap, the newest first, with letters and answers."""
    query = select(Call).where(Call.gap_id == gap.id).order_by(Call.id.desc())
    return db.session.scalars(
        query.options(
            joinedload(Call.written_by),
            selectinload(Call.letters).joinedload(CallLetter.organisation),
        )
    ).all()


def call_letter_by_key(key: str) -> CallLetter | None:
    """The letter of this public id, with the firm, the call and its gap."""
    query = select(CallLetter).where(CallLetter.public_id == key)
    call = joinedload(CallLetter.call)
    return db.session.scalar(
        query.options(
            joinedload(CallLetter.organisation),
            call.joinedload(Call.gap).joinedload(Gap.organisation),
            call.joinedload(Call.gap).joinedload(Gap.offer),
        )
    )


def letters_to(organisation_ids: Sequence[int]) -> Sequence[CallLetter]:
    """The letters some organisations got, the newest first."""
    query = (
        select(CallLetter)
        .where(CallLetter.organisation_id.in_(organisation_ids))
        .order_by(CallLetter.sent_at.desc(), CallLetter.id.desc())
        .limit(SHOWN_LETTERS)
    )
    call = joinedload(CallLetter.call)
    return db.session.scalars(
        query.options(
            joinedload(CallLetter.organisation),
            call.joinedload(Call.gap).joinedload(Gap.organisation),
        )
    ).all()


def introduced_since(gap: Gap, company_ids: Sequence[int], at: datetime) -> set[int]:
    """Which of some companies met the provider of a gap in an introduction since."""
    query = select(Introduction.company_id).where(
        Introduction.provider_id == gap.organisation_id,
        Introduction.company_id.in_(company_ids),
        Introduction.created_at >= at,
    )
    return set(db.session.scalars(query))


def gaps_of_line(gap: Gap) -> Sequence[Gap]:
    """The rows of the same need line in all quarters, the newest first."""
    if gap.need_line_id is None:
        return [gap]
    query = select(Gap).where(Gap.need_line_id == gap.need_line_id)
    return db.session.scalars(query.order_by(Gap.quarter.desc())).all()
