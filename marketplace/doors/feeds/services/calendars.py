"""Records as iCal (RFC 5545), an entry for each time they are; instants in UTC."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vText

from marketplace.doors.feeds.services.records import Record, Slot
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import in_german as _

END = "END:VCALENDAR\r\n"


def calendar_of(
    records: Iterable[Record], *, since: date, name: str = ""
) -> Iterator[str]:
    """A calendar of what has not ended before `since`.

    `name` is how a program calls it that follows it; a single entry, which goes into
    a calendar that is there, bears none.
    """
    yield _head(name).removesuffix(END)
    for record in records:
        for slot in record.slots:
            if _day_of(slot.last) >= since:
                yield _event(record, slot)
    yield END


def _head(name: str) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//MINT-Börse Mitteldeutschland//Kalender//DE")
    calendar.add("calscale", "GREGORIAN")
    # The one is of RFC 7986, the other what was used before it.
    for told in ("name", "x-wr-calname") if name else ():
        calendar.add(told, vText(name))
    calendar.add("refresh-interval;value=duration", "PT12H")
    return str(calendar.to_ical().decode())


def _day_of(moment: date | datetime) -> date:
    return day_of(moment) if isinstance(moment, datetime) else moment


def _event(record: Record, slot: Slot) -> str:
    event = Event()
    told: dict[str, Any] = {
        "uid": f"{slot.key}@mint-boerse",
        "dtstamp": record.changed_at,
        "last-modified": record.changed_at,
        "summary": _title(record),
        "dtstart": slot.first,
        "dtend": _end(slot),
        "location": record.place,
        "description": _words(record),
        "url": record.link,
        "status": "TENTATIVE" if record.is_hint else "CONFIRMED",
        "categories": list(record.topics),
    }
    if len(record.points) == 1:
        told["geo"] = (record.points[0].lat, record.points[0].lon)
    for name, value in told.items():
        if value:
            event.add(name, value)
    return str(event.to_ical().decode())


def _title(record: Record) -> str:
    if record.is_hint:
        return _("Hinweis: %(title)s", title=record.title)
    return record.title


def _end(slot: Slot) -> date | datetime:
    """Behind the last day, as the standard counts; instants end as they are told."""
    if isinstance(slot.last, datetime):
        return slot.last
    return slot.last + timedelta(days=1)


def _words(record: Record) -> str:
    parts = (record.organisation, record.text, record.link)
    origin = _(
        "Quelle: %(source)s. Lizenz: %(licence)s",
        source=record.source,
        licence=record.licence,
    )
    return "\n\n".join(part for part in (*parts, origin) if part)
