"""Tables that are plain text: which letters, which separator, which lines."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal

SEPARATORS = ",;|\t"
BLANK = SEPARATORS + " \r\n\N{NO-BREAK SPACE}"
# So many lines are tried with each separator.
SAMPLE_LINES = 60
# The line with which spreadsheet programs tell one another the separator.
TOLD = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Signs that no text has; a few of them are a mishap, many are another kind of file.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# How a printed page begins, which may be text to its end.
PDF = b"%PDF-"

# The rows that are not empty, each with the number of its line.
Lines = list[tuple[int, list[str]]]


def lines_of_text(
    content: bytes,
    worth: Callable[[Lines], tuple[int, int]],
    wanted: int | None = None,
) -> Lines:
    """Reads CSV; of the separators the one whose rows are worth most is taken.

    `wanted`: only so many rows from the top are cut into cells. Refuses what is not
    text. A quoted cell may hold line breaks; the number is that of the line where the
    row begins.
    """
    text = _decoded(content)
    told = TOLD.match(text)
    if told:
        lines = islice(_rows(text[told.end() :], told[1], is_strict=True), wanted)
        return [(line + 1, cells) for line, cells in lines]
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE_LINES])
    best = max(SEPARATORS, key=lambda sign: worth(list(_rows(sample, sign))))
    return list(islice(_rows(text, best, is_strict=True), wanted))


def _decoded(content: bytes) -> str:
    for mark, name in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _text(content, name)
    # UTF-16 without its mark: every second byte of plain letters is empty.
    start = content[:400]
    if start[1::2].count(0) * 2 > len(start[1::2]):
        return _text(content, "utf-16-le")
    if start[0::2].count(0) * 2 > len(start[0::2]):
        return _text(content, "utf-16-be")
    try:
        return _text(content, "utf-8")
    except UnicodeDecodeError:
        return _text(content, "cp1252", errors="replace")


def _text(content: bytes, name: str, errors: str = "strict") -> str:
    try:
        text = content.decode(name, errors)
    except UnicodeDecodeError:
        if name == "utf-8":
            raise
        raise Refusal(_("Die Zeichen der Datei lassen sich nicht lesen.")) from None
    is_odd = len(CONTROL.findall(text[:10_000])) * 50 > len(text[:10_000])
    if is_odd or content.startswith(PDF):
        raise Refusal(_("Das ist keine Tabelle: CSV, XLSX, XLS oder ODS wird gelesen."))
    return text.replace("\0", "")


def _rows(
    text: str, separator: str, *, is_strict: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Cuts text into cells; if strict, a quote that never ends is an error."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, strict=is_strict)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip(BLANK) for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refusal(
            _("Ab Zeile %(line)s lässt sich die Datei nicht lesen.", line=begins)
        ) from error
