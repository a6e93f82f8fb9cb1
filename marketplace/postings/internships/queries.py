from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Bundle, aliased, joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period, Supervisor
from marketplace.postings.internships.rules import PLAIN
from marketplace.postings.internships.tables import (
    DaysFit,
    InternshipEntry,
    PeriodEntry,
    SupervisorEntry,
)
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.queries import (
    Narrowing,
    narrowed,
    newest_first,
    posting_by_key,
    postings_of,
    public_postings,
)
from marketplace.postings.lives.rules import year_before
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import all_occupations


def internship_by_key(key: str) -> Internship | None:
    """The internship of this public id, in whatever state."""
    return posting_by_key(Internship, key)


def period_by_key(key: str) -> Period | None:
    """The period of this public id, with its internship."""
    query = select(Period).where(Period.public_id == key)
    return db.session.scalar(query.options(joinedload(Period.internship)))


def published_internships() -> Select[Internship]:
    """Everything public, with organisation and periods."""
    return public_postings(Internship).options(selectinload(Internship.periods))


def internships_of(organisation: Organisation) -> Select[Internship]:
    """Everything an organisation has written, newest first, with its periods."""
    query = postings_of(Internship, organisation)
    return query.options(selectinload(Internship.periods))


def occupations_to_choose() -> Sequence[Occupation]:
    """The occupations an internship can give a look into, by title."""
    return db.session.scalars(all_occupations()).all()


def narrowed_internships(
    query: Select[Internship], by: Narrowing
) -> Select[Internship]:
    """Keeps of a list what fits the filters, and brings the periods along.

    Days fit where an open period lies between them; one on request need only meet
    them. A grade or an age that is not told excludes nobody.
    """
    conditions: list[ColumnElement[bool]] = []
    if by.grade:
        conditions += [
            func.coalesce(Internship.grade_from, 0) <= by.grade,
            func.coalesce(Internship.grade_to, 99) >= by.grade,
        ]
    if by.age:
        conditions.append(func.coalesce(Internship.fits_from, 0) <= by.age)
    if by.kind:
        conditions.append(Internship.bases.overlaps({Basis(by.kind)}))  # type: ignore[call-arg]
    if by.starts_from or by.ends_by:
        conditions.append(_lies_between(by.starts_from, by.ends_by))
    query = query.where(*conditions).options(selectinload(Internship.periods))
    return narrowed(query, Internship, by)


def places_ahead(internship: Internship, day: date) -> tuple[int, int]:
    """How many places there are in periods still ahead, and how many are free."""
    total, free = db.session.execute(
        select(
            func.coalesce(func.sum(Period.place_count), 0),
            func.coalesce(func.sum(Period.place_count - Period.taken_count), 0),
        ).where(
            Period.internship_id == internship.id,
            Period.is_open,
            Period.starts_on > day,
        )
    ).one()
    return total, free


def candidate_columns(by: Narrowing, day: date) -> Bundle[Any]:
    """What decides about the order of an internship, as `tables.Candidate`."""
    one = Internship
    can_be_had = and_(
        Period.internship_id == one.id,
        Period.is_open,
        Period.starts_on > day,
        func.coalesce(Period.apply_until, day) >= day,
    )
    begins_on = select(func.min(Period.starts_on)).where(can_be_had).scalar_subquery()
    columns = (one.id, one.is_bookable, one.topics, one.lat, one.lon)
    return Bundle(
        "candidate",
        *columns,
        begins_on.label("begins_on"),
        _how_days_fit(by, can_be_had, begins_on).label("days_fit"),
    )


def _how_days_fit(
    by: Narrowing, can_be_had: ColumnElement[bool], begins_on: Any
) -> ColumnElement[int]:
    if by.days is None:
        return literal(int(DaysFit.WHOLLY))
    first, last = by.days
    is_inside = and_(Period.starts_on >= first, Period.ends_on <= last)
    meets = and_(Period.starts_on <= last, Period.ends_on >= first)
    is_on_request = Internship.shape == Shape.ON_REQUEST
    return case(
        (begins_on.is_(None), int(DaysFit.UNTOLD)),
        (exists().where(can_be_had, is_inside), int(DaysFit.WHOLLY)),
        (and_(is_on_request, exists().where(can_be_had, meets)), int(DaysFit.IN_PART)),
        else_=int(DaysFit.NOT),
    )


