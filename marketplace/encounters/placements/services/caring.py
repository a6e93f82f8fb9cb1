"""What the staff does for a class: confirm, remind, visit."""

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.approving import confirm_for_school
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_pupil,
)
from marketplace.encounters.placements import mails
from marketplace.encounters.placements.models import Visit
from marketplace.encounters.placements.queries import visit_to, visits_before
from marketplace.encounters.placements.rules import REMIND_AFTER, can_remind, can_visit
from marketplace.encounters.placements.services.overview import Overview
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import SchoolClass
from marketplace.region.calendar.tables import AUGUST, school_year_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def confirm_several(
    overview: Overview, keys: Collection[str], *, actor: User, at: datetime
) -> int:
    """Confirms the chosen school events of a class, all of them or none.

    Refuses where none is chosen, or one is not to be confirmed any more.
    """
    waiting = {
        it.application.public_id: it.application
        for it in overview.awaiting
        if it.application
    }
    if not keys:
        raise Refusal(_("Haken Sie an, wessen Praktikum Sie bestätigen."))
    if not set(keys) <= set(waiting):
        raise Refusal(
            _("Inzwischen hat sich etwas geändert.")
            + " "
            + _("Bitte laden Sie die Klasse neu und wählen Sie noch einmal.")
        )
    for key in keys:
        confirm_for_school(
            waiting[key],
            signed_by=actor.name,
            signed_on=day_of(at),
            actor=actor,
            at=at,
        )
    return len(keys)


def remind(own: SchoolClass, overview: Overview, *, actor: User, at: datetime) -> int:
    """Writes to those without a place, once a week at most; tells to how many."""
    period = overview.period
    if period is None or period.starts_on <= day_of(at):
        raise Refusal(_("Erinnern geht nur vor einem Zeitraum der Klasse."))
    locked(own)
    if not can_remind(own, at) and own.reminded_at:
        day = format_date(day_of(own.reminded_at + REMIND_AFTER), "full")
        raise Refusal(
            _("Diese Woche ging schon eine Erinnerung hinaus.")
            + " "
            + _("Die nächste geht ab %(day)s.", day=day)
        )
    people = [standing.member.user for standing in overview.without]
    if not people:
        raise Refusal(_("Alle haben einen Platz. Da ist niemand zu erinnern."))
    for person in people:
        letter = mails.place_reminder(own, period, person)
        queue(letter, [person.email], at=at)
    own.reminded_at = at

    record("class.reminded", own, actor=actor, at=at)
    return len(people)


def note_visit(
    application: Application, day: date, *, actor: User, at: datetime
) -> None:
    """Notes when somebody of the school comes; company and pupil are told."""
    period = application.period
    if not can_visit(application):
        raise Refusal(_("Besuchen geht, sobald der Platz fest ist."))
    if not period.starts_on <= day <= period.ends_on:
        raise Refusal(_("An diesem Tag läuft das Praktikum nicht."))
    if day < day_of(at):
        raise Refusal(_("Dieser Tag ist schon vorbei."))
    visit = visit_to(application)
    if visit is not None and visit.visit_on == day:
        return
    if visit is None:
        visit = Visit(application=application)
        db.session.add(visit)
    visit.visit_on, visit.noted_at = day, at

    record("application.visit_noted", application, actor=actor, at=at)
    _tell(application, day, at=at)


def drop_visit(application: Application, *, actor: User, at: datetime) -> None:
    """Takes a visit back; company and pupil are told."""
    visit = visit_to(application)
    if visit is None:
        raise Refusal(_("Hier ist kein Besuch eingetragen."))
    db.session.delete(visit)

    record("application.visit_dropped", application, actor=actor, at=at)
    _tell(application, None, at=at)


def forget_past_visits(*, at: datetime) -> int:
    """Drops the visits of past school years, as their classes go."""
    first = date(school_year_of(day_of(at)), AUGUST, 1)
    gone = visits_before(first)
    for visit in gone:
        db.session.delete(visit)
    return len(gone)


def _tell(application: Application, day: date | None, *, at: datetime) -> None:
    write_pupil(mails.visit_noted(application, day), application, at=at)
    write_company(mails.visit_noted_company(application, day), application, at=at)
