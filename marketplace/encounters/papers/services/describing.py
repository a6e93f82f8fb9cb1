"""What an agreement and a certificate say, out of application and posting."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import guardians_of, is_minor
from marketplace.encounters.applications.services.legality import (
    missing_from_school,
    worked_days,
)
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.rules import parties_of, words_of
from marketplace.encounters.papers.tables import TEXT_VERSION, WORDING, promises
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import format_clock, format_span
from marketplace.people.schools.queries import school_attended_by
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.region.labour.enums import Basis, Reason

HOUR = 60
SHORT = "EE, d. MMM"


@dataclass(frozen=True)
class Times:
    """The days of a placement and the minutes of each, without its breaks."""

    days: tuple[date, ...]
    minutes: int


def times_of(application: Application, *, at: datetime) -> Times:
    """The days that are worked: without those that dropped out of a series."""
    days = tuple(plan.day for plan in worked_days(application, at=at))
    return Times(days, minutes_of(application.internship))


def minutes_of(internship: Internship) -> int:
    """How long a day is, without its breaks; 0 where no hours are told."""
    start, end = internship.day_starts_at, internship.day_ends_at
    if start is None or end is None:
        return 0
    pauses = sum(
        _minutes(it.ends_at) - _minutes(it.starts_at) for it in internship.breaks
    )
    return _minutes(end) - _minutes(start) - pauses


def agreement_words(application: Application, *, since: datetime) -> dict[str, Any]:
    """All that an agreement says, in German; who is of age is judged `since` then.

    Never among it: birth date, address, telephone, mail, and a school in which the
    internship is not held.
    """
    day, is_school = day_of(since), application.basis is Basis.SCHOOL
    is_young = is_minor(application, day)
    with force_locale("de"):
        words = placement_words(application, at=since)
    if application.guardians_asked > 1:
        words["guardian_names"] = [one.name for one in guardians_of(application)]
    return words | {
        "text": TEXT_VERSION,
        "promises": promises(is_minor=is_young, is_school=is_school),
        "parties": [party.value for party in parties_of(application, day)],
        "guardian": _guardians(application) if is_young else "",
        "school": _school(application) if is_school else "",
    }


def still_said(agreement: Agreement) -> str:
    """What a version would say now, in the paragraphs it was made with."""
    made = words_of(agreement)
    wording = {name: made[name] for name in WORDING if name in made}
    present = agreement_words(agreement.application, since=agreement.made_at)
    rest = {name: said for name, said in present.items() if name not in WORDING}
    return canonical(rest | wording)


def needs_release(application: Application, *, at: datetime) -> bool:
    """Says whether a school has to release, or has released, for days of school."""
    if application.basis is Basis.SCHOOL:
        return False
    is_released = application.school_confirmed_at is not None
    missing = missing_from_school(application, at=at)
    return is_released or Reason.SCHOOL_NOT_RELEASED in missing


def placement_words(application: Application, *, at: datetime) -> dict[str, Any]:
    """What of a placement stands on every paper about it; call it in German."""
    internship, period = application.internship, application.period
    times = times_of(application, at=at)
    is_open = internship.shape is Shape.ON_REQUEST
    return {
        "company": internship.organisation.name,
        "place": place_of(internship),
        "title": internship.title,
        "basis": str(application.basis.label),
        "is_school": application.basis is Basis.SCHOOL,
        "pupil": application.pupil.name,
        "class_level": application.class_level or 0,
        "span": format_span(period.starts_on, period.ends_on),
        "days": [] if is_open else [str(format_date(d, SHORT)) for d in times.days],
        "hours": hours_of(internship),
        "minutes": times.minutes,
        "tasks": internship.description,
        "learn": internship.learn,
        "bring": internship.bring,
        "papers": internship.papers,
        "pay": internship.pay,
        "insurer": internship.insurer,
        "liability": internship.liability,
        "supervisors": [
            f"{one.first_name}, {one.function}" for one in internship.supervisors
        ],
    }


def hours_of(internship: Internship) -> str:
    """The hours of a day with their breaks, as people write them; else nothing."""
    start, end = internship.day_starts_at, internship.day_ends_at
    if start is None or end is None:
        return ""
    pauses = [f"{_span(one.starts_at, one.ends_at)}" for one in internship.breaks]
    told = f"{_span(start, end)} Uhr"
    return f"{told}, Pause {' und '.join(pauses)} Uhr" if pauses else told


def place_of(internship: Internship) -> str:
    """Where it happens: street, postal code and town, as far as they are known."""
    street = internship.site.street if internship.site else ""
    town = " ".join(filter(None, (internship.postal_code, internship.place_name)))
    return ", ".join(filter(None, (street, town)))


def canonical(words: Mapping[str, Any]) -> str:
    """The one way to write these words, so that their hash is always the same."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


def digest_of(words: str) -> str:
    """The SHA-256 of what is signed, as 64 hexadecimal signs."""
    return hashlib.sha256(words.encode()).hexdigest()


def told_hours(minutes: int) -> str:
    """Minutes as hours in German: 35 Stunden, 32,5 Stunden."""
    hours = minutes / HOUR
    told = f"{hours:.0f}" if minutes % HOUR == 0 else f"{hours:.1f}".replace(".", ",")
    return f"{told} Stunden"


def told_days(days: Sequence[date]) -> str:
    """How many days: 1 Tag, 5 Tage."""
    return "1 Tag" if len(days) == 1 else f"{len(days)} Tage"


def _guardians(application: Application) -> str:
    return " und ".join(one.name for one in guardians_of(application) if one.name)


def _school(application: Application) -> str:
    school = school_attended_by(application.pupil)
    return school.name if school else application.school_name


def _span(start: time, end: time) -> str:
    return f"{format_clock(start)} bis {format_clock(end)}"


def _minutes(moment: time) -> int:
    return moment.hour * HOUR + moment.minute
