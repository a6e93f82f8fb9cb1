"""Tables that people hand in: read with care, whatever office program wrote them.

CSV, XLSX, XLS and ODS become one and the same thing: headings, and rows that know
their line. Nothing is run, nothing is fetched, and every cell is text.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets_books import is_book, sheets_of_book
from marketplace.foundation.spreadsheets_text import Lines, lines_of_text

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
# So many rows from the top are looked at for the one that names the columns.
HEAD_ROWS = 30
# What our own exports put an apostrophe before, lest a program runs it.
STARTERS = frozenset("=+-@\t\r\0＝＋－＠ \"'")


@dataclass(frozen=True)
class Row:
    """One row of data; `cells` are as many as the headings, or more if it is broken."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One table; `others` names the sheets of the file that were not read."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Head:
    """Where the columns are named: so many known names, in rows `first` to `last`."""

    known: int
    first: int
    last: int
    headings: list[str]


class TableFile:
    """A file in which one may look for a table more than once; it is opened once.

    `wanted`: only its beginning, so many rows; what follows is not parsed. Refuses
    with one sentence what is empty, damaged, protected, a trap, or too large.
    """

    def __init__(self, content: bytes, *, wanted: int | None = None) -> None:
        if len(content) > MAX_BYTES:
            raise Refusal(
                _("Die Datei ist größer als 10 MB. Teilen Sie sie bitte auf.")
            )
        if not content.strip():
            raise Refusal(_("Die Datei ist leer."))
        self.content, self.wanted = content, wanted
        self.book = sheets_of_book(content, wanted) if is_book(content) else None

    def sheet(self, is_heading: Callable[[str], bool]) -> Sheet:
        """Finds the table by its headings; refuses a file without any.

        `is_heading` says of a text whether it is the name of a column one waits for;
        the table with most of them is taken.
        """
        sheets = self.book or {"": self._lines(is_heading)}
        filled = {name: lines for name, lines in sheets.items() if lines}
        if not filled:
            raise Refusal(_("In der Datei steht keine Tabelle."))
        heads = {name: _head_of(lines, is_heading) for name, lines in filled.items()}
        best = max(heads, key=lambda name: heads[name].known)
        return Sheet(
            *_table(filled[best], heads[best]),
            others=tuple(name for name in filled if name != best),
        )

    def _lines(self, is_heading: Callable[[str], bool]) -> Lines:
        if self.book is not None:
            return []
        return lines_of_text(
            self.content, lambda some: _worth(some, is_heading), self.wanted
        )


def read_sheet(content: bytes, is_heading: Callable[[str], bool]) -> Sheet:
    """Gives all of the table of a file, as `TableFile` finds it."""
    return TableFile(content).sheet(is_heading)


def plain_heading(heading: str) -> str:
    """Gives a heading as it is compared: small letters and digits, no accents.

    "Straße / Hausnr." and "strasse hausnr" are one, "Träger" and "Traeger" too.
    """
    bare = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(sign for sign in bare if sign.isalnum())
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        plain = plain.replace(long, short)
    return plain


def _worth(lines: Lines, is_heading: Callable[[str], bool]) -> tuple[int, int]:
    """How much a way to cut a text looks right: known names, then even rows."""
    if not lines:
        return 0, 0
    widths = Counter(len(cells) for _line, cells in lines[:HEAD_ROWS])
    even = max((count for width, count in widths.items() if width > 1), default=0)
    return _head_of(lines, is_heading).known, even


def _head_of(lines: Lines, is_heading: Callable[[str], bool]) -> _Head:
    """Picks the row, or the two rows one above the other, that name most columns."""
    top = [cells for _line, cells in lines[:HEAD_ROWS]]
    heads = [
        _Head(_known(headings, is_heading), k, last, headings)
        for k in range(len(top))
        for last in (k, k + 1)
        if last < len(top)
        for headings in [_united(top[k : last + 1])]
    ]
    # Of two alike, the single row counts, and the upper one.
    best = max(
        heads, key=lambda head: (head.known, head.first - head.last, -head.first)
    )
    return best if best.known else _first_wide(top)


def _first_wide(top: Sequence[list[str]]) -> _Head:
    """Where no name is known: the first row about as wide as the widest."""
    filled = [sum(1 for cell in cells if cell.strip()) for cells in top]
    k = next(k for k, count in enumerate(filled) if count * 2 >= max(filled))
    return _Head(0, k, k, top[k])


def _united(rows: Sequence[list[str]]) -> list[str]:
    """Reads headings in two rows as one: below counts, above where below is empty."""
    width = max(len(row) for row in rows)
    united = [""] * width
    for row in rows:
        for k, cell in enumerate(row):
            united[k] = cell.strip() or united[k]
    return united


def _known(headings: Sequence[str], is_heading: Callable[[str], bool]) -> int:
    return len({plain_heading(text) for text in headings if is_heading(text)})


def _table(lines: Lines, head: _Head) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    data = [
        (line, [_unquoted(cell) for cell in cells])
        for line, cells in lines[head.last + 1 :]
        if _united([cells]) != head.headings
    ]
    if len(data) > MAX_ROWS:
        raise Refusal(
            _("Die Tabelle hat mehr als 50.000 Zeilen. Teilen Sie sie bitte auf.")
        )
    width = len(head.headings)
    used = [
        k
        for k in range(width)
        if head.headings[k] or any(len(cells) > k and cells[k] for _l, cells in data)
    ]
    rows = tuple(
        Row(
            line,
            (
                *(cells[k] if k < len(cells) else "" for k in used),
                *_surplus(cells[width:]),
            ),
        )
        for line, cells in data
    )
    return tuple(head.headings[k] for k in used), rows


def _surplus(cells: Sequence[str]) -> Sequence[str]:
    return cells if any(cell.strip() for cell in cells) else ()


def _unquoted(cell: str) -> str:
    """Takes away the one apostrophe that our exports put before a formula sign."""
    is_ours = cell[:1] == "'" and cell[1:2] in STARTERS and len(cell) > 1
    return cell[1:] if is_ours else cell
