from collections.abc import Mapping
from datetime import datetime, timedelta

from marketplace.encounters.applications.enums import LIVE, TOOK_PART, ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import needs_school
from marketplace.people.schools.models import SchoolClass

REMIND_AFTER = timedelta(days=7)
_S = ApplicationState
# Where a pupil is visited: the place is fixed, the days are not over.
FIXED = frozenset({_S.CONFIRMED, _S.RUNNING})
# Of the ways of a pupil the furthest one is told: fixed, offered, then what is open.
RANKS: Mapping[ApplicationState, int] = {
    **dict.fromkeys(FIXED | TOOK_PART, 4),
    _S.OFFERED: 3,
    _S.OPEN: 2,
    _S.WAITLISTED: 1,
}


def rank_of(application: Application) -> int:
    """How far an application has brought a pupil; 0 where it leads nowhere."""
    return RANKS.get(application.state, 0)


def has_place(application: Application | None) -> bool:
    """Says whether a pupil has, or had, a fixed place."""
    return application is not None and application.state in FIXED | TOOK_PART


def awaits_school(application: Application | None) -> bool:
    """Says whether the school can confirm now what it has not confirmed."""
    if application is None or application.state not in LIVE:
        return False
    return needs_school(application)


def can_visit(application: Application) -> bool:
    """Says whether there is a place to come to."""
    return application.state in FIXED


def can_remind(own: SchoolClass, at: datetime) -> bool:
    """Says whether those without a place may be reminded: once a week."""
    return own.reminded_at is None or own.reminded_at <= at - REMIND_AFTER
