"""What the clock does: reminders, and ends that nobody meant."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import update

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import Act, ApplicationState, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import due_in_state, waiting_in_state
from marketplace.encounters.applications.rules import (
    REMINDER_DAYS,
    is_minor,
    is_served,
)
from marketplace.encounters.applications.services.moving import (
    ask_guardians,
    move,
    write_company,
    write_pupil,
)
from marketplace.encounters.applications.services.silence import rest_if_silent
from marketplace.encounters.applications.services.standing import catch_up, stands
from marketplace.encounters.applications.services.waiting import give_up_place
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Notice
from marketplace.people.accounts.queries import addresses_of_coordinators, willing
from marketplace.people.organisations.queries import addresses_of
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import forget, queue, recall

# Where something was sent from is kept for the signals of a self-approval alone.
ORIGIN_KEPT = timedelta(days=1)


def lapse_applications(*, at: datetime) -> int:
    """Ends what nobody answered in time and says how many."""
    ends = {
        ApplicationState.WAITING: _lapse_unapproved,
        ApplicationState.OPEN: _lapse_unanswered,
        ApplicationState.OFFERED: _lapse_offer,
    }
    return sum(_lapse_all(state, end, at=at) for state, end in ends.items())


def remind(*, at: datetime) -> int:
    """Reminds guardians and companies on day 7 and 12, once each; says how many."""
    count = 0
    for state in (ApplicationState.WAITING, ApplicationState.OPEN):
        for application in waiting_in_state(state):
            begun = application.handed_over_at or application.sent_at or at
            passed = (day_of(at) - day_of(begun)).days - application.stood_days
            due = sum(passed >= day for day in REMINDER_DAYS)
            is_asked = is_served(application) and not application.is_held
            if state is ApplicationState.WAITING:
                is_asked = is_asked and is_minor(application, day_of(at))
            if due > application.reminded_count and is_asked:
                application.reminded_count = due
                _remind(application, at=at)
                count += 1
    return count


def _lapse_all(
    state: ApplicationState, end: Callable[..., None], *, at: datetime
) -> int:
    overdue = due_in_state(state, at)
    if state is not ApplicationState.WAITING:  # a guardian may answer meanwhile
        for application in overdue:
            catch_up(application, at=at)
        overdue = [
            one
            for one in overdue
            if one.due_at and one.due_at < at and not stands(one, at)
        ]
    for application in overdue:
        end(application, at=at)
    return len(overdue)


def _lapse_unapproved(application: Application, *, at: datetime) -> None:
    _lapse(application, at=at)
    recall(mails.APPROVAL, application.id, at=at)
    write_pupil(mails.application_unapproved(application), application, at=at)
    empty(application)


def _lapse_unanswered(application: Application, *, at: datetime) -> None:
    was_frozen = not is_served(application)
    _lapse(application, at=at)
    letter = mails.application_unanswered(application, was_frozen=was_frozen)
    write_pupil(letter, application, at=at)
    if was_frozen:  # the office kept it from answering, and knows
        return
    queue(_for_office(letter), addresses_of_coordinators(), at=at)
    rest_if_silent(application.internship, at=at)


def _lapse_offer(application: Application, *, at: datetime) -> None:
    _lapse(application, at=at)
    give_up_place(application.period, at=at)
    write_pupil(mails.application_missed(application), application, at=at)
    write_company(mails.application_missed_company(application), application, at=at)


def _lapse(application: Application, *, at: datetime) -> None:
    move(application, Act.LAPSE, side=Side.PROGRAM, actor=None, at=at)


def _remind(application: Application, *, at: datetime) -> None:
    letter = mails.application_reminder(application)
    if application.state is ApplicationState.WAITING:
        ask_guardians(letter, application, at=at)
    else:
        members = addresses_of(application.internship.organisation)
        queue(letter, willing(members, Notice.APPLICATIONS), at=at)


def _for_office(letter: Letter) -> Letter:
    """What the office learns: which posting, not who applied."""
    known = {"key", "title", "organisation", "days"}
    context = {name: v for name, v in letter.context.items() if name in known}
    return Letter("application_unanswered_office", letter.subject, context)


def empty(application: Application) -> None:
    """Forgets what a pupil wrote and who was asked; the bare row stays a while."""
    application.motivation = application.guardian_name = application.school_name = ""
    application.guardian_email, application.guardian_phone = "", None
    application.second_guardian_name = application.second_guardian_email = ""
    application.interests, application.question = frozenset(), None
    application.class_level = application.school_kind = None
    application.holiday_days_used = 0
    application.sent_from_hash = None
    application.approval_code_hash = application.school_code_hash = None
    application.second_code_hash = None
    application.approvals.clear()
    forget(mails.APPROVAL, application.id)


def forget_origins(*, at: datetime) -> int:
    """Forgets after a day where applications were sent from, and says of how many."""
    done = db.session.execute(
        update(Application)
        .where(
            Application.sent_from_hash.is_not(None),
            Application.sent_at < at - ORIGIN_KEPT,
        )
        .values(sent_from_hash=None)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
