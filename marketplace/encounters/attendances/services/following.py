"""The calendar goes on: letters of the eve, the first day, the day after the last."""

from collections.abc import Iterable
from datetime import datetime

from marketplace.encounters.applications.enums import Act, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.ending import way_out
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.applications.services.moving import (
    move,
    write_company,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.attendances import mails
from marketplace.encounters.attendances.queries import (
    attendances_of,
    begun,
    over,
    untold_of_the_eve,
)
from marketplace.encounters.attendances.rules import outcome_of
from marketplace.foundation.clock import day_of


def follow_days(*, at: datetime) -> int:
    """Lets placements begin on their first day and end after their last one.

    Says how many steps were taken.
    """
    today = day_of(at)
    coming, done = begun(today), over(today)
    for application in coming:
        move(application, Act.BEGIN, side=Side.PROGRAM, actor=None, at=at)
    for application in done:
        _finish(application, at=at)
    return len(coming) + len(done)


def tell_of_the_eve(*, at: datetime) -> int:
    """Tells all whose days begin tomorrow where, with what, and whom to ask.

    The company gets one letter a period, with the way to its list. Nobody is told
    twice. Says of how many placements.
    """
    placements = untold_of_the_eve(day_of(at))
    for application in placements:
        application.eve_told_at = at
        link = way_out(application)
        write_pupil(mails.eve(application, link), application, at=at)
        write_guardian(mails.eve_guardian(application, link), application, at=at)
    for first, count in _by_period(placements):
        write_company(mails.eve_company(first, count), first, at=at)
    return len(placements)


def _finish(application: Application, *, at: datetime) -> None:
    days = {day.day for day in worked_days(application, at=at)}
    move(application, Act.FINISH, side=Side.PROGRAM, actor=None, at=at)
    application.state = outcome_of(days, attendances_of(application))
    write_pupil(mails.ended(application), application, at=at)


def _by_period(placements: Iterable[Application]) -> list[tuple[Application, int]]:
    """One placement of each period, with how many there are."""
    groups: dict[int, list[Application]] = {}
    for application in placements:
        groups.setdefault(application.period_id, []).append(application)
    return [(group[0], len(group)) for group in groups.values()]
