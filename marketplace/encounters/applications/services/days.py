"""The days an application means, as the rules for minors judge them."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from marketplace.encounters.applications.models import Application
from marketplace.people.schools.queries import terms_of
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import STEPS
from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.queries import present_settings
from marketplace.region.labour.services.planning import planned_days
from marketplace.region.labour.tables import DayPlan, Plan
from marketplace.region.places.enums import FederalState

# Their bad days drop out; of a block every day must be good.
SERIES = frozenset({Shape.WEEKLY_DAY, Shape.FORTNIGHTLY_DAY, Shape.SINGLE_DAYS})
AGREED_DAYS = 5


def plan_of(application: Application, calendar: Calendar) -> Plan:
    """Days, hours, place and tasks of an application; no day where none is worked."""
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
        is_multi_shift=internship.is_multi_shift,
        dangers=internship.dangers,
        left_out=left_out,
        is_named_by_school=_is_named(application, days, home or state, calendar),
    )


def _is_named(
    application: Application,
    days: Iterable[date],
    school_state: FederalState,
    calendar: Calendar,
) -> bool:
    """Says whether the school wants these very dates although it has holidays (U10).

    It does once it has confirmed them, and where it, or the class, named each before.
    """
    if application.school_confirmed_at is not None:
        return True
    terms = terms_of(application.pupil)
    off = [
        day
        for day in days
        if calendar.is_school_holiday(school_state, day)
        or calendar.is_free_day(school_state, day)
        or day in terms.movable_days
    ]
    return bool(off) and terms.named_days.issuperset(off)


def days_of(
    internship: Internship,
    period: Period,
    *,
    basis: Basis,
    school_state: FederalState,
    calendar: Calendar,
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days of a period, and the public holidays left out of it.

    Of a series none is left out here: which days are bad is for the rules to say.
    """
    if internship.shape is Shape.SINGLE_DAYS:
        return tuple(date.fromisoformat(day) for day in period.days), ()
    if internship.shape in STEPS:
        step = timedelta(days=STEPS[internship.shape])
        return tuple(_every(period.starts_on, period.ends_on, step)), ()
    days, left_out = planned_days(
        period.starts_on,
        period.ends_on,
        basis=basis,
        school_state=school_state,
        work_state=internship.state_code or school_state,
        calendar=calendar,
        settings=present_settings(),
    )
    if internship.shape is not Shape.ON_REQUEST:
        return days, left_out
    # Some of these days are agreed on later: one week that fits is enough.
    is_holiday = basis is Basis.VOLUNTARY
    fit = [d for d in days if calendar.is_school_holiday(school_state, d) == is_holiday]
    return tuple(fit[:AGREED_DAYS]) or days, ()


def _every(first: date, last: date, step: timedelta) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day += step


def _minutes(moment: time | None) -> int:
    return moment.hour * 60 + moment.minute if moment else 0
