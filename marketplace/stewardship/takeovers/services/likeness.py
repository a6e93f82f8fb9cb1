"""Whether an entry is probably one that an organisation has already."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from marketplace.foundation.clock import day_of
from marketplace.foundation.text import fold_name
from marketplace.people.organisations.models import Site
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.takeovers.services.values import Values, ends_on

Days = tuple[date, date] | None


def like_of(
    values: Values, site: Site | None, postings: Iterable[Posting]
) -> Posting | None:
    """The posting with the same address, or the same title, place and days, if any.

    Where one of both tells no place, or no days, these do not tell them apart.
    """
    link, title = values.get("link"), fold_name(values["title"])
    days = days_told(values)
    for posting in postings:
        if link and posting.link == link and overlap(days, days_of(posting)):
            return posting
        is_there = site is None or posting.place_name in (None, site.place_name)
        if title != fold_name(posting.title) or not is_there:
            continue
        if overlap(days, days_of(posting)):
            return posting
    return None


def overlap(one: Days, other: Days) -> bool:
    """Says whether two spans share a day; one that is not told shares all."""
    if one is None or other is None:
        return True
    return one[0] <= other[1] and other[0] <= one[1]


def days_told(values: Values) -> Days:
    """From when to when the fields of an entry say it is."""
    last = ends_on(values)
    begins = [values.get(name) for name in ("starts_on", "valid_from")]
    begins += [day_of(values["starts_at"])] if values.get("starts_at") else []
    begins += [period.starts_on for period in values.get("periods", ())]
    first = min((day for day in begins if day), default=last)
    return (first, last) if first and last else None


def with_day(title: str, days: Days) -> str:
    """A title with its first day: entries of a series have but one name."""
    return f"{title}, {days[0]:%d.%m.%Y}" if days else title


def days_of(posting: Any) -> Days:
    """From when to when a posting is."""
    names = (
        *("starts_at", "ends_at", "starts_on", "ends_on", "valid_from", "valid_to"),
        "periods",
    )
    return days_told({name: getattr(posting, name, None) or () for name in names})
