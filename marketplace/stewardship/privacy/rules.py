"""How long "kept" is: as words, and as the first day that is not to go yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.region.calendar.tables import AUGUST, school_year_of

FEBRUARY = 2


@dataclass(frozen=True)
class Term:
    """How long something is kept: `cut` gives, on a day, what is older and goes."""

    words: LazyString
    cut: Callable[[date], date]


def days(count: int) -> Term:
    """So many whole days after the day from which it counts."""
    words = lazy("%(count)s Tage", count=count)
    return Term(words, lambda today: today - relativedelta(days=count))


def months(count: int) -> Term:
    """So many months after the day from which it counts."""
    words = lazy("%(count)s Monate", count=count)
    return Term(words, lambda today: today - relativedelta(months=count))


def school_year_and(years: int) -> Term:
    """To the end of the school year, 31 July, and so many years on."""
    words = lazy("bis 31. Juli und ein Jahr")
    return Term(words, lambda day: date(school_year_of(day) - years, AUGUST, 1))


def to_end_of_january() -> Term:
    """To 31 January of the year that follows."""
    words = lazy("bis 31. Januar danach")
    return Term(words, _years_over)


def _years_over(today: date) -> date:
    is_over = today.month >= FEBRUARY
    return date(today.year if is_over else today.year - 1, 1, 1)
