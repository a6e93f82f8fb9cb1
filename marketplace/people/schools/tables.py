from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SchoolTerms:
    """What a school says about the days of a pupil, beside what holds in its state.

    `named_days` are those on which a school event is wanted although there are
    holidays (U10); the periods of her class are among them.
    """

    place: str = ""
    is_limit_raised: bool = False
    movable_days: frozenset[date] = frozenset()
    named_days: frozenset[date] = frozenset()
    full_time_ends_on: date | None = None


# Where a pupil has chosen no school.
NOTHING_SAID = SchoolTerms()
