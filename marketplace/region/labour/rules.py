from datetime import date, datetime, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from marketplace.foundation.clock import day_of
from marketplace.region.calendar.tables import school_year_of
from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.labour.tables import DayPlan, Settings, Worker


def age_on(born_on: date, day: date) -> int:
    """The age on a day; a new one begins at 00:00 on the birthday (§ 187 BGB).

    Who was born on 29 February turns older on 1 March of ordinary years.
    """
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def approval_needed(born_on: date, at: datetime) -> bool:
    """Says whether a guardian must approve what is sent at an instant."""
    return age_on(born_on, day_of(at)) < law.ADULT


def may_consent(born_on: date, at: datetime) -> bool:
    """Says whether one consents alone to what is optional (Art. 8 DSGVO)."""
    return age_on(born_on, day_of(at)) >= law.CONSENT


def is_recent_certificate(issued_on: date, seen_on: date) -> bool:
    """Says whether an erweitertes Führungszeugnis is at most three months old."""
    return issued_on <= seen_on <= after_months(issued_on, 3)


def after_months(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    return date.fromordinal((day + relativedelta(months=months)).toordinal())


def class_level_on(worker: Worker, day: date) -> int | None:
    """The class of a pupil on a day, one more each school year."""
    if worker.class_level is None:
        return None
    passed = school_year_of(day) - school_year_of(worker.class_level_on)
    return worker.class_level + passed


def is_full_time_over(worker: Worker, day: date, settings: Settings) -> bool:
    """Says whether Vollzeitschulpflicht has ended (U1); unknown: it still runs."""
    if worker.full_time_ends_on is not None:
        return day > worker.full_time_ends_on
    level = class_level_on(worker, day)
    if level is None or worker.school_state is None:
        return False
    return level > settings.full_time_years[worker.school_state]


def youngest_age(basis: Basis, settings: Settings) -> int:
    """The age below which a basis is never possible (K1, K5)."""
    if basis is Basis.SCHOOL:
        return settings.school_event_min_age
    return law.CHILD if settings.is_voluntary_under_15_allowed else law.YOUTH


def earliest_start(branch: Branch, age: int) -> int:
    """When work may begin in a branch at an age (§ 14 JArbSchG)."""
    hours = law.BEGINNINGS.get(branch, {}).items()
    return min([law.EARLIEST, *(hour for start, hour in hours if age >= start)])


def latest_end(branch: Branch, age: int) -> int:
    """When work must end in a branch at an age (§ 14 JArbSchG)."""
    hours = law.ENDS.get(branch, {}).items()
    return max([law.LATEST, *(hour for start, hour in hours if age >= start)])


def needed_break(work: int) -> int:
    """The minutes of break a minor must have (§ 11 JArbSchG)."""
    if work <= law.LONGEST_PIECE:
        return 0
    return 30 if work <= 6 * law.HOUR else 60


def has_breaks(day: DayPlan, settings: Settings) -> bool:
    """Says whether a minor has breaks enough, and in time (§ 11 JArbSchG)."""
    is_in_time = max(day.pieces) <= law.LONGEST_PIECE
    return is_in_time and pause_in_time(day, settings) >= needed_break(day.work)


def pause_in_time(day: DayPlan, settings: Settings) -> int:
    """The minutes of break that lie neither in the first hour nor in the last (U13)."""
    first, last = day.starts + law.BREAK_MARGIN, day.ends - law.BREAK_MARGIN
    must_be_over = settings.must_break_be_over_before_end
    return sum(
        end - start
        for start, end in day.real_breaks
        if start >= first and (end if must_be_over else start) <= last
    )


def needed_adult_break(work: int) -> int:
    """The minutes of break an adult must have (§ 4 ArbZG)."""
    if work <= 6 * law.HOUR:
        return 0
    return 30 if work <= 9 * law.HOUR else 45


def has_adult_breaks(day: DayPlan) -> bool:
    """Says whether an adult has breaks enough, and after six hours (§ 4 ArbZG)."""
    is_in_time = max(day.pieces) <= law.ADULT_LONGEST_PIECE
    return is_in_time and day.pause >= needed_adult_break(day.work)


def gap_between(before: DayPlan, after: DayPlan) -> int:
    """The free minutes between two days of work."""
    days = (after.day - before.day).days
    return days * 24 * law.HOUR + after.starts - before.ends


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def is_eve(day: date) -> bool:
    """Says whether work ends at two o’clock (§ 18 Abs. 1 JArbSchG)."""
    return (day.month, day.day) in ((12, 24), (12, 31))


def is_never_worked(day: date) -> bool:
    """Says whether no branch may work on a day (§ 18 Abs. 2 JArbSchG)."""
    is_easter = day == easter(day.year)
    return is_easter or (day.month, day.day) in ((12, 25), (1, 1), (5, 1))


def month_of(day: date) -> tuple[int, int]:
    """Year and month of a day."""
    return day.year, day.month


def weekdays_in_month(day: date) -> int:
    """How often the weekday of a day comes in its month."""
    around = (day + timedelta(weeks=k) for k in range(-4, 5))
    return sum(month_of(other) == month_of(day) for other in around)
