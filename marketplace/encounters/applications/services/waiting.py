"""The waiting list of a period: who is next when a place becomes free."""

from datetime import datetime, timedelta

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import Act, DeclineCode, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    outdated_waiting,
    waiting_list,
)
from marketplace.encounters.applications.rules import (
    CONFIRM_HOURS,
    CONFIRM_HOURS_SOON,
    eve_at_the_latest,
    is_served,
    is_soon,
)
from marketplace.encounters.applications.services.legality import is_lawful
from marketplace.encounters.applications.services.moving import move, write_pupil
from marketplace.foundation.clock import day_of
from marketplace.postings.internships.models import Period
from marketplace.postings.internships.services import free_place, reserve_place
from marketplace.upkeep.jobs.services import ask_for


def give_up_place(period: Period, *, at: datetime) -> None:
    """Gives a place back, to the next on the waiting list for whom it is lawful."""
    free_place(period, at=at)
    if period.starts_on <= day_of(at):
        return
    for application in waiting_list(period):
        if is_served(application) and is_lawful(application, at=at):
            _move_up(application, at=at)
            return


def close_lists(*, at: datetime) -> int:
    """Declines who still waits when the days begin, and says how many."""
    rows = outdated_waiting(day_of(at))
    for application in rows:
        move(application, Act.LAPSE, side=Side.PROGRAM, actor=None, at=at)
        application.decline_code = DeclineCode.FULL
        write_pupil(mails.application_declined(application), application, at=at)
    return len(rows)


def _move_up(application: Application, *, at: datetime) -> None:
    move(application, Act.MOVE_UP, side=Side.PROGRAM, actor=None, at=at)
    reserve_place(application.period, at=at)
    is_near = is_soon(application.period, at)
    hours = CONFIRM_HOURS_SOON if is_near else CONFIRM_HOURS
    due_at = at + timedelta(hours=hours)
    application.due_at = eve_at_the_latest(application.period, due_at)
    ask_for("applications.lapse", due_at=application.due_at + timedelta(seconds=1))
    write_pupil(mails.application_offered(application), application, at=at)
