"""What a company notes about a day, and what the pupil says against it."""

from datetime import date, datetime

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.attendances import mails
from marketplace.encounters.attendances.enums import Contradiction, Presence
from marketplace.encounters.attendances.models import Attendance
from marketplace.encounters.attendances.queries import attendance_on
from marketplace.encounters.attendances.rules import can_contradict
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def note_presence(
    application: Application,
    day: date,
    presence: Presence,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Notes who was there on a day; the same again changes nothing.

    Refuses days to come, days that are none of the placement, and what is not running.
    """
    _require_running(application, familiar=False)
    days = {plan.day for plan in worked_days(application, at=at)}
    if day > day_of(at) or day not in days:
        raise Refusal(_("An diesem Tag gibt es nichts einzutragen."))
    note = attendance_on(application, day)
    if note is not None and note.presence is presence:
        return
    if note is None:
        note = Attendance(application=application, day=day)
        db.session.add(note)
    note.presence, note.noted_at, note.contradiction = presence, at, None
    record("attendance.noted", application, actor=actor, at=at)
    if presence is not Presence.PRESENT:
        write_pupil(mails.day_noted(note), application, at=at)
    if presence is Presence.ABSENT:
        write_guardian(mails.day_missed_guardian(note), application, at=at)


def contradict(
    note: Attendance, contradiction: Contradiction, *, actor: User, at: datetime
) -> None:
    """Says once against a note that it was otherwise; company and office learn it."""
    application = note.application
    _require_running(application, familiar=True)
    if not can_contradict(note, contradiction):
        raise Refusal(_("Dagegen kannst du hier nichts sagen."))
    note.contradiction = contradiction
    record("attendance.contradicted", application, actor=actor, at=at)
    write_company(mails.day_contested(note), application, at=at)
    queue(mails.day_contested_office(note), addresses_of_coordinators(), at=at)


def _require_running(application: Application, *, familiar: bool) -> None:
    if application.state is ApplicationState.RUNNING:
        return
    if familiar:
        raise Refusal(_("Das geht nur, solange das Praktikum läuft."))
    raise Refusal(_("Eintragen können Sie nur, solange das Praktikum läuft."))
