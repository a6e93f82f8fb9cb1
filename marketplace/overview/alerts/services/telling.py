"""Looks what is new, and writes one letter to each who wants to know."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import numpy as np
from flask_babel import force_locale
from sqlalchemy import update

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import format_date, format_span
from marketplace.overview.alerts import mails
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import (
    NAMED,
    agreed_children,
    last_published,
    new_in,
    published_since,
    search_columns,
    searches_with_letters,
)
from marketplace.overview.alerts.rules import (
    is_due,
    may_write,
    title_of,
    was_told_on,
)
from marketplace.overview.alerts.services.hearing import ears_of, heard_by
from marketplace.overview.alerts.tables import GROUNDS
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.mail.services import queue

# So many rows are named in one statement.
AT_ONCE = 10_000
# What is older is news to nobody; a search whose letters wait for a consent keeps it
# no longer, or all that came since would be read every five minutes.
NEWS = timedelta(days=31)


def tell_news(*, at: datetime) -> int:
    """Writes to all for whom something is new and due, and says to how many.

    One letter a day and person at most, whatever she looks for; safe to run twice.
    """
    newest = last_published()
    if newest is None:
        return 0
    _pass_over_the_deaf(newest, at=at)
    agreed, count = agreed_children(), 0
    waiting = searches_with_letters(newest)
    for _user_id, group in groupby(waiting, key=lambda one: one.user_id):
        searches = list(group)
        user = searches[0].user
        if may_write(user, agreed, day_of(at)):
            count += _tell(user, searches, newest, at=at)
    return count


def _pass_over_the_deaf(newest: datetime, *, at: datetime) -> None:
    """Notes of all searches that nothing new can concern that they have seen it."""
    rows = search_columns(newest)
    if not rows:
        return
    ears = ears_of(rows, day_of(at))
    hears = np.zeros(len(rows), bool)
    since = max(min(row.seen_until for row in rows), at - NEWS)
    for posting in published_since(since):
        is_new = ears.seen < (posting.published_at or newest).timestamp()
        hears |= is_new & heard_by(ears, posting)
    deaf = ears.id[~hears].tolist()
    for first in range(0, len(deaf), AT_ONCE):
        some = SavedSearch.id.in_(deaf[first : first + AT_ONCE])
        db.session.execute(
            update(SavedSearch).where(some).values(seen_until=newest),
            execution_options={"synchronize_session": False},
        )


def _tell(
    user: User, searches: Sequence[SavedSearch], newest: datetime, *, at: datetime
) -> bool:
    """Writes one letter about what is due; says whether there was something."""
    today = day_of(at)
    if any(was_told_on(search, today) for search in searches):
        return False
    due = [search for search in searches if is_due(search, at)]
    told: set[tuple[str, int]] = set()
    sections = []
    for search in due:
        rows = new_in(search, user, search.seen_until, today)
        fresh = [row for row in rows if (row.kind, row.id) not in told]
        told.update((row.kind, row.id) for row in rows)
        search.seen_until = newest
        if fresh:
            sections.append(_section(search, fresh, at=at))
    if not sections:
        return False
    for search in due:  # even those in which nothing is new: one letter a day
        search.told_at = at
    queue(mails.alert_news(user, sections, at=at), [user.email], at=at)
    return True


def _section(
    search: SavedSearch, found: Sequence[Posting], *, at: datetime
) -> dict[str, Any]:
    with force_locale("de"):
        return {
            "title": title_of(search),
            "index": GROUNDS[search.scope].index,
            "query": search.query,
            "is_more": len(found) > NAMED,
            "found": list(_lines(found[:NAMED], at=at)),
        }


def _lines(found: Iterable[Posting], *, at: datetime) -> Iterable[dict[str, str]]:
    for posting in found:
        yield {
            "kind": posting.kind,
            "key": posting.public_id,
            "title": posting.title,
            "place": posting.place_name or "",
            "days": _days(posting, at),
        }


def _days(posting: Posting, at: datetime) -> str:
    """When it is, in words; empty where that is not told."""
    if isinstance(posting, Internship):
        periods = open_periods(posting, day_of(at))
        return format_span(periods[0].starts_on, periods[0].ends_on) if periods else ""
    if isinstance(posting, Offer) and posting.starts_on:
        return format_span(posting.starts_on, posting.ends_on or posting.starts_on)
    if isinstance(posting, Event) and posting.starts_at:
        return format_date(day_of(posting.starts_at))
    return ""
