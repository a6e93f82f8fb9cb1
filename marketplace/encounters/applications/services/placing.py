"""Places that a round gives: an application that begins as an offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application, Approval
from marketplace.encounters.applications.queries import live_one
from marketplace.encounters.applications.rules import (
    CONFIRM_HOURS,
    CONFIRM_HOURS_SOON,
    eve_at_the_latest,
    is_minor,
    is_soon,
)
from marketplace.encounters.applications.services.conditions import (
    require_ahead,
    require_class,
    require_served,
)
from marketplace.encounters.applications.services.legality import require_room
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_guardian,
    write_pupil,
)
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Period
from marketplace.postings.internships.rules import takes_applications
from marketplace.postings.internships.services import reserve_place
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of


@dataclass(frozen=True, kw_only=True)
class Placing:
    """Whom a round places where, and what a guardian has said to it before.

    `approvals` are copied; from 18 on none is needed.
    """

    pupil: User
    period: Period
    basis: Basis
    class_level: int
    guardian_name: str = ""
    guardian_email: str = ""
    guardian_phone: str | None = None
    guardians_asked: int = 1
    second_guardian_name: str = ""
    second_guardian_email: str = ""
    holiday_days_used: int = 0
    approvals: Sequence[Approval] = ()


def require_placeable(placing: Placing, *, at: datetime) -> None:
    """Refuses a place that a pupil could not take by law or by what she has already.

    What the school still has to do does not stop it.
    """
    _require_possible(_application(placing, at=at), at=at)


def place(placing: Placing, *, is_late: bool = False, at: datetime) -> Application:
    """Gives a pupil a place, offered to her until she confirms it; all are told.

    She has as long as after a yes of the company, or (`is_late`) as long as who moves
    up from a waiting list. Refuses what the law, a missing approval or a lost place do
    not allow.
    """
    pupil = locked(placing.pupil)  # nobody else gives her a place meanwhile
    application = _application(placing, at=at)
    _require_possible(application, at=at)
    said = {approval.guardian_no for approval in placing.approvals}
    if is_minor(application, day_of(at)) and len(said) < placing.guardians_asked:
        raise Refusal(_("Dafür fehlt noch die Zustimmung von zu Hause."))
    _drop_draft(pupil, placing.period)
    application.approvals = list(placing.approvals)
    application.sent_at = application.handed_over_at = at
    db.session.add(application)
    db.session.flush()  # the record needs its id
    reserve_place(placing.period, at=at)
    application.due_at = _due_at(placing.period, is_late=is_late, at=at)
    record("application.placed", application, actor=None, at=at)
    write_pupil(mails.application_placed(application), application, at=at)
    letter = mails.application_placed_guardian(application)
    write_guardian(letter, application, at=at)
    write_company(mails.application_placed_company(application), application, at=at)
    return application


def _application(placing: Placing, *, at: datetime) -> Application:
    """What the place would be; it is not in the database yet."""
    pupil = placing.pupil.pupil
    return Application(
        pupil=placing.pupil,
        pupil_id=placing.pupil.id,
        internship=placing.period.internship,
        period=placing.period,
        basis=placing.basis,
        state=ApplicationState.OFFERED,
        class_level=placing.class_level,
        school_kind=pupil.school_kind if pupil else None,
        school_name=pupil.school_name if pupil else "",
        interests=pupil.interests if pupil else frozenset(),
        guardian_name=placing.guardian_name,
        guardian_email=placing.guardian_email,
        guardian_phone=placing.guardian_phone,
        guardians_asked=placing.guardians_asked,
        second_guardian_name=placing.second_guardian_name,
        second_guardian_email=placing.second_guardian_email,
        holiday_days_used=placing.holiday_days_used,
        changed_at=at,
        stood_days=0,
    )


def _require_possible(application: Application, *, at: datetime) -> None:
    period = application.period
    if not takes_applications(application.internship) or not period.is_open:
        raise Refusal(_("Dieses Praktikum ist gerade nicht zu haben."))
    require_ahead(application, familiar=True, at=at)
    require_served(application, familiar=True)
    require_class(application.internship, application.class_level or 0)
    existing = live_one(application.pupil, period)
    if existing and existing.state is not ApplicationState.DRAFT:
        raise Refusal(_("Dort hast du dich für diese Tage schon selbst beworben."))
    require_room(application, familiar=True, is_final=False, at=at)


def _drop_draft(pupil: User, period: Period) -> None:
    """A draft for the same days has served: the place is there."""
    draft = live_one(pupil, period)
    if draft:
        db.session.delete(draft)
        db.session.flush()


def _due_at(period: Period, *, is_late: bool, at: datetime) -> datetime:
    is_near = is_soon(period, at)
    if is_late:
        hours = CONFIRM_HOURS_SOON if is_near else CONFIRM_HOURS
        return eve_at_the_latest(period, at + timedelta(hours=hours))
    days = Setting.CONFIRM_DAYS_SOON if is_near else Setting.CONFIRM_DAYS
    return eve_at_the_latest(period, days_after(at, value_of(days)))
