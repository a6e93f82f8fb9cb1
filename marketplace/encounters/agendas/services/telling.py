"""What stands at the address of a person, as RFC 5545 wants it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from marketplace.encounters.agendas.queries import (
    events_for,
    placements_for,
    visits_for,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.placements.models import Visit
from marketplace.foundation.clock import BERLIN, day_of
from marketplace.foundation.language import _
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
from marketplace.postings.lives.models import Posting
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.labour.tables import DayPlan

# Before each day, and before the first one.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def calendar_for(
    user: User, link: str, link_to: Callable[[Event], str], *, at: datetime
) -> bytes:
    """The calendar of a person: fixed places, visits to them, events.

    `link` is where the site itself shows more of a place, `link_to` where it shows an
    event. No name of anybody stands in it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//MINT-Börse Mitteldeutschland//Kalender//DE")
    calendar.add("version", "2.0")
    # The one is of RFC 7986, the other what was used before it.
    for named in ("name", "x-wr-calname"):
        calendar.add(named, _("MINT-Börse"))
    calendar.add("refresh-interval;value=duration", "PT12H")
    today, is_company = day_of(at), user.role is Role.MEMBER
    for application, days in _worked(placements_for(user, today), at=at):
        key = application.period.public_id if is_company else application.public_id
        for entry in _days(application, days, key, link):
            calendar.add_component(entry)
    for visit in visits_for(user, today):
        calendar.add_component(_visit(visit, user, link))
    for event in events_for(user, today):
        calendar.add_component(_event(event, link_to(event)))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _worked(
    places: Sequence[Application], *, at: datetime
) -> Iterator[tuple[Application, Sequence[DayPlan]]]:
    """Each place with its days; holidays are read once for all of them."""
    if not places:
        return
    first = min(one.period.starts_on for one in places)
    last = max(one.period.ends_on for one in places)
    holidays = calendar_of(first, last)
    for one in places:
        yield one, worked_days(one, at=at, calendar=holidays)


def _days(
    application: Application, days: Sequence[DayPlan], key: str, link: str
) -> Iterator[Entry]:
    """One for each day that is worked; the first one warns a day before, too."""
    internship = application.internship
    for number, day in enumerate(days):
        entry = _entry(f"{key}-{day.day:%Y%m%d}", application.changed_at)
        entry.add("summary", _("Praktikum: %(title)s", title=internship.title))
        entry.add("location", _place_of(internship))
        entry.add("url", link)
        _add_times(entry, day)
        for before in (HOUR, DAY) if number == 0 else (HOUR,):
            entry.add_component(_alarm(before, _("Praktikum")))
        yield entry


def _visit(visit: Visit, user: User, link: str) -> Entry:
    """The whole day; a school reads where, the others what for."""
    internship = visit.application.internship
    title = internship.title
    if user.role is Role.SCHOOL:
        title = internship.organisation.name
    entry = _entry(f"besuch-{visit.application.public_id}", visit.noted_at)
    entry.add("summary", _("Besuch aus der Schule: %(title)s", title=title))
    entry.add("location", _place_of(internship))
    entry.add("url", link)
    _add_days(entry, visit.visit_on, visit.visit_on)
    return entry


def _event(event: Event, link: str) -> Entry:
    entry = _entry(event.public_id, event.changed_at)
    entry.add("summary", event.title)
    entry.add("location", _place_of(event))
    entry.add("url", link)
    if event.starts_at is not None:
        entry.add("dtstart", event.starts_at.astimezone(BERLIN))
        entry.add("dtend", (event.ends_at or event.starts_at).astimezone(BERLIN))
    entry.add_component(_alarm(DAY, _("Veranstaltung")))
    return entry


def _entry(key: str, changed_at: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{key}@mint-boerse")
    entry.add("dtstamp", changed_at)
    return entry


def _place_of(posting: Posting) -> str:
    site = posting.site
    place = (site.street if site else "", posting.place_name or "")
    return ", ".join(part for part in place if part)


def _add_times(entry: Entry, day: DayPlan) -> None:
    if day.ends > day.starts:
        midnight = datetime.combine(day.day, datetime.min.time(), BERLIN)
        for name, minutes in (("dtstart", day.starts), ("dtend", day.ends)):
            moment = midnight.replace(hour=minutes // 60, minute=minutes % 60)
            entry.add(name, moment)
    else:  # no hours are told
        _add_days(entry, day.day, day.day)


def _add_days(entry: Entry, first: date, last: date) -> None:
    """Whole days; the standard counts up to the one behind the last."""
    entry.add("dtstart", first)
    entry.add("dtend", last + DAY)


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -before)
    return alarm
