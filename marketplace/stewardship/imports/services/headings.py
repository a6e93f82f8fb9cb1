"""Under which headings files tell what, and of which kind a file is."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import Sheet, plain_heading, read_sheet
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.entries import Entry, cleaned

# What stands in the name of a file of each kind.
NAMES: Mapping[ImportKind, re.Pattern[str]] = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        ImportKind.DISTRICTS: "district|kreis",
        ImportKind.PLACES: "place|town|geo|orte|gemeinden",
        ImportKind.HOLIDAYS: "holiday|ferien|feiertag",
        ImportKind.SCHOOLS: "school|schul",
        ImportKind.OCCUPATIONS: "occupation|beruf|kldb",
        ImportKind.ORGANISATIONS: "organi[sz]|unternehmen|firmen|anbieter|with_funding",
        ImportKind.OFFERS: "offer|angebot",
        ImportKind.INTERNSHIPS: "internship|praktik",
        ImportKind.SPONSORSHIPS: "sponsor|spenden|winners|preistr|grants|förderungen",
        ImportKind.PROGRAMMES: "programm",
        ImportKind.ACTIONS: "catalog|katalog|action|aktion",
    }.items()
}
# Of two files of a kind the one with this field comes first.
LEADING = {
    ImportKind.PLACES: "ags",
    ImportKind.OCCUPATIONS: "code",
    ImportKind.ORGANISATIONS: "type",
}


@dataclass(frozen=True)
class Layout:
    """The columns of one kind: field by plain heading, and those it cannot miss."""

    fields: Mapping[str, str] = field(default_factory=dict)
    # Field and the heading by which people are told that it is missing.
    needed: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, heading: str) -> str | None:
        """The field that stands under a heading."""
        return self.fields.get(plain_heading(heading))


@dataclass(frozen=True)
class Table:
    """The rows of a file under the names of the house."""

    sheet: Sheet
    entries: Sequence[Entry]
    columns: frozenset[str]
    unknown: Sequence[str]


def _layouts() -> dict[ImportKind, Layout]:
    text = files("marketplace.stewardship.imports").joinpath("headings.csv")
    layouts: dict[ImportKind, tuple[dict[str, str], dict[str, str]]] = {}
    for row in csv.DictReader(text.read_text("utf-8").splitlines()):
        kind = ImportKind(row["kind"])  # type: ignore[call-arg]
        fields, needed = layouts.setdefault(kind, ({}, {}))
        headings = row["headings"].split("|")
        for heading in headings:
            fields.setdefault(plain_heading(heading), row["field"])
        if row["needed"]:
            needed[row["field"]] = headings[0]
    return {kind: Layout(*parts) for kind, parts in layouts.items()}


LAYOUTS = _layouts()


def read_table(
    kind: ImportKind,
    content: bytes,
    mapping: Mapping[str, str] | None = None,
) -> Table:
    """Reads a file of this kind; refuses one that lacks a column it cannot miss.

    `mapping` leads headings that nobody could know to fields, or to none.
    """
    layout = layout_of(kind, mapping)
    sheet = read_sheet(content, lambda text: layout.field_of(text) is not None)
    columns = columns_of(sheet.headings, layout)
    missing = [text for name, text in layout.needed.items() if name not in columns]
    if missing:
        raise Refusal(
            _(
                "In der Datei fehlt die Spalte „%(heading)s“. Gefunden: %(found)s.",
                heading=missing[0],
                found=", ".join(text for text in sheet.headings if text) or "–",
            )
        )
    entries = [entry_of(row.line, row.cells, columns) for row in sheet.rows]
    used = set(columns.values())
    unknown = [h for k, h in enumerate(sheet.headings) if h and k not in used]
    return Table(sheet, entries, frozenset(columns), [*unknown, *sheet.others])


def layout_of(kind: ImportKind, mapping: Mapping[str, str] | None = None) -> Layout:
    """The columns of a kind, with those that a person named."""
    layout = LAYOUTS[kind]
    own = {plain_heading(text): name for text, name in (mapping or {}).items()}
    return Layout(dict(layout.fields) | own, layout.needed)


def columns_of(headings: Sequence[str], layout: Layout) -> dict[str, int]:
    """Where each field stands; of two columns for one field the first counts."""
    columns: dict[str, int] = {}
    for k, heading in enumerate(headings):
        name = layout.field_of(heading)
        if name and name not in columns:
            columns[name] = k
    return columns


def entry_of(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Entry:
    """A row under the names of the house."""
    values = {name: cleaned(cells[k]) for name, k in columns.items()}
    return Entry(line, {name: text for name, text in values.items() if text}, cells)


def kind_of_file(name: str, content: bytes) -> tuple[ImportKind, bool] | None:
    """Tells the kind of a file by its name, if its headings agree.

    Also, whether it comes first of its kind, or adds to others.
    """
    for kind, words in NAMES.items():
        if kind in LAYOUTS and words.search(name):
            try:
                columns = read_table(kind, content).columns
            except Refusal:
                continue
            return kind, LEADING.get(kind) in {None, *columns}
    return None


def read_mapping(path: Path) -> dict[str, str]:
    """Reads which heading of a file means which field; refuses what is neither.

    JSON: `{"heading": "field"}`; or CSV with two columns, heading and field.
    """
    text = path.read_text("utf-8-sig")
    try:
        told = json.loads(text) if text.lstrip().startswith("{") else dict(_pairs(text))
    except ValueError:
        told = None
    known = {name for layout in LAYOUTS.values() for name in layout.fields.values()}
    if not told or not all(name in known for name in told.values()):
        raise Refusal(
            _(
                "Die Zuordnung nennt je Überschrift ein Feld: %(all)s.",
                all=sorted(known),
            )
        )
    return told


def _pairs(text: str) -> list[tuple[str, str]]:
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in text else ",")
    return [(row[0].strip(), row[1].strip()) for row in rows if len(row) == 2]
