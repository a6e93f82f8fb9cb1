"""What a row says of an internship: our own fields, else the words of the list."""

from collections.abc import Iterable

from marketplace.foundation.clock import day_of, now
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import dates_of
from marketplace.stewardship.imports.services.texts import (
    BETWEEN,
    fitting,
    labels_of,
    span_of,
)

# What stands between when and how long in one column.
APART = " · "
# As long as the column that takes it back.
LONGEST_PERIOD = 300


def stay_cells(internship: Internship) -> dict[str, object]:
    """On what ground, for which occupations, when, how long, how many, on what terms.

    Of periods those count that are open and not over; places are theirs together.
    """
    periods = [p for p in internship.periods if p.is_open and not _is_over(p)]
    spans = (span_of(p.starts_on, p.ends_on) for p in periods)
    words, _apart, length = internship.period_text.rpartition(APART)
    if not words:
        words, length = length, ""
    return {
        "audience": internship.audience_text or labels_of(internship.audiences),
        "kind": labels_of(internship.bases),
        "occupations": BETWEEN.join(g.occupation.title for g in internship.occupations),
        "period": fitting(spans, LONGEST_PERIOD) or words,
        "duration": _length(periods) if periods else length,
        "places": sum(p.place_count for p in periods) or internship.places_text,
        "conditions": internship.terms_text or internship.papers,
    }


def _is_over(period: Period) -> bool:
    return period.ends_on < day_of(now())


def _length(periods: Iterable[Period]) -> str:
    """So many days, where that is settled and the same each time."""
    lengths = {
        0 if one.internship.shape is Shape.ON_REQUEST else len(dates_of(one))
        for one in periods
    }
    days = lengths.pop()
    if lengths or not days:
        return ""
    return "1 Tag" if days == 1 else f"{days} Tage"
