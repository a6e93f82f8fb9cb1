from datetime import date, datetime

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import (
    last_day_to_apply,
    open_periods,
    takes_applications,
)

# Nobody comes back to more of them.
MOST = 60
# Without a sign-in for so long, a list is dropped.
MONTHS_KEPT = 12


def is_shown(posting: Internship | Event) -> bool:
    """Says whether everybody may see it, as one that somebody confirmed."""
    return bool(posting.is_in_lists) and is_verified(posting.organisation)


def is_to_come(event: Event, at: datetime) -> bool:
    """Says whether everybody may see it, and it is not over."""
    last = event.ends_at or event.starts_at
    return is_shown(event) and last is not None and last >= at


def next_period(internship: Internship, day: date) -> Period | None:
    """The period to apply for first; None where that is no longer possible."""
    if not is_shown(internship) or not takes_applications(internship):
        return None
    periods = open_periods(internship, day)
    return min(periods, key=last_day_of, default=None)


def last_day_of(period: Period) -> date:
    """The last day on which one can apply."""
    return last_day_to_apply(period)


def urgency(bookmark: Bookmark, day: date) -> tuple[bool, date, datetime]:
    """Sorts what ends first to the top, and what is over below."""
    period = next_period(bookmark.internship, day)
    until = last_day_of(period) if period else date.max
    return period is None, until, bookmark.kept_at
