"""What the company owes before the first day, and the reminder where it is missing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.encounters.applications.models import Application
from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import AGREED
from marketplace.encounters.papers.models import Instruction
from marketplace.encounters.papers.queries import instruction_of, placements_beginning
from marketplace.encounters.papers.rules import REMINDER_DAYS, missing_dates
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import addresses_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


@dataclass(frozen=True, kw_only=True)
class Dates:
    """On which day each of the three was done; None where it is still missing."""

    risks_assessed_on: date | None
    instructed_on: date | None
    guardians_told_on: date | None


def note_dates(
    application: Application, dates: Dates, *, actor: User, at: datetime
) -> Instruction:
    """Notes what was done before the first day; refuses days to come or after it."""
    application = locked(application)
    if application.state not in AGREED:
        raise Refusal(_("Für dieses Praktikum ist nichts mehr einzutragen."))
    given = (dates.risks_assessed_on, dates.instructed_on, dates.guardians_told_on)
    latest = min(day_of(at), application.period.starts_on)
    if any(day and day > latest for day in given):
        raise Refusal(
            _("Die Tage liegen nicht in der Zukunft und nicht nach dem ersten Tag.")
        )
    instruction = instruction_of(application) or Instruction(application=application)
    instruction.risks_assessed_on = dates.risks_assessed_on
    instruction.instructed_on = dates.instructed_on
    instruction.guardians_told_on = dates.guardians_told_on
    instruction.noted_by_id = actor.id
    db.session.add(instruction)
    db.session.flush()  # the record needs its id
    record("instruction.noted", instruction, actor=actor, at=at)
    return instruction


def remind_of_dates(*, at: datetime) -> int:
    """Writes once to companies where it begins in three days and a date is missing."""
    today = day_of(at)
    last = today + timedelta(days=REMINDER_DAYS)
    count = 0
    for application in placements_beginning(today, last):
        instruction = instruction_of(application) or Instruction(
            application=application
        )
        is_asked = instruction.reminded_at is not None
        if is_asked or not missing_dates(instruction, application, today):
            continue
        instruction.reminded_at = at
        db.session.add(instruction)
        company = addresses_of(application.internship.organisation)
        queue(mails.instruction_missing(application), company, at=at)
        count += 1
    return count
