"""Asks the rules for minors about one application, for every day of its period."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import voluntary_periods
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import STILL_MISSING, Basis, Reason
from marketplace.region.labour.rules import age_on
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.services.planning import planned_days
from marketplace.region.labour.services.wording import sentence_for
from marketplace.region.labour.tables import DayPlan, Plan, Verdict, Worker
from marketplace.region.places.enums import FederalState

AGREED_DAYS = 5


def verdict_on(application: Application, *, at: datetime) -> Verdict:
    """Judges the application as things stand: age, school, days, hours, tasks."""
    period = application.period
    calendar = calendar_of(period.starts_on, period.ends_on)
    plan = _plan_of(application, calendar)
    return judge(plan, _worker_of(application, at=at), calendar)


def require_legal(
    application: Application, *, familiar: bool, is_final: bool, at: datetime
) -> None:
    """Refuses what the law does not allow, then what the company does not.

    What the school still has to do stops only what is final.
    """
    for finding in verdict_on(application, at=at).findings:
        if is_final or finding.reason not in STILL_MISSING:
            raise Refusal(sentence_for(finding, familiar=familiar))
    _require_admitted(application, familiar=familiar)


def _require_admitted(application: Application, *, familiar: bool) -> None:
    pupil, youngest = application.pupil.pupil, application.internship.minimum_age
    starts_on = application.period.starts_on
    if not pupil or not youngest or age_on(pupil.birth_on, starts_on) >= youngest:
        return
    if familiar:
        raise Refusal(
            _("Hier kommen alle ab %(age)s Jahren.", age=youngest)
            + " "
            + _("Du bist am ersten Tag noch jünger. Such etwas für dein Alter.")
        )
    raise Refusal(_("Am ersten Tag ist die Person jünger als Ihr Mindestalter."))


def missing_from_school(application: Application, *, at: datetime) -> list[Reason]:
    """What the school still has to do before the pupil can confirm."""
    reasons = {f.reason for f in verdict_on(application, at=at).findings}
    return [reason for reason in Reason if reason in reasons & STILL_MISSING]


def days_of(
    internship: Internship,
    period: Period,
    *,
    basis: Basis,
    school_state: FederalState,
    calendar: Calendar,
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days of a period, and the public holidays left out of it."""
    work_state = internship.state_code or school_state
    if internship.shape is Shape.SINGLE_DAYS and period.days:
        return tuple(date.fromisoformat(day) for day in period.days), ()
    if internship.shape in (Shape.WEEKLY_DAY, Shape.FORTNIGHTLY_DAY):
        weeks = 1 if internship.shape is Shape.WEEKLY_DAY else 2
        days = _every(period.starts_on, period.ends_on, timedelta(weeks=weeks))
        # A series drops the bad day and goes on.
        good = [d for d in days if not calendar.is_public_holiday(work_state, d)]
        return tuple(good), ()
    days, left_out = planned_days(
        period.starts_on,
        period.ends_on,
        basis=basis,
        school_state=school_state,
        work_state=work_state,
        calendar=calendar,
    )
    if internship.shape is not Shape.ON_REQUEST:
        return days, left_out
    # Some of these days are agreed on later: one week that fits is enough.
    is_holiday = basis is Basis.VOLUNTARY
    fit = [d for d in days if calendar.is_school_holiday(school_state, d) == is_holiday]
    return tuple(fit[:AGREED_DAYS]) or days, ()


def _plan_of(application: Application, calendar: Calendar) -> Plan:
    internship = application.internship
    pupil = application.pupil.pupil
    home = (pupil.school_state if pupil else None) or internship.state_code
    state = internship.state_code or home or FederalState.SAXONY
    days, left_out = days_of(
        internship,
        application.period,
        basis=application.basis,
        school_state=home or state,
        calendar=calendar,
    )
    pauses = tuple(
        (_minutes(b.starts_at), _minutes(b.ends_at)) for b in internship.breaks
    )
    start, end = _minutes(internship.day_starts_at), _minutes(internship.day_ends_at)
    return Plan(
        basis=application.basis,
        days=tuple(DayPlan(day, start, end, pauses) for day in days),
        work_state=state,
        work_place=internship.place_name or "",
        branch=internship.branch,
        dangers=internship.dangers,
        left_out=left_out,
        is_named_by_school=application.school_confirmed_at is not None,
    )


def _worker_of(application: Application, *, at: datetime) -> Worker:
    pupil = application.pupil.pupil
    if pupil is None:
        raise Refusal(_("Ohne Geburtsdatum geht es nicht. Trag es in dein Konto ein."))
    year = application.period.starts_on.year
    is_confirmed = application.school_confirmed_at is not None
    return Worker(
        born_on=pupil.birth_on,
        school_state=pupil.school_state,
        class_level=application.class_level,
        class_level_on=day_of(at),
        is_confirmed=is_confirmed,
        is_released=is_confirmed,
        days_used={year: application.holiday_days_used + _days_here(application, year)},
    )


def _days_here(application: Application, year: int) -> int:
    """Voluntary days of this year for which the pupil has another place here."""
    others = voluntary_periods(application.pupil, year)
    spans = (other.period for other in others if other.id != application.id)
    return sum(_weekdays(span.starts_on, span.ends_on) for span in spans)


def _weekdays(first: date, last: date) -> int:
    return sum(day.weekday() < 5 for day in _every(first, last, timedelta(days=1)))


def _every(first: date, last: date, step: timedelta) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day += step


def _minutes(moment: time | None) -> int:
    return moment.hour * 60 + moment.minute if moment else 0