def soonest_first(
    found: Select[Internship], by: Narrowing, day: date
) -> Sequence[tuple[Select[int], Sequence[Any], bool]]:
    """The numbers of a list in parts, each with its keys and whether they ascend.

    First by the day they begin, of equals the older one: that of the next period one
    can apply for, between the days asked for. Then what can be had without such a day,
    then all the rest, both with the newest first.
    """
    begin, earlier = aliased(Period), aliased(Period)
    own = Internship.id == begin.internship_id
    ids = found.with_only_columns(Internship.id, maintain_column_froms=True)
    is_first = ~exists().where(
        earlier.internship_id == begin.internship_id,
        _begins(earlier, by, day),
        tuple_(earlier.starts_on, earlier.id) < tuple_(begin.starts_on, begin.id),
    )
    dated = select(begin.internship_id).where(
        _begins(begin, by, day),
        is_first,
        ids.where(Internship.is_bookable, own).correlate(begin).exists(),
    )
    has_day = exists().where(own, _begins(begin, by, day))
    newest = newest_first(Internship)
    return (
        (dated, (begin.starts_on, begin.internship_id), True),
        (ids.where(Internship.is_bookable, ~has_day), newest, False),
        (ids.where(~Internship.is_bookable), newest, False),
    )


def _begins(period: Any, by: Narrowing, day: date) -> ColumnElement[bool]:
    """Whether one can apply for a period that begins between the days asked for."""
    first, last = by.days or (day, date.max)
    return and_(
        period.is_open,
        period.starts_on >= first,
        period.starts_on > day,
        period.ends_on <= last,
        func.coalesce(period.apply_until, day) >= day,
    )


def overdue_internships(day: date) -> Select[Internship]:
    """What is public though its last day has passed."""
    still_runs = exists().where(
        Period.internship_id == Internship.id, Period.is_open, Period.ends_on >= day
    )
    return _public().where(~still_runs)


def lapsed_internships(day: date) -> Select[Internship]:
    """What is open though a declaration after § 25 JArbSchG is missing or too old."""
    lapsed = exists().where(
        Supervisor.internship_id == Internship.id,
        or_(
            Supervisor.declared_on.is_(None),
            Supervisor.declared_on < year_before(day),
        ),
    )
    return _public().where(Internship.state == PostingState.PUBLISHED, lapsed)


def declarations_before(day: date) -> Select[Any]:
    """The numbers of supervisors who declared before a day (§ 25 JArbSchG)."""
    query = select(Supervisor.id).where(Supervisor.declared_on < day)
    return query.order_by(Supervisor.id)


def _public() -> Select[Internship]:
    return select(Internship).where(Internship.state.in_(PUBLIC_STATES))


def _lies_between(first: date | None, last: date | None) -> ColumnElement[bool]:
    first, last = first or date.min, last or date.max
    is_inside = and_(Period.starts_on >= first, Period.ends_on <= last)
    meets = and_(Period.starts_on <= last, Period.ends_on >= first)
    is_on_request = Internship.shape == Shape.ON_REQUEST
    return exists().where(
        Period.internship_id == Internship.id,
        Period.is_open,
        or_(is_inside, and_(is_on_request, meets)),
    )


def entry_of(internship: Internship) -> InternshipEntry:
    """What somebody would enter to leave an internship as it is.

    Periods that were taken back stay so.
    """
    return InternshipEntry(
        **{name: getattr(internship, name) for name in PLAIN},
        occupation_ids=tuple(internship.occupation_ids),
        breaks=tuple((pause.starts_at, pause.ends_at) for pause in internship.breaks),
        periods=tuple(_period_entry(p) for p in internship.periods if p.is_open),
        site_id=internship.site_id,
        insurer=internship.insurer,
        liability=internship.liability,
        supervisors=tuple(
            SupervisorEntry(
                first_name=person.first_name,
                function=person.function,
                surname=person.surname or "",
                declared_on=person.declared_on,
            )
            for person in internship.supervisors
        ),
    )


def _period_entry(period: Period) -> PeriodEntry:
    return PeriodEntry(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        place_count=period.place_count,
        apply_until=period.apply_until,
        days=tuple(map(date.fromisoformat, period.days)),
        key=period.public_id,
    )
