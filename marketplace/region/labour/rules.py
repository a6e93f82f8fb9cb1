from datetime import date, timedelta

from dateutil.easter import easter

from marketplace.region.labour import tables as law
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.tables import Settings, Worker


def age_on(born_on: date, day: date) -> int:
    """The age on a day; a new one begins at 00:00 on the birthday (§ 187 BGB).

    Who was born on 29 February turns older on 1 March of ordinary years.
    """
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began, on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def class_level_on(worker: Worker, day: date) -> int | None:
    """The class of a pupil on a day, one more each school year."""
    if worker.class_level is None:
        return None
    passed = school_year_of(day) - school_year_of(worker.class_level_on)
    return worker.class_level + passed


def is_full_time_over(worker: Worker, day: date, settings: Settings) -> bool:
    """Says whether Vollzeitschulpflicht has ended (U1); unknown: it still runs."""
    level = class_level_on(worker, day)
    if level is None or worker.school_state is None:
        return False
    return level > settings.full_time_years[worker.school_state]


def is_approval_needed(born_on: date, day: date) -> bool:
    """Says whether a guardian must approve what is sent on this day."""
    return age_on(born_on, day) < 18


def youngest_age(basis: Basis, settings: Settings) -> int:
    """The age below which a basis is never possible."""
    return settings.school_event_min_age if basis is Basis.SCHOOL else 15


def minor_break(work: int) -> int:
    """The minutes of break a minor must have (§ 11 JArbSchG)."""
    if work <= law.LONGEST_PIECE:
        return 0
    return 30 if work <= 6 * law.HOUR else 60


def adult_break(work: int) -> int:
    """The minutes of break an adult must have (§ 4 ArbZG)."""
    if work <= 6 * law.HOUR:
        return 0
    return 30 if work <= 9 * law.HOUR else 45


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


def sundays_of(day: date) -> int:
    """How many Sundays the month of a day has."""
    first = day.replace(day=1)
    days = (first + timedelta(days=k) for k in range(31))
    return sum(d.month == day.month and d.weekday() == 6 for d in days)
