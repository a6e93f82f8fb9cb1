"""The clock stands while the office has frozen a company or its posting."""

from datetime import datetime

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import eve_at_the_latest, is_served
from marketplace.foundation.clock import day_of, end_of

# Who waits here for the company, or for a place that is not sure meanwhile.
STANDING = (ApplicationState.OPEN, ApplicationState.OFFERED)


def follow_freeze(application: Application, *, at: datetime) -> None:
    """Stops the clock of what nobody can answer now, or gives the lost days back.

    Twice does no harm. Never beyond the eve of the period.
    """
    if application.state not in STANDING or application.due_at is None:
        return
    if not is_served(application):
        application.stopped_at = application.stopped_at or at
    elif application.stopped_at:
        _give_back(application, application.due_at, application.stopped_at, at=at)


def catch_up(application: Application, *, at: datetime) -> None:
    """Gives the lost days back at once where nobody has done so since the thaw."""
    if application.stopped_at:
        follow_freeze(application, at=at)


def stands(application: Application, at: datetime) -> bool:
    """Says whether nothing may lapse now: frozen, and its days are still to come."""
    is_to_come = day_of(at) < application.period.starts_on
    return not is_served(application) and is_to_come


def _give_back(
    application: Application, due_at: datetime, stopped_at: datetime, *, at: datetime
) -> None:
    later = due_at + (at - stopped_at)
    if due_at == end_of(day_of(due_at)):  # a deadline of whole days stays one
        later = end_of(day_of(later))
    application.due_at = eve_at_the_latest(application.period, later)
    if application.answered_at is None:  # only these were kept from the answer
        application.stood_days += (day_of(later) - day_of(due_at)).days
    application.stopped_at = None
