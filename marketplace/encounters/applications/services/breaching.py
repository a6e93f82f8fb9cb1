"""Asks the rules for minors again about a place that was given."""

from datetime import datetime

from marketplace.encounters.applications.enums import Obstacle
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.legality import (
    FIXED,
    PROMISED,
    Unlawful,
    require_beside,
    require_series,
    series_of,
)
from marketplace.foundation.clock import day_of


def breach_of(
    application: Application, *, familiar: bool, at: datetime
) -> Unlawful | None:
    """What the law has against the days ahead of a place; None where nothing.

    Whom the company admits is its own affair. As long as the place is only offered,
    the school may still be asked, and the pupil may still choose between two.
    """
    is_final = application.state in FIXED
    since = day_of(at)
    try:
        series = series_of(application, at=at)
        require_series(series, familiar=familiar, is_final=is_final, since=since)
        require_beside(
            *(application, series),
            familiar=familiar,
            is_final=is_final,
            since=since,
            at=at,
        )
    except Unlawful as breach:
        is_choice = breach.key is Obstacle.TAKEN and not is_final
        return None if is_choice else breach
    return None


def breach_words(application: Application, *, familiar: bool, at: datetime) -> str:
    """What is told on the page of a place that was found to break a rule, if it does.

    Nothing where it has become lawful meanwhile, or is over.
    """
    if application.breach is None or application.state not in PROMISED:
        return ""
    breach = breach_of(application, familiar=familiar, at=at)
    return breach.sentence if breach else ""
