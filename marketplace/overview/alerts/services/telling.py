"""Looks what is new, and writes one letter to each who wants to know."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import force_locale

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import format_span
from marketplace.overview.alerts import mails
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import (
    NAMED,
    agreed_children,
    all_searches,
    hits_of,
    last_published,
    new_in,
    searches_with_letters,
)
from marketplace.overview.alerts.rules import (
    is_due,
    may_write,
    title_of,
    was_told_on,
)
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.rules import open_periods
from marketplace.upkeep.mail.services import queue


def tell_news(*, at: datetime) -> int:
    """Writes to all for whom something is new and due, and says to how many.

    One letter a day and person at most, whatever she looks for; safe to run twice.
    """
    newest = last_published()
    if newest is None:
        return 0
    agreed, count = agreed_children(), 0
    waiting = searches_with_letters(newest)
    for _user_id, group in groupby(waiting, key=lambda one: one.user_id):
        searches = list(group)
        user = searches[0].user
        if may_write(user, agreed, day_of(at)):
            count += _tell(user, searches, newest, at=at)
    return count


def count_hits(*, at: datetime) -> None:
    """Notes how much each search finds now; those without a hit are a gap."""
    for search in db.session.scalars(all_searches()):
        search.hit_count = hits_of(search, search.user, day_of(at))


def _tell(
    user: User, searches: Sequence[SavedSearch], newest: datetime, *, at: datetime
) -> bool:
    """Writes one letter about what is due; says whether there was something."""
    today = day_of(at)
    if any(was_told_on(search, today) for search in searches):
        return False
    due = [search for search in searches if is_due(search, at)]
    told: set[int] = set()
    sections = []
    for search in due:
        rows = new_in(search, user, search.seen_until, today)
        fresh = [row for row in rows if row.id not in told]
        told.update(row.id for row in rows)
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
    search: SavedSearch, found: Sequence[Internship], *, at: datetime
) -> dict[str, Any]:
    with force_locale("de"):
        return {
            "title": title_of(search),
            "query": search.query,
            "is_more": len(found) > NAMED,
            "found": list(_lines(found[:NAMED], at=at)),
        }


def _lines(found: Iterable[Internship], *, at: datetime) -> Iterable[dict[str, str]]:
    for internship in found:
        periods = open_periods(internship, day_of(at))
        first = periods[0] if periods else None
        yield {
            "key": internship.public_id,
            "title": internship.title,
            "place": internship.place_name or "",
            "days": format_span(first.starts_on, first.ends_on) if first else "",
        }
