"""Making, renewing and ending the address, and writing what stands there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event
from sqlalchemy import delete

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.agendas.queries import agenda_of, placements_for
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.foundation.clock import BERLIN, day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.tokens import hash_of, new_token
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.region.labour.tables import DayPlan
from marketplace.upkeep.audit.services import record

# Before each day, and before the first one.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_address(user: User, *, at: datetime) -> Agenda:
    """Gives a person a new address; what stood at an older one ends at once."""
    locked(user)
    agenda = agenda_of(user) or Agenda(user_id=user.id)
    token = new_token()
    agenda.token, agenda.token_hash, agenda.made_at = token, hash_of(token), at
    db.session.add(agenda)
    db.session.flush()  # the record needs its id
    record("agenda.made", agenda, actor=user, at=at)
    return agenda


def end_address(user: User, *, at: datetime) -> None:
    """Ends a person's address; twice does no harm."""
    agenda = agenda_of(user)
    if agenda:
        record("agenda.ended", agenda, actor=user, at=at)
        db.session.delete(agenda)


def forget_agenda(user_id: int) -> None:
    """Drops the address of a person who leaves."""
    db.session.execute(delete(Agenda).where(Agenda.user_id == user_id))


def calendar_for(user: User, link: str, *, at: datetime) -> bytes:
    """What stands at the address of a person, as RFC 5545 wants it.

    `link` is where the site itself shows more. No name of anybody stands in it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//MINT-Börse Mitteldeutschland//Kalender//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("MINT-Börse"))
    calendar.add("refresh-interval;value=duration", "PT12H")
    is_company = user.role is Role.MEMBER
    for application in placements_for(user, day_of(at)):
        key = application.period.public_id if is_company else application.public_id
        for event in _events(application, key, link, at=at):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _events(
    application: Application, key: str, link: str, *, at: datetime
) -> Iterator[Event]:
    """One for each day that is worked; the first one warns a day before, too."""
    internship = application.internship
    site = internship.site
    place = (site.street if site else "", internship.place_name or "")
    for number, day in enumerate(worked_days(application, at=at)):
        event = Event()
        event.add("uid", f"{key}-{day.day:%Y%m%d}@mint-boerse")
        event.add("dtstamp", application.changed_at)
        event.add("summary", _("Praktikum: %(title)s", title=internship.title))
        event.add("location", ", ".join(part for part in place if part))
        event.add("url", link)
        _add_times(event, day)
        for before in (HOUR, DAY) if number == 0 else (HOUR,):
            event.add_component(_alarm(before))
        yield event


def _add_times(event: Event, day: DayPlan) -> None:
    if day.ends > day.starts:
        midnight = datetime.combine(day.day, datetime.min.time(), BERLIN)
        for name, minutes in (("dtstart", day.starts), ("dtend", day.ends)):
            moment = midnight.replace(hour=minutes // 60, minute=minutes % 60)
            event.add(name, moment)
    else:  # no hours are told
        event.add("dtstart", day.day)


def _alarm(before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Praktikum"))
    alarm.add("trigger", -before)
    return alarm
