import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from marketplace.foundation.language import _, in_german
from marketplace.matching.gaps.enums import (
    FEWEST_ORGANISATIONS,
    FEWEST_PUPILS,
    FEWEST_SCHOOLS,
    STEPS,
)
from marketplace.matching.gaps.models import CallLetter, Gap, PupilGap
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member
from marketplace.region.lines.enums import Item, LineKind

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
# An amount in sums is counted in thousandths.
WHOLE_PM = 1000


def quarter_of(day: date) -> str:
    """The quarter of a day: "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def is_quarter(text: str) -> bool:
    """Says whether a text names a quarter."""
    return bool(_QUARTER.fullmatch(text))


def year_before(quarter: str) -> str:
    """The same quarter one year ago."""
    return f"{int(quarter[:4]) - 1}{quarter[4:]}"


def first_day_of(quarter: str) -> date:
    """The first day of a quarter."""
    return date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)


def last_day_of(quarter: str) -> date:
    """The last day of a quarter."""
    first = first_day_of(quarter)
    is_last = first.month == 10
    following = date(first.year + is_last, 1 if is_last else first.month + 3, 1)
    return following - timedelta(days=1)


def quarter_words(quarter: str) -> str:
    """A quarter as people say it."""
    return _("%(number)s. Quartal %(year)s", number=quarter[-1], year=quarter[:4])


def quarter_short(quarter: str) -> str:
    """A quarter below a column."""
    return f"{quarter[-1]}/{quarter[2:4]}"


def split(amount: int, parts: int) -> list[int]:
    """Spreads a whole number evenly; what is left over goes to the first parts."""
    each, rest = divmod(amount, parts)
    return [each + (k < rest) for k in range(parts)]


def step_of(count: int, steps: Mapping[int, int] = STEPS) -> int:
    """How strong the map draws so many open lines, or pupils, 0 to 4."""
    return max((step for step, fewest in steps.items() if count >= fewest), default=0)


def share_step(percent: int) -> int:
    """How strong the map draws a share of 100 that is missing, 0 to 4."""
    return min(4, -(-percent // 25))


def is_telling(organisation_count: int) -> bool:
    """Says whether a sum of so few organisations would tell who they are."""
    return organisation_count < FEWEST_ORGANISATIONS


def is_telling_of_pupils(row: PupilGap) -> bool:
    """Says whether a number of so few pupils, or of one school, would tell on them."""
    is_small = row.pupil_count < FEWEST_PUPILS
    return is_small or row.school_count < FEWEST_SCHOOLS


def is_telling_together(pupil_counts: Collection[int]) -> bool:
    """Says whether the sum of hidden numbers of pupils would tell on some of them.

    Known are the sum, and that none is zero. Each must be able to be any number from
    one to nine for all that one can tell; then they hold ten at least.
    """
    most = sum(pupil_counts) - (len(pupil_counts) - 1)
    return len(pupil_counts) < 2 or most < FEWEST_PUPILS - 1


def is_small_rest(pupil_count: int) -> bool:
    """Says whether so few are left that their number would tell on them."""
    return 0 < pupil_count < FEWEST_PUPILS


def are_of_one_school(rows: Collection[PupilGap]) -> bool:
    """Says whether pupils of one school alone may stand behind all hidden numbers."""
    return bool(rows) and all(row.school_count < FEWEST_SCHOOLS for row in rows)


def can_answer(actor: User | None, letter: CallLetter) -> bool:
    """Says whether a person reads and answers a letter: whoever acts for the firm."""
    return is_member(actor, letter.organisation)


def thing_of(kind: LineKind, item: str) -> str:
    """What is missing, in a word or two."""
    known = Item._value2member_map_.get(item)
    return str(known.label if isinstance(known, Item) else kind.label)


def thing_in_german(kind: LineKind, item: str) -> str:
    """The same as letters say it."""
    known = Item._value2member_map_.get(item)
    return in_german(known.label if isinstance(known, Item) else kind.label)


def is_underway(gap: Gap) -> bool:
    """Says whether all that is not covered is asked for or being arranged."""
    return gap.underway is not None and not gap.missing
