from datetime import date, timedelta

from dateutil.easter import easter

from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.tables import (
    DISTRICTS_WITH_LOCAL_HOLIDAYS,
    EVERY_DAY,
    RANGE,
    SHORT,
    STEMS,
    Span,
)

CORPUS_CHRISTI = timedelta(days=60)


def may_be_local_holiday(district_ags: str, day: date) -> bool:
    """Says whether one has to ask the municipality if a day is a holiday (U7)."""
    is_corpus_christi = day == easter(day.year) + CORPUS_CHRISTI
    return is_corpus_christi and district_ags in DISTRICTS_WITH_LOCAL_HOLIDAYS


def is_of_school(kind: DayKind) -> bool:
    """Says whether a day is about school, not about work."""
    return kind is not DayKind.PUBLIC_HOLIDAY


def replaces(theirs: Span, ours: Span) -> bool:
    """Says whether a row of an authority makes a shipped one pointless.

    It does where they overlap, and where the same holidays were moved that year.
    """
    if theirs.state is not ours.state:
        return False
    if is_of_school(theirs.kind) is not is_of_school(ours.kind):
        return False
    return overlaps(theirs, ours) or are_same_holidays(theirs, ours)


def overlaps(one: Span, other: Span) -> bool:
    """Says whether two spans have a day in common."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def are_same_holidays(one: Span, other: Span) -> bool:
    """Says whether two spans are the same school holidays of one year."""
    are_holidays = one.kind is other.kind is DayKind.SCHOOL_HOLIDAY
    return are_holidays and (one.name, one.starts_on.year) == (
        other.name,
        other.starts_on.year,
    )


def weekdays_of(first: date | None, last: date | None, words: str) -> int:
    """On which days of the week something is, one bit each, Monday the lowest.

    Days and words both narrow it; where neither says any, it may be any day.
    """
    return _days_between(first, last) & _days_named(words) or EVERY_DAY


def _days_between(first: date | None, last: date | None) -> int:
    if first is None:
        return EVERY_DAY
    span = ((last or first) - first).days
    days = (first + timedelta(days=n) for n in range(min(span, 6) + 1))
    return sum(1 << day.weekday() for day in days)


def _days_named(words: str) -> int:
    """The days that words name: "dienstags", "Mo–Fr", "am Wochenende"."""
    told = words.casefold()
    found = 0
    for stem, bits in STEMS.items():  # "werktags, auch montags" names Monday twice
        found |= bits if stem in told else 0
    for begin, end in RANGE.findall(told):
        low, high = SHORT[begin[:2]], SHORT[end[:2]]
        found |= sum(1 << n for n in range(low, high + 1))
    return found or EVERY_DAY
