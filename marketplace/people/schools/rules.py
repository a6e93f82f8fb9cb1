from datetime import date

from marketplace.people.schools.models import ClassPeriod, School, SchoolClass
from marketplace.region.calendar.tables import school_year_of

# A class with more pupils is none; a code that went round the town is renewed.
MOST_PUPILS = 60


def is_of_school(own: SchoolClass, school: School | None) -> bool:
    """Says whether a class is one of a school."""
    return school is not None and own.school_id == school.id


def is_current(own: SchoolClass, day: date) -> bool:
    """Says whether the school year of a class is not over on a day."""
    return own.school_year >= school_year_of(day)


def year_words(year: int) -> str:
    """The school year that begins in a year, as it is written: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def next_period(own: SchoolClass, day: date) -> ClassPeriod | None:
    """The period that runs on a day, else the first one that is still to come."""
    ahead = [period for period in own.periods if period.ends_on >= day]
    return min(ahead, key=lambda period: period.starts_on, default=None)
