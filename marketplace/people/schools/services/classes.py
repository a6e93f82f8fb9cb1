"""What the staff of a school does with its classes."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import hash_of, new_paper_code, plain_code
from marketplace.people.accounts.models import User
from marketplace.people.schools.enums import Rhythm
from marketplace.people.schools.models import ClassPeriod, School, SchoolClass
from marketplace.people.schools.queries import past_classes
from marketplace.people.schools.rules import is_current, year_words
from marketplace.people.schools.services.judging import judge_school
from marketplace.region.calendar.tables import school_year_of
from marketplace.upkeep.audit.services import record

CODE_LENGTH = 8
MOST_PERIODS = 12


@dataclass(frozen=True, kw_only=True)
class ClassEntry:
    """What is entered of a class."""

    name: str
    class_level: int
    school_year: int
    full_time_ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodEntry:
    """What is entered of a period of a class."""

    starts_on: date
    ends_on: date
    rhythm: Rhythm


def open_class(
    school: School, entry: ClassEntry, *, actor: User, at: datetime
) -> SchoolClass:
    """Opens a class with a code of its own; refuses a school year that is over."""
    own = SchoolClass(school=school, code="", code_hash="")
    _fill(own, entry, at=at)
    _give_code(own)
    db.session.add(own)
    db.session.flush()  # the record needs its id

    record("class.opened", own, actor=actor, at=at)
    return own


def change_class(
    own: SchoolClass, entry: ClassEntry, *, actor: User, at: datetime
) -> None:
    """Changes name, level or year of a class."""
    _fill(own, entry, at=at)
    record("class.changed", own, actor=actor, at=at)
    judge_school(own.school, at=at)


def renew_code(own: SchoolClass, *, actor: User, at: datetime) -> None:
    """Gives a class another code; the old one leads nowhere at once."""
    _give_code(own)
    record("class.code_renewed", own, actor=actor, at=at)


def dissolve_class(own: SchoolClass, *, actor: User, at: datetime) -> None:
    """Drops a class with its code, its periods and who was in it.

    The applications of the pupils stay as they are.
    """
    record("class.dissolved", own, actor=actor, at=at)
    judge_school(own.school, at=at)
    db.session.delete(own)


def add_period(
    own: SchoolClass, entry: PeriodEntry, *, actor: User, at: datetime
) -> ClassPeriod:
    """Says when a class is out; refuses what is past or outside its school year."""
    if entry.ends_on < entry.starts_on:
        raise Refusal(_("Der letzte Tag liegt vor dem ersten."))
    if entry.ends_on < day_of(at):
        raise Refusal(_("Diese Tage sind schon vorbei. Prüfen Sie auch das Jahr."))
    years = {school_year_of(entry.starts_on), school_year_of(entry.ends_on)}
    if years != {own.school_year}:
        raise Refusal(
            _(
                "Diese Tage liegen nicht ganz im Schuljahr %(year)s der Klasse.",
                year=year_words(own.school_year),
            )
        )
    if len(own.periods) >= MOST_PERIODS:
        raise Refusal(_("Mehr als zwölf Zeiträume hat eine Klasse nicht."))
    period = ClassPeriod(**vars(entry))
    own.periods.append(period)

    record("class.period_added", own, actor=actor, at=at)
    judge_school(own.school, at=at)
    return period


def drop_period(period: ClassPeriod, *, actor: User, at: datetime) -> None:
    """Takes a period back; the applications of the pupils stay as they are."""
    record("class.period_dropped", period.school_class, actor=actor, at=at)
    judge_school(period.school_class.school, at=at)
    period.school_class.periods.remove(period)


def forget_past_classes(*, at: datetime) -> int:
    """Drops the classes whose school year is over, codes and members with them."""
    gone = past_classes(day_of(at))
    for own in gone:
        db.session.delete(own)
    return len(gone)


def _fill(own: SchoolClass, entry: ClassEntry, *, at: datetime) -> None:
    own.name, own.class_level = entry.name.strip(), entry.class_level
    own.school_year = entry.school_year
    own.full_time_ends_on = entry.full_time_ends_on
    if not is_current(own, day_of(at)):
        raise Refusal(_("Dieses Schuljahr ist vorbei."))


def _give_code(own: SchoolClass) -> None:
    own.code = new_paper_code(CODE_LENGTH)
    own.code_hash = hash_of(plain_code(own.code))
