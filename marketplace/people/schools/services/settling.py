"""What a school is known by, and what it lays down for its pupils."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.models import School, SchoolDays
from marketplace.people.schools.rules import SHARED_DOMAINS
from marketplace.people.schools.services.judging import judge_school
from marketplace.upkeep.audit.services import record

LONGEST = timedelta(days=28)
MOST_SPANS = 40


@dataclass(frozen=True, kw_only=True)
class DaysEntry:
    """Some days of a school, and what it says of them."""

    kind: DayKind
    starts_on: date
    ends_on: date | None = None


def note_contact(
    school: School, *, email: str, mail_domain: str, actor: User, at: datetime
) -> None:
    """Notes where a school gets letters, and what its staff is known by.

    Refuses a domain behind which anybody, or many schools, have addresses.
    """
    domain = mail_domain.strip().lower().removeprefix("@")
    if domain in SHARED_DOMAINS:
        raise Refusal(
            _("Unter dieser Domain hat nicht nur diese Schule Adressen.")
            + " "
            + _("Lassen Sie das Feld leer, und prüfen Sie jede Anfrage einzeln.")
        )
    school.email, school.mail_domain = email.strip().lower(), domain
    record("school.contact_noted", school, actor=actor, at=at)


def lay_down(
    school: School,
    *,
    is_limit_raised: bool,
    notice_weeks: int | None,
    actor: User,
    at: datetime,
) -> None:
    """Lays down how long a school event may last (U3), and when papers are due."""
    school.is_limit_raised, school.notice_weeks = is_limit_raised, notice_weeks
    record("school.terms_laid_down", school, actor=actor, at=at)
    judge_school(school, at=at)


def add_days(school: School, entry: DaysEntry, *, actor: User, at: datetime) -> None:
    """Says that some days are free, or meant for school events although holidays."""
    last = entry.ends_on or entry.starts_on
    if last < entry.starts_on:
        raise Refusal(_("Der letzte Tag liegt vor dem ersten."))
    if last < day_of(at):
        raise Refusal(_("Diese Tage sind schon vorbei. Prüfen Sie auch das Jahr."))
    if last - entry.starts_on >= LONGEST:
        raise Refusal(_("Das sind mehr als vier Wochen. Prüfen Sie beide Tage."))
    if len(school.days) >= MOST_SPANS:
        raise Refusal(_("Das sind zu viele Einträge. Streichen Sie die alten."))
    days = SchoolDays(kind=entry.kind, starts_on=entry.starts_on, ends_on=last)
    school.days.append(days)

    record("school.days_added", school, actor=actor, at=at)
    judge_school(school, at=at)


def drop_days(school: School, days: SchoolDays, *, actor: User, at: datetime) -> None:
    """Takes some days back."""
    school.days.remove(days)
    record("school.days_dropped", school, actor=actor, at=at)
    judge_school(school, at=at)
