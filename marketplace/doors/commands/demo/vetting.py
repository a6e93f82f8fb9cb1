"""Whom the demonstration's office asked for a certificate of conduct."""

from datetime import datetime, timedelta

from marketplace.doors.commands.demo.people import Cast
from marketplace.foundation.clock import day_of
from marketplace.stewardship.vetting.enums import Duty
from marketplace.stewardship.vetting.services import (
    Task,
    ask_for_certificate,
    note_certificate,
)

WEEK = timedelta(days=7)


def ask_around(cast: Cast, *, at: datetime) -> None:
    """One is asked, of another it was seen."""
    office, today = cast.users["koordination"], day_of(at)
    asked = Task(
        person="Kerstin Beispiel",
        duty=Duty.OVERNIGHT,
        starts_on=today + 4 * WEEK,
        ends_on=today + 4 * WEEK + timedelta(days=2),
    )
    seen = Task(
        person="Jonas Muster",
        duty=Duty.SERIES,
        starts_on=today + WEEK,
        ends_on=today + 20 * WEEK,
    )
    ask_for_certificate(cast.providers[0], asked, actor=office, at=at)
    note = ask_for_certificate(cast.providers[1], seen, actor=office, at=at)
    dated_on = today - 3 * WEEK
    note_certificate(note, dated_on, is_clean=True, actor=office, at=at)
