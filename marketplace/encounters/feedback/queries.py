from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.encounters.applications.enums import TOOK_PART
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    applications_of,
    applications_to,
    known_to_school,
)
from marketplace.encounters.feedback.enums import Asked, Matter
from marketplace.encounters.feedback.models import Answer, Request
from marketplace.encounters.feedback.rules import FEWEST
from marketplace.foundation.database import db
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.organisations.queries import organisation_ids_of
from marketplace.people.schools.queries import school_of
from marketplace.postings.internships.models import Internship
from marketplace.region.labour.enums import Basis

# So many open questions are shown at once, so many words of pupils.
SHOWN, WORDS = 5, 50


def request_to(application: Application, side: Asked) -> Request | None:
    """That a side was asked about a placement."""
    query = select(Request).where(
        Request.application_id == application.id, Request.side == side
    )
    return db.session.scalar(query)


def unasked(side: Asked, since: datetime) -> Sequence[Application]:
    """The placements that ended since then and that this side was not asked about.

    A company and a school are asked once about all who came in one period.
    """
    query = (
        select(Application)
        .join(Application.pupil)
        .outerjoin(Pupil, Pupil.user_id == User.id)
        .where(
            Application.state.in_(TOOK_PART),
            Application.changed_at > since,
            ~_is_asked(side),
        )
        .options(
            joinedload(Application.pupil).joinedload(User.pupil),
            joinedload(Application.period),
            joinedload(Application.internship).joinedload(Internship.organisation),
        )
    )
    if side is Asked.SCHOOL:
        query = query.where(
            Application.basis == Basis.SCHOOL, Pupil.school_id.is_not(None)
        )
    return db.session.scalars(query.order_by(Application.id)).all()


def _is_asked(side: Asked) -> ColumnElement[bool]:
    other, whose = aliased(Application), aliased(Pupil)
    asked = select(Request.id).where(Request.side == side)
    if side is Asked.PUPIL:
        return exists(asked.where(Request.application_id == Application.id))
    same = asked.join(other, other.id == Request.application_id).where(
        other.period_id == Application.period_id
    )
    if side is Asked.SCHOOL:
        same = same.join(whose, whose.user_id == other.pupil_id)
        same = same.where(whose.school_id == Pupil.school_id)
    return exists(same)


def open_requests(user: User, side: Asked, since: datetime) -> Sequence[Request]:
    """What a person is asked and has not answered, newest first."""
    query = (
        select(Request)
        .where(
            Request.side == side,
            Request.is_answered.is_(False),
            Request.asked_at >= since,
            Request.application_id.in_(_own(user, side)),
        )
        .options(joinedload(Request.application).joinedload(Application.internship))
    )
    return db.session.scalars(query.order_by(Request.id.desc()).limit(SHOWN)).all()


def _own(user: User, side: Asked) -> Select[int]:
    if side is Asked.PUPIL:
        query = applications_of(user)
    elif side is Asked.COMPANY:
        query = applications_to(organisation_ids_of(user))
    else:
        school = school_of(user)
        query = known_to_school(school.id if school else None)
    return query.options().with_only_columns(Application.id)


def counts_of(side: Asked) -> Mapping[Matter, Mapping[int, int]]:
    """How often each mark was given to each question; empty below five answers."""
    where = Answer.side == side
    total = db.session.scalar(select(func.count(Answer.id)).where(where)) or 0
    if total < FEWEST:
        return {}
    return {matter: _marks(matter, where) for matter in Matter}


def _marks(matter: Matter, where: ColumnElement[bool]) -> Mapping[int, int]:
    column = getattr(Answer, matter)
    query = select(column, func.count(Answer.id)).where(where, column.is_not(None))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(column))}


def words_of_pupils() -> Sequence[str]:
    """What pupils wrote in words of their own, in no order that tells when."""
    query = select(Answer.words).where(Answer.words != "")
    return db.session.scalars(query.order_by(Answer.words).limit(WORDS)).all()
