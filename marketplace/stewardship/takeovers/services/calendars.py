"""Events of a calendar file (iCal, RFC 5545); what recurs becomes one entry a date."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from marketplace.foundation.clock import BERLIN
from marketplace.foundation.language import _, format_decimal
from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.told import (
    MOST_ENTRIES,
    Told,
    told,
    without_tags,
)

# A series is followed so far ahead, and for so many dates.
AHEAD, MOST_DATES = timedelta(days=366), 60
# And no further back, lest a rule be counted from the year 1 on.
BACK = timedelta(days=800)
# All series of a file make so many dates at most, and it has so many lines.
MOST_IN_ALL, MOST_LINES = 1_000, 20_000
MOST_COUNTED, LIMITS = 1_000, ("UNTIL", "COUNT")
# A line as it is meant; what is folded goes on behind a blank.
_LINE = re.compile(rb"^[^ \t\r\n]", re.MULTILINE)
STEPS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def is_calendar(content: bytes) -> bool:
    """Says whether a file begins as a calendar does."""
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.upper().startswith(b"BEGIN:VCALENDAR")


def read_calendar(content: bytes, *, at: datetime) -> list[Told]:
    """The events of a calendar; refuses what cannot be read or is too much."""
    if content.upper().count(b"BEGIN:VEVENT") > MOST_ENTRIES:
        raise Refusal(
            _("Die Datei hat mehr als %(num)s Einträge.", num=MOST_ENTRIES)
            + " "
            + _("Teilen Sie sie bitte auf.")
        )
    if len(_LINE.findall(content)) > MOST_LINES:
        raise Refusal(_("Diese Kalenderdatei lässt sich nicht lesen."))
    try:
        return _events_of(Calendar.from_ical(content.decode("utf-8-sig")), at=at)
    # A property that is broken says so only when it is read.
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        raise Refusal(_("Diese Kalenderdatei lässt sich nicht lesen.")) from None


def _events_of(calendar: Any, *, at: datetime) -> list[Told]:
    events: dict[str, Told] = {}
    # A date that was moved replaces the one of its series.
    parts = sorted(calendar.walk("VEVENT"), key=lambda part: "RECURRENCE-ID" in part)
    for line, part in enumerate(parts, start=1):
        for one in _entries_of(part, line, at=at):
            events[one.key] = one
        if len(events) > MOST_IN_ALL:
            raise Refusal(
                _(
                    "Die Serien der Datei ergeben mehr als %(num)s Termine.",
                    num=format_decimal(MOST_IN_ALL),
                )
                + " "
                + _("Teilen Sie sie bitte auf.")
            )
    return list(events.values())


def _entries_of(part: Any, line: int, *, at: datetime) -> Iterator[Told]:
    if _text(part, "STATUS").upper() == "CANCELLED":
        return
    first = _moment(part, "DTSTART")
    words = {
        "title": _text(part, "SUMMARY"),
        "description": without_tags(_text(part, "DESCRIPTION")),
        "location": _text(part, "LOCATION"),
        "url": _text(part, "URL"),
        "topics": ", ".join(_categories(part)),
    }
    uid = _text(part, "UID")
    if first is None:
        yield told(TakeoverKind.EVENTS, line, id=uid, **words)
        return
    length = _length(part, first)
    if "RRULE" in part:
        for start in _dates(part, first, at=at):
            key = f"{uid}/{start:%Y%m%d}" if uid else ""
            span = _span(start, length)
            yield told(TakeoverKind.EVENTS, line, id=key, **span, **words)
        return
    moved = _moment(part, "RECURRENCE-ID")
    key = f"{uid}/{moved:%Y%m%d}" if uid and moved else uid
    yield told(TakeoverKind.EVENTS, line, id=key, **_span(first, length), **words)


def _dates(part: Any, first: date, *, at: datetime) -> Iterator[date]:
    """When what recurs is, from now on, as far as it is followed."""
    rule, start = part["RRULE"], _local(first)
    now = at.astimezone(BERLIN).replace(tzinfo=None)
    step = "" if isinstance(rule, list) else str((rule.get("FREQ") or [""])[0]).upper()
    if step not in STEPS or now - start > BACK:
        raise Refusal(
            _("Eine Serie der Datei lässt sich nicht lesen.")
            + " "
            + _("Tragen Sie ihre Tage einzeln ein.")
        )
    left_out = {_local(day) for day in _exceptions(part)}
    found = islice(_counted(rule, start, now + AHEAD), MOST_COUNTED)
    ahead = (one for one in found if one >= now and one not in left_out)
    for one in islice(ahead, MOST_DATES):
        yield one.replace(tzinfo=BERLIN) if isinstance(first, datetime) else one.date()


def _counted(rule: Any, start: datetime, latest: datetime) -> Iterator[datetime]:
    """The dates of a rule up to the latest; a count is kept here, so that it ends."""
    until = (rule.get("UNTIL") or [None])[0]
    last = min(_local(until), latest) if until else latest
    if start > last:
        return iter(())
    parts = {name: value for name, value in rule.items() if name not in LIMITS}
    text = ";".join(
        f"{name}={','.join(map(str, _listed(value)))}" for name, value in parts.items()
    )
    is_stepping = min(rule.get("INTERVAL") or [1]) > 0
    try:
        dates = rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=start)
        # Steps of nought never end, and what never comes is sought up to the year 9999.
        comes = is_stepping and next(iter(dates), None) is not None
    except (ValueError, TypeError):
        comes = False
    if not comes:
        raise Refusal(_("Eine Serie der Datei lässt sich nicht lesen."))
    return islice(dates, int((rule.get("COUNT") or [MOST_COUNTED])[0]))


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _exceptions(part: Any) -> Iterator[date]:
    for some in _listed(part.get("EXDATE") or []):
        yield from (one.dt for one in some.dts)


def _local(day: date) -> datetime:
    """A day or an instant as the clocks of the region show it."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time(0))
    return (day.astimezone(BERLIN) if day.tzinfo else day).replace(tzinfo=None)


def _length(part: Any, first: date) -> timedelta | None:
    last = _moment(part, "DTEND")
    if last is not None and isinstance(last, datetime) == isinstance(first, datetime):
        return _local(last) - _local(first)
    lasting = part.get("DURATION")
    length = getattr(lasting, "dt", None)
    return length if isinstance(length, timedelta) else None


def _span(first: date, length: timedelta | None) -> dict[str, str]:
    """Begin and end in words; behind its last day ends what lasts whole days."""
    if not isinstance(first, datetime):
        last = first + max(
            (length or timedelta(days=1)) - timedelta(days=1), timedelta()
        )
        return {"start": first.isoformat(), "end": last.isoformat()}
    begin = first if first.tzinfo else first.replace(tzinfo=BERLIN)
    told_end = "" if length is None else (begin.astimezone(UTC) + length).isoformat()
    return {"start": begin.astimezone(UTC).isoformat(), "end": told_end}


def _moment(part: Any, name: str) -> date | None:
    value = getattr(part.get(name), "dt", None)
    return value if isinstance(value, date) else None


def _text(part: Any, name: str) -> str:
    value = part.get(name)
    return "" if value is None or isinstance(value, list) else str(value)


def _categories(part: Any) -> Iterator[str]:
    for some in _listed(part.get("CATEGORIES") or []):
        yield from map(str, getattr(some, "cats", []))
