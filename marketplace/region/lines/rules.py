import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from math import ceil, floor

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import _, format_decimal
from marketplace.region.lines.enums import (
    ONE_UNIT,
    ONE_UNIT_OF_ALL,
    UNITS,
    UNITS_OF_ALL,
    HardCondition,
    Item,
    LineKind,
    Slot,
)
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.tables import (
    CLASS_OF,
    CLASS_OF_PAIRS,
    FACTORS,
    NUMBER_WORDS,
    ONE_EACH,
    PER,
    WORN,
)
from marketplace.region.topics.enums import Audience, Topic

MONTHS_AHEAD = 24
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})(?: ?(?:bis|-|–) ?({_NUMBER}))? ?([^\d]*)")
_NUMBER_WORD = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b")
_CLASS_SET = re.compile(r"klassens[aä]tz")
_OPEN = re.compile(
    r"(?:je )?(?:nach|auf) (?:absprache|anfrage|vereinbarung|bedarf)|(?:noch )?offen"
)


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """One line as entered, its quantity in the base unit already.

    `line_id` is the stored line that is meant, 0 a new one; None where nobody tells,
    and then kind and item do.
    """

    kind: LineKind
    line_id: int | None = None
    item: str = ""
    quantity: int | None = None
    months_from: date | None = None
    months_to: date | None = None
    slots: frozenset[Slot] = frozenset()
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    hard: frozenset[HardCondition] = frozenset()
    note: str = ""


def undated(line: LineColumns) -> LineEntry:
    """The entry that makes the like of a line, for months still to be told."""
    told = {name: getattr(line, name) for name in TOLD if not name.startswith("months")}
    return LineEntry(**told)


def entry_of(line: LineColumns, line_id: int) -> LineEntry:
    """What somebody would enter to leave a stored line as it is."""
    told = {name: getattr(line, name) for name in TOLD}
    return LineEntry(line_id=line_id, **told)


TOLD = tuple(f.name for f in fields(LineEntry) if f.name != "line_id")


def quantity_in_base_unit(
    kind: LineKind, text: str, *, is_need: bool, item: str = ""
) -> int | None:
    """Reads "2.000 €", "1,5 Tsd. EUR", "3 Tage", "20 € pro Schüler, 25 Schüler".

    None where no number stands, or not for how many. Of "2 bis 3" a need takes the
    larger, a give the smaller. What remains is rounded up, cents of a give down.
    """
    words = _in_digits(text, kind)
    hit, times = _AMOUNT.search(words), _times(words)
    if hit is None or times is None:
        return None
    amount = _number(hit[2] if hit[2] and is_need else hit[1])
    amount *= _factor(kind, hit[3], item) * times
    is_cut = kind is LineKind.MONEY and not is_need
    return floor(amount) if is_cut else ceil(amount)


def is_left_open(text: str) -> bool:
    """Whether words say that the quantity is not settled: "nach Absprache"."""
    return _OPEN.fullmatch(" ".join(text.lower().split()).rstrip(".!")) is not None


def lacks_count(text: str) -> bool:
    """Whether an amount is told per month or per person, and not for how many."""
    return _times(" ".join(text.lower().split())) is None


def _in_digits(text: str, kind: LineKind) -> str:
    words = " ".join(text.lower().split())
    words = _NUMBER_WORD.sub(lambda hit: str(NUMBER_WORDS[hit[1]]), words)
    is_one = kind is LineKind.MATERIAL and _CLASS_SET.match(words)
    return f"1 {words}" if is_one else words


def _number(digits: str) -> Fraction:
    return Fraction(digits.replace(".", "").replace(",", "."))


def _factor(kind: LineKind, unit: str, item: str) -> Fraction:
    """How many base units one of a unit is; a pair of what is worn is one piece."""
    if kind is LineKind.MATERIAL and _CLASS_SET.match(unit):
        return Fraction(CLASS_OF if item in ONE_EACH else CLASS_OF_PAIRS)
    if item in WORN and unit.startswith("paar"):
        return Fraction(1)
    known = (factor for words, factor in FACTORS[kind] if words.match(unit))
    return next(known, Fraction(1))


def _times(words: str) -> int | None:
    """How many months or persons an amount is meant for; None where it is not told."""
    for per, counted, is_one_meant in PER:
        if per.search(words):
            hit = counted.search(words)
            return int(hit[1]) if hit else (1 if is_one_meant else None)
    return 1


def still_open(quantity: int | None, taken: int) -> int | None:
    """What of a quantity is left once so much of it is taken; None where it is open."""
    return None if quantity is None else max(0, quantity - taken)


def months_mask(line: LineColumns | LineEntry, today: date) -> int:
    """The months of a line as 24 bits; bit 0 is the present month."""
    return mask_of_months(line.months_from, line.months_to, today)


def mask_of_months(first: date | None, last: date | None, today: date) -> int:
    """The same of its first and last month; the last may be empty."""
    if first is None:
        return 0
    last = last or first
    start = (first.year - today.year) * 12 + first.month - today.month
    end = (last.year - today.year) * 12 + last.month - today.month
    return sum(1 << k for k in range(MONTHS_AHEAD) if start <= k <= end)


def name_of(line: LineColumns | LineEntry) -> str:
    """What a line is about: its item, else its kind."""
    if line.kind is LineKind.INTERNSHIPS:
        group = f" (KldB {line.item})" if line.item else ""
        return f"{line.kind.label}{group}"
    known = Item._value2member_map_.get(line.item)
    return str(known.label if isinstance(known, Item) else line.kind.label)


def amount_of(kind: LineKind, quantity: int | None) -> str:
    """A quantity with its unit, as people read it: "2.000 €", "12 Stück"."""
    if quantity is None:
        return str(_("Menge offen"))
    return _with_unit(kind, quantity, UNITS if quantity != 1 else ONE_UNIT)


def share_of(kind: LineKind, part: int, whole: int) -> str:
    """How much of all, as people read it: "2 von 4 halben Tagen"."""
    units = UNITS_OF_ALL if whole != 1 else ONE_UNIT_OF_ALL
    told = amount_of(kind, part) if kind is LineKind.MONEY else format_decimal(part)
    words = _("%(part)s von %(all)s", part=told, all=_with_unit(kind, whole, units))
    return str(words)


def _with_unit(
    kind: LineKind, quantity: int, units: Mapping[LineKind, LazyString]
) -> str:
    number = format_decimal(quantity)
    return f"{number} {'€' if kind is LineKind.MONEY else units[kind]}"


def words_of(line: LineColumns | LineEntry) -> str:
    """A line in a few words: "12 × Lötstation", "Werkstatt, 6 halbe Tage"."""
    if line.kind is LineKind.MONEY:
        return amount_of(line.kind, line.quantity)
    if line.kind is LineKind.MATERIAL and line.quantity:
        number = format_decimal(line.quantity)
        return f"{number} × {name_of(line)}"
    return f"{name_of(line)}, {amount_of(line.kind, line.quantity)}"


def slot_words(slots: Sequence[Slot]) -> str:
    """Half days in the order of the week."""
    return "; ".join(str(slot.label) for slot in Slot if slot in set(slots))
