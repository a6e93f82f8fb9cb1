"""What is handed back: rows that were rejected, and templates to be filled in."""

from collections.abc import Sequence

from marketplace.foundation.database import db
from marketplace.foundation.language import in_german, lazy
from marketplace.foundation.spreadsheets_writing import Table, csv_of, xlsx_of
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.models import Upload
from marketplace.stewardship.imports.queries import rejected_upload_rows
from marketplace.stewardship.imports.services.headings import LAYOUTS
from marketplace.stewardship.imports.tables import EXAMPLES, LABELS, NOTES

# Where coordinates and keys stand no person fills a template in.
BY_MACHINE = frozenset(
    {
        *("latitude", "longitude", "address_key", "geonameid", "ags", "level"),
        "named_as",
    }
)
TEMPLATES = (
    ImportKind.OFFERS,
    ImportKind.INTERNSHIPS,
    ImportKind.ORGANISATIONS,
    ImportKind.SPONSORSHIPS,
    ImportKind.PROGRAMMES,
    ImportKind.ACTIONS,
    ImportKind.SCHOOLS,
    ImportKind.HOLIDAYS,
)
LINE, REASON = lazy("Zeile"), lazy("Grund")
NEEDED, FREE = lazy("Pflicht"), lazy("freiwillig")


def rejected_csv(upload: Upload) -> bytes:
    """The rejected rows with line and reason, to be mended and given again."""
    return csv_of(*_rejected(upload))


def rejected_xlsx(upload: Upload) -> bytes:
    """The same as a workbook."""
    headings, rows = _rejected(upload)
    return xlsx_of(Table(in_german(lazy("Abgelehnt")), headings, rows))


def template_of(kind: ImportKind) -> bytes:
    """A workbook to be filled in: hints, headings; examples on a sheet of their own."""
    layout = LAYOUTS[kind]
    fields = [
        name for name in dict.fromkeys(layout.fields.values()) if name not in BY_MACHINE
    ]
    headings = [in_german(LABELS[name]) for name in fields]
    notes = [_note(name, is_needed=name in layout.needed) for name in fields]
    examples = [EXAMPLES.get((kind, name), EXAMPLES.get(name, "")) for name in fields]
    return xlsx_of(
        Table(in_german(lazy("Vorlage")), headings, above=[notes]),
        Table(in_german(lazy("Beispiel")), headings, [examples], above=[notes]),
    )


def _note(name: str, *, is_needed: bool) -> str:
    words = [in_german(NEEDED if is_needed else FREE)]
    if name in NOTES:
        words.append(in_german(NOTES[name]))
    return ". ".join(words)


def _rejected(upload: Upload) -> tuple[list[str], list[Sequence[str]]]:
    rows = db.session.scalars(rejected_upload_rows(upload))
    headings = [in_german(LINE), in_german(REASON), *upload.headings]
    return headings, [[str(row.line), row.reason, *row.cells] for row in rows]
