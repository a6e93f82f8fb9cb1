"""Needs and gives in one cell, as we hand them out and as people write them.

"12 × Lötstation; Raum, 6 halbe Tage (02/2027 bis 04/2027); 2.000 €". Nothing is
guessed: what is not understood to the last sign is named, and its row comes not at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from marketplace.foundation.language import NamedEnum, _, in_german
from marketplace.region.lines.enums import ITEMS, LineKind
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import (
    LineEntry,
    is_left_open,
    quantity_in_base_unit,
    words_of,
)
from marketplace.region.lines.tables import MOST, NUMBER_WORDS
from marketplace.stewardship.imports.services.entries import RejectedRow

# As many as a form takes.
MOST_LINES = 12
_BETWEEN, _AROUND = re.compile(r"[;\n]"), " ,:×x*-–"
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_COUNT = rf"(?:{_NUMBER}(?: ?(?:bis|-|–) ?{_NUMBER})?|{'|'.join(NUMBER_WORDS)})"
_DAYS = r"halb(?:e[nrs]?)? tage?n?|halbtage?n?|tage?n?|wochen?"
_HOURS = r"stunden?|std\.?|h"
# How each kind is counted; of a room or a person a bare number tells nothing.
_UNITS: Mapping[LineKind, re.Pattern[str]] = {
    kind: re.compile(rf"{_COUNT} ?(?:{units})")
    for kind, units in {
        LineKind.MONEY: r"(?:t|tsd\.? |tausend )?(?:€|euro|eur)",
        LineKind.MATERIAL: r"[×x*]?|stück|stk\.?|dutzend|paar|klassens[aä]tze?",
        LineKind.VENUE: rf"{_DAYS}|{_HOURS}",
        LineKind.PEOPLE: rf"{_DAYS}|(?:personen|arbeits)tage?n?|{_HOURS}"
        r"|(?:schul|unterrichts)stunden?|ue",
        LineKind.VISITS: r"[×x*]?|mal|besuche?n?|gruppen?",
        LineKind.INTERNSHIPS: r"[×x*]?|plätze?n?|platz",
    }.items()
}
_MONTHS = re.compile(r"\((\d{1,2})/(\d{4})(?: ?(?:bis|-|–) ?(\d{1,2})/(\d{4}))?\)$")
_GROUP = re.compile(r"\(kldb (\d{3})\)")
_MONEY = re.compile(r"€|\b(?:euro|eur)\b")
# Kinds whose one is no beginning of its many.
_ONE = {"praktikumsplatz": LineKind.INTERNSHIPS, "raum": LineKind.VENUE}
# What may follow a word that means more than one.
_MANY = r"(?:e[nrs]?|n|s|innen)?"


def said_lines(lines: Iterable[LineColumns | LineEntry]) -> str:
    """Lines in one cell, each of which `lines_from` reads again."""
    return "; ".join(map(_said, lines))


def lines_from(text: str, *, is_need: bool) -> tuple[LineEntry, ...]:
    """The lines of a cell; rejects a row with words that are not understood."""
    parts = [" ".join(part.split()) for part in _BETWEEN.split(text)]
    lines = tuple(_line(part, is_need=is_need) for part in parts if part)
    if len(lines) > MOST_LINES:
        raise RejectedRow(
            _(
                "Spalte „%(column)s“: Mehr als %(num)s Zeilen gehen nicht.",
                column=_column(is_need=is_need),
                num=MOST_LINES,
            )
        )
    return lines


def with_details(
    told: Iterable[LineEntry], there: Iterable[LineEntry]
) -> tuple[LineEntry, ...]:
    """The lines of a file; what no file tells stays as it is at the like of each."""
    left = list(there)
    lines = []
    for line in told:
        alike = (o for o in left if (o.kind, o.item) == (line.kind, line.item))
        same = next(alike, None)
        if same is None:
            lines.append(line)
            continue
        left.remove(same)
        of_months = line if line.months_from else same
        lines.append(
            replace(
                same,
                quantity=line.quantity,
                months_from=of_months.months_from,
                months_to=of_months.months_to,
            )
        )
    return tuple(lines)


def _said(line: LineColumns | LineEntry) -> str:
    words = words_of(line)
    if line.kind is LineKind.MONEY and line.quantity is None:
        words = f"{line.kind.label}, {words}"
    if not line.months_from:
        return words
    ends = [line.months_from, line.months_to or line.months_from]
    months = [f"{month:%m/%Y}" for month in dict.fromkeys(ends)]
    return f"{words} ({' bis '.join(months)})"


def _line(part: str, *, is_need: bool) -> LineEntry:
    words, first, last = _without_months(part.lower())
    kind, item, rest = _thing(words)
    if kind is None or (kind is LineKind.MATERIAL and not item):
        raise _not_understood(part, is_need=is_need)
    amount = rest.strip(_AROUND)
    quantity = None
    if amount and amount != "menge offen" and not is_left_open(amount):
        if not _UNITS[kind].fullmatch(amount):
            raise _not_understood(part, is_need=is_need)
        quantity = quantity_in_base_unit(kind, amount, is_need=is_need, item=item)
        if quantity is None or not 0 < quantity <= MOST:
            raise _not_understood(part, is_need=is_need)
    return LineEntry(
        kind=kind, item=item, quantity=quantity, months_from=first, months_to=last
    )


def _without_months(words: str) -> tuple[str, date | None, date | None]:
    """The words before the months in brackets, and the first days of these."""
    hit = _MONTHS.search(words)
    if hit is None:
        return words, None, None
    try:
        first = date(int(hit[2]), int(hit[1]), 1)
        last = date(int(hit[4]), int(hit[3]), 1) if hit[3] else first
    except ValueError:
        return words, None, None
    return (words[: hit.start()], first, last) if first <= last else (words, None, None)


def _thing(words: str) -> tuple[LineKind | None, str, str]:
    """What a line is about, and the words around it."""
    group = _GROUP.search(words)
    bare = _GROUP.sub("", words)
    for name, pattern, kind, item in _names():
        # Looking for the words first spares most of the patterns.
        if name in bare and (hit := pattern.search(bare)):
            rest = f"{bare[: hit.start()]} {bare[hit.end() :]}"
            own = group[1] if group and kind is LineKind.INTERNSHIPS else item
            return kind, own, " ".join(rest.split())
    return (LineKind.MONEY, "", words) if _MONEY.search(words) else (None, "", words)


@cache
def _names() -> list[tuple[str, re.Pattern[str], LineKind, str]]:
    """Every word for a thing, the longest first, and what it means."""
    names = {name: (kind, "") for kind in LineKind for name in _said_of(kind)}
    names |= {name: (kind, "") for name, kind in _ONE.items()}
    for kind, items in ITEMS.items():
        names |= {name: (kind, item.value) for item in items for name in _said_of(item)}
    return [
        (name, re.compile(rf"(?<!\w){re.escape(name)}{_MANY}(?!\w)"), *names[name])
        for name in sorted(names, key=len, reverse=True)
    ]


def _said_of(member: NamedEnum) -> Iterator[str]:
    """Its name in the program, its words, these without brackets, and each of them."""
    words = in_german(member.label).lower()
    bare = words.partition(" (")[0]
    yield from (member.value, words, bare, *bare.split(", "))


def _not_understood(part: str, *, is_need: bool) -> RejectedRow:
    return RejectedRow(
        _(
            "Spalte „%(column)s“: „%(words)s“ verstehen wir nicht.",
            column=_column(is_need=is_need),
            words=part[:60],
        )
        + " "
        + _("Schreiben Sie es wie „12 × Lötstation“ oder „Raum, 6 halbe Tage“.")
    )


def _column(*, is_need: bool) -> str:
    return _("Bedarf") if is_need else _("Gaben")
