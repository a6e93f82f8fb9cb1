"""What of applications is forgotten, once whoever keeps the rules says so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select, update

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application, Approval
from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.postings.internships.models import Period
from marketplace.upkeep.mail.services import forget_all

_S = ApplicationState
# Nothing came of these, and whoever was refused may still ask why.
FAILED = frozenset(
    {
        *(_S.DECLINED, _S.UNANSWERED, _S.MISSED, _S.WITHDRAWN),
        *(_S.CANCELLED_BY_PUPIL, _S.CANCELLED_BY_COMPANY),
    }
)
# In days from the last step. 180 after § 15 Abs. 4 AGG and § 61b ArbGG; the company
# sees none of them in the meantime.
FAILED_DAYS, SHORT_DAYS = 180, 30
KEPT: Mapping[ApplicationState, int] = {
    **dict.fromkeys((_S.DRAFT, _S.REFUSED, _S.UNAPPROVED), SHORT_DAYS),
    **dict.fromkeys(FAILED, FAILED_DAYS),
}
# Days of these were agreed for good.
PLACED = frozenset(
    {
        *(_S.CONFIRMED, _S.RUNNING, _S.BROKEN_OFF),
        *(_S.ATTENDED, _S.PARTLY, _S.EXCUSED, _S.NO_SHOW),
    }
)
# What may still lead to a placement, or is one.
UNDERWAY = frozenset({_S.OPEN, _S.WAITLISTED, _S.OFFERED, _S.CONFIRMED, _S.RUNNING})
# What the links in the letters about an application are good for.
LINKS = (mails.APPROVAL, mails.SCHOOL, mails.WAY_OUT)


def at_rest_before(states: Collection[ApplicationState], day: date) -> Select[Any]:
    """The numbers of those whose last step led into one of these states before a day.

    Drafts count from their last change.
    """
    return (
        select(Application.id)
        .where(Application.state.in_(states), Application.changed_at < start_of(day))
        .order_by(Application.id)
    )


def placements_before(day: date) -> Select[Any]:
    """The numbers of placements whose last day was before a day."""
    return (
        select(Application.id)
        .join(Period, Period.id == Application.period_id)
        .where(Application.state.in_(PLACED), Period.ends_on < day)
        .order_by(Application.id)
    )


def declared_days_before(day: date) -> Select[Any]:
    """The numbers of those that declare holiday days used in a year before a day."""
    return (
        select(Application.id)
        .join(Period, Period.id == Application.period_id)
        .where(Application.holiday_days_used > 0, Period.ends_on < day)
        .order_by(Application.id)
    )


def applications_by(pupil_id: int, *, kept: bool = False) -> Select[Any]:
    """The numbers of all that a pupil has begun or sent.

    `kept` leaves only placements, whose papers are kept, and what may become one.
    """
    query = select(Application.id).where(Application.pupil_id == pupil_id)
    return query.where(Application.state.in_(PLACED | UNDERWAY)) if kept else query


def delete_applications(ids: Sequence[int]) -> None:
    """Deletes applications with approvals, letters and links about them.

    What followed from them must be gone already, or go with them.
    """
    for purpose in LINKS:
        forget_all(purpose, ids)
    parts = delete(Approval).where(Approval.application_id.in_(ids))
    db.session.execute(parts)
    db.session.execute(delete(Application).where(Application.id.in_(ids)))


def forget_declared_days(ids: Sequence[int]) -> None:
    """Forgets how many holiday days were used elsewhere."""
    rows = update(Application).where(Application.id.in_(ids))
    db.session.execute(rows.values(holiday_days_used=0))
