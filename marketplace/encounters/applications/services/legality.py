"""Asks the rules for minors about one application, for every day of its period."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date

from marketplace.encounters.applications.enums import ApplicationState, Obstacle
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import other_placements
from marketplace.encounters.applications.services.days import SERIES, plan_of
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.queries import terms_of
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import STILL_MISSING, Basis, Reason
from marketplace.region.labour.queries import present_settings
from marketplace.region.labour.rules import age_on
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.services.planning import Series, drop_bad_days
from marketplace.region.labour.services.wording import sentence_for
from marketplace.region.labour.tables import DayPlan, Finding, Plan, Verdict, Worker

# What is certain; an offer is one of several she may choose from.
FIXED = frozenset({ApplicationState.CONFIRMED, ApplicationState.RUNNING})
# They name the first day, and hold for every one.
OF_ALL_DAYS = frozenset({Reason.SCHOOL_UNCONFIRMED, Reason.OFFICE_DECIDES})
PROMISED = FIXED | {ApplicationState.OFFERED}


class Unlawful(Refusal):
    """A rule for minors said no; `key` names which one, whatever the day."""

    def __init__(self, key: Reason | Obstacle, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def verdict_on(application: Application, *, at: datetime) -> Verdict:
    """Judges the application as things stand: age, school, days, hours, tasks."""
    return series_of(application, at=at).verdict


def dropped_days(application: Application, *, at: datetime) -> Sequence[Finding]:
    """The days of a series on which it is not possible, each with its first reason."""
    if application.internship.shape not in SERIES:
        return ()
    return series_of(application, at=at).dropped


def dropped_words(application: Application, *, at: datetime) -> list[str]:
    """Tells a pupil which days drop out of a series, and why."""
    found = dropped_days(application, at=at)
    return [sentence_for(finding, familiar=True) for finding in found]


def missing_from_school(application: Application, *, at: datetime) -> list[Reason]:
    """What the school still has to do before the pupil can confirm."""
    reasons = {f.reason for f in verdict_on(application, at=at).findings}
    return [reason for reason in Reason if reason in reasons & STILL_MISSING]


def require_legal(
    application: Application, *, familiar: bool, is_final: bool, at: datetime
) -> None:
    """Refuses what the law does not allow, then what the company does not.

    What the school still has to do stops only what is final.
    """
    series = series_of(application, at=at)
    require_series(series, familiar=familiar, is_final=is_final)
    _require_admitted(application, familiar=familiar)


def require_series(
    series: Series, *, familiar: bool, is_final: bool, since: date = date.min
) -> None:
    """Refuses what the law has against the days of a place, from a day on."""
    if not series.plan.days:
        raise Unlawful(
            Obstacle.NO_DAY,
            _("In diesem Zeitraum liegt kein Arbeitstag.")
            + " "
            + _("Er besteht aus Wochenende oder Feiertagen (§§ 15, 18 JArbSchG)."),
        )
    _require_good(series.verdict, familiar=familiar, is_final=is_final, since=since)


def require_room(
    application: Application, *, familiar: bool, is_final: bool, at: datetime
) -> None:
    """Asks every rule again, with her days at other companies (§ 4 Abs. 5).

    No two fixed places share a day. Offers for the same days are choices and do not
    add up; before anything is final, those for other days do.
    """
    series = series_of(application, at=at)
    require_series(series, familiar=familiar, is_final=is_final)
    _require_admitted(application, familiar=familiar)
    require_beside(application, series, familiar=familiar, is_final=is_final, at=at)


def require_beside(
    application: Application,
    series: Series,
    *,
    familiar: bool,
    is_final: bool,
    since: date = date.min,
    at: datetime,
) -> None:
    """Refuses what it has against them, from a day on, beside the other places."""
    plan, elsewhere = series.plan, list[DayPlan]()
    own = {day.day for day in plan.days}
    for other in other_placements(application):
        days = worked_days(other, at=at)
        shared = sorted(own & {day.day for day in days})
        ahead = [day for day in shared if day >= since]
        if ahead and other.state in FIXED:
            raise Unlawful(Obstacle.TAKEN, _taken(ahead[0], familiar=familiar))
        if other.state in FIXED:  # of days that both have had, only her own count
            elsewhere += (day for day in days if day.day not in own)
        elif other.state in PROMISED and not is_final and not shared:
            elsewhere += days
    if not elsewhere and not series.dropped:
        return  # as it was judged above
    worker = _worker_of(application, plan, elsewhere=elsewhere, at=at)
    verdict = judge(plan, worker, _calendar_for(application), present_settings())
    _require_good(verdict, familiar=familiar, is_final=is_final, since=since)


@dataclass(frozen=True)
class Allowance:
    """How many holiday days a pupil may have worked before, and why no more.

    Of the `most` days of a calendar year (§ 5 Abs. 4 JArbSchG) this place takes `own`
    and other places known here take `elsewhere`.
    """

    year: int
    most: int
    own: int
    elsewhere: int

    @property
    def left(self) -> int:
        """What may be gone already; 0 also where not even this place fits."""
        return max(0, self.most - self.own - self.elsewhere)

    @property
    def is_used_up(self) -> bool:
        """Says whether this place does not fit, whatever she answers."""
        return self.own + self.elsewhere > self.most


def allowance_of(application: Application, *, at: datetime) -> Allowance | None:
    """The holiday days that count for an application; None where none are counted.

    They are in voluntary internships, as long as full time at school runs. Of a
    series one day that fits is enough.
    """
    plan = plan_of(application, _calendar_for(application))
    settings, year = present_settings(), application.period.starts_on.year
    most = settings.voluntary_holiday_days
    full = _worker(application, days_used={year: most}, elsewhere=(), at=at)
    verdict = judge(plan, full, _calendar_for(application), settings)
    own = sum(
        finding.reason is Reason.HOLIDAY_DAYS_USED_UP
        and finding.day is not None
        and finding.day.year == year
        for finding in verdict.findings
    )
    if not own:
        return None
    if application.internship.shape in SERIES:
        own = 1
    return Allowance(year, most, own, _days_elsewhere(application, plan, at=at)[year])


def is_lawful(application: Application, *, at: datetime) -> bool:
    """Says whether a place could be offered now, by every rule."""
    try:
        require_room(application, familiar=False, is_final=False, at=at)
    except Refusal:
        return False
    return True


def _require_good(
    verdict: Verdict, *, familiar: bool, is_final: bool, since: date = date.min
) -> None:
    for finding in verdict.findings:
        if _is_over(finding, since):
            continue
        if is_final or finding.reason not in STILL_MISSING:
            sentence = sentence_for(finding, familiar=familiar)
            raise Unlawful(finding.reason, sentence)


def _is_over(finding: Finding, since: date) -> bool:
    """Says whether it is about a day before `since`, and not about all days."""
    if finding.day is None or finding.reason in OF_ALL_DAYS:
        return False
    return finding.day < since


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


def _taken(day: date, *, familiar: bool) -> str:
    told = format_date(day, "full")
    if familiar:
        return (
            _("Am %(day)s hast du schon einen festen Platz.", day=told)
            + " "
            + _("Sag ihn zuerst ab, oder lass diesen.")
        )
    return (
        _("Am %(day)s hat die Person keine Zeit mehr.", day=told)
        + " "
        + _("Sagen Sie ab, mit dem Grund: Die Termine passen nicht.")
    )


def series_of(application: Application, *, at: datetime) -> Series:
    """What is left of the days, what dropped out, and the verdict on the rest."""
    calendar = _calendar_for(application)
    plan = plan_of(application, calendar)
    worker = _worker_of(application, plan, at=at)
    return _judged(application, plan, worker, calendar)


def _judged(
    application: Application, plan: Plan, worker: Worker, calendar: Calendar
) -> Series:
    settings = present_settings()
    if application.internship.shape in SERIES and plan.days:
        return drop_bad_days(plan, worker, calendar, settings)
    return Series(plan, (), judge(plan, worker, calendar, settings))


def _calendar_for(application: Application) -> Calendar:
    period = application.period
    return calendar_of(period.starts_on, period.ends_on)


def worked_days(
    application: Application, *, at: datetime, calendar: Calendar | None = None
) -> tuple[DayPlan, ...]:
    """The days of a place, without those that dropped out of a series.

    Whoever asks for many hands over a calendar that holds the days of all.
    """
    calendar = calendar or _calendar_for(application)
    plan = plan_of(application, calendar)
    if application.internship.shape not in SERIES:
        return plan.days
    worker = _worker(application, days_used={}, elsewhere=(), at=at)
    return _judged(application, plan, worker, calendar).plan.days


def _worker_of(
    application: Application,
    plan: Plan,
    *,
    elsewhere: Iterable[DayPlan] = (),
    at: datetime,
) -> Worker:
    used = _days_elsewhere(application, plan, at=at)
    used[application.period.starts_on.year] += application.holiday_days_used
    return _worker(application, days_used=used, elsewhere=tuple(elsewhere), at=at)


def _worker(
    application: Application,
    *,
    days_used: dict[int, int],
    elsewhere: tuple[DayPlan, ...],
    at: datetime,
) -> Worker:
    pupil = application.pupil.pupil
    if pupil is None:
        raise Unlawful(
            Obstacle.AGE_UNKNOWN,
            _("Ohne Geburtsdatum geht es nicht. Trag es in dein Konto ein."),
        )
    is_confirmed = application.school_confirmed_at is not None
    terms = terms_of(application.pupil)
    return Worker(
        born_on=pupil.birth_on,
        school_state=pupil.school_state,
        class_level=application.class_level,
        # She named it when she applied; since then a summer may have passed.
        class_level_on=day_of(application.sent_at or at),
        full_time_ends_on=terms.full_time_ends_on,
        school_place=terms.place,
        movable_days=terms.movable_days,
        is_raised=terms.is_limit_raised,
        is_confirmed=is_confirmed,
        is_released=is_confirmed,
        days_used=days_used,
        elsewhere=elsewhere,
    )


def _days_elsewhere(
    application: Application, plan: Plan, *, at: datetime
) -> Counter[int]:
    """Voluntary days for which she has another place here, by calendar year (U12)."""
    days = {
        day.day
        for other in other_placements(application)
        if other.basis is Basis.VOLUNTARY
        for day in worked_days(other, at=at)
    }
    return Counter(day.year for day in days - {day.day for day in plan.days})
