import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal

from marketplace.foundation.language import _, chosen_language
from marketplace.region.lines.enums import UNITS, HardCondition, Item, LineKind, Slot
from marketplace.region.lines.models import LineColumns
from marketplace.region.topics.enums import Audience, Topic

MONTHS_AHEAD = 24
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*([^\d\s]*)")
# How many base units one of these is, by kind.
_FACTORS: dict[LineKind, dict[str, float]] = {
    LineKind.MONEY: {"t€": 1000, "teur": 1000, "tsd": 1000, "tausend": 1000},
    LineKind.MATERIAL: {"dutzend": 12, "paar": 2},
    LineKind.VENUE: {"tag": 2, "tage": 2, "woche": 10, "wochen": 10},
    LineKind.PEOPLE: {
        "tag": 8,
        "tage": 8,
        "personentag": 8,
        "personentage": 8,
        "woche": 40,
        "wochen": 40,
        "schulstunde": 0.75,
        "schulstunden": 0.75,
    },
    LineKind.VISITS: {"klasse": 1, "klassen": 1},
    LineKind.INTERNSHIPS: {},
}


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """One line as entered, its quantity in the base unit already."""

    kind: LineKind
    item: str = ""
    quantity: int | None = None
    months_from: date | None = None
    months_to: date | None = None
    slots: frozenset[Slot] = frozenset()
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    hard: frozenset[HardCondition] = frozenset()
    note: str = ""


def quantity_in_base_unit(kind: LineKind, text: str, *, is_need: bool) -> int | None:
    """Reads "2.000 €", "1,5 Tsd. EUR", "3 Tage"; None where no number stands.

    A fraction that remains is rounded up for a need, down for a give.
    """
    hit = _AMOUNT.search(text)
    if hit is None:
        return None
    whole, fraction, word = hit.groups()
    amount = float(whole.replace(".", "") + "." + (fraction or "0"))
    amount *= _FACTORS[kind].get(word.lower().rstrip("."), 1)
    rounded = int(amount)
    return rounded + 1 if is_need and amount > rounded else rounded


def months_mask(line: LineColumns | LineEntry, today: date) -> int:
    """The months of a line as 24 bits; bit 0 is the present month."""
    if line.months_from is None:
        return 0
    last = line.months_to or line.months_from
    start = (line.months_from.year - today.year) * 12
    start += line.months_from.month - today.month
    end = (last.year - today.year) * 12 + last.month - today.month
    return sum(1 << k for k in range(MONTHS_AHEAD) if start <= k <= end)


def name_of(line: LineColumns | LineEntry) -> str:
    """What a line is about: its item, else its kind."""
    known = Item._value2member_map_.get(line.item)
    if known is not None:
        return str(known.label)  # type: ignore[attr-defined]
    return str(line.kind.label)


def amount_of(kind: LineKind, quantity: int | None) -> str:
    """A quantity with its unit, as people read it: "2.000 €", "12 Stück"."""
    if quantity is None:
        return _("Menge offen")
    number = format_decimal(quantity, locale=chosen_language())
    return f"{number} €" if kind is LineKind.MONEY else f"{number} {UNITS[kind]}"


def words_of(line: LineColumns | LineEntry) -> str:
    """A line in a few words: "12 × Lötstation", "Werkstatt, 6 halbe Tage"."""
    if line.kind is LineKind.MONEY:
        return amount_of(line.kind, line.quantity)
    if line.kind is LineKind.MATERIAL and line.quantity:
        return f"{line.quantity} × {name_of(line)}"
    return f"{name_of(line)}, {amount_of(line.kind, line.quantity)}"


def slot_words(slots: Sequence[Slot]) -> str:
    """Half days in the order of the week."""
    return "; ".join(str(slot.label) for slot in Slot if slot in set(slots))
