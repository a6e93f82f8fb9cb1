"""Files of organisations become entries: a calendar, JSON-LD, or a table."""

from collections.abc import Mapping
from datetime import datetime

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import plain_heading, read_sheet
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.headings import (
    LAYOUTS,
    Layout,
    columns_of,
    entry_of,
)
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.calendars import (
    is_calendar,
    read_calendar,
)
from marketplace.stewardship.takeovers.services.linked import is_linked, read_linked
from marketplace.stewardship.takeovers.services.told import MOST_ENTRIES, Told

MAX_BYTES = 5 * 1024 * 1024
_OFFER = LAYOUTS[ImportKind.OFFERS].fields
_INTERNSHIP = LAYOUTS[ImportKind.INTERNSHIPS].fields
_DAYS = {
    **dict.fromkeys(("beginn", "von", "start", "starts at", "starts on"), "start"),
    **dict.fromkeys(("valid from", "gueltig ab", "datum", "tag", "date"), "start"),
    **dict.fromkeys(("ende", "bis", "end", "ends at", "ends on"), "end"),
    **dict.fromkeys(("valid to", "gueltig bis"), "end"),
}
_EVENT = {
    **dict.fromkeys(("veranstaltung", "event"), "title"),
    **dict.fromkeys(
        ("kapazitaet", "teilnehmerzahl", "plaetze", "capacity"), "capacity"
    ),
    "uid": "id",
}
_NEED = dict.fromkeys(("bedarf", "needs", "wir brauchen", "gebraucht wird"), "lines")
_GIFT = {
    **dict.fromkeys(("foerderung", "sponsorship", "sponsoring"), "title"),
    **dict.fromkeys(("gaben", "gives", "wir geben", "gegeben wird"), "lines"),
}
_STAY = {
    **dict.fromkeys(("verguetung", "pay", "lohn"), "pay"),
    **dict.fromkeys(
        ("bewerben bis", "bewerbungsschluss", "apply until"), "apply_until"
    ),
    **dict.fromkeys(("lernen", "was du lernst", "learn"), "learn"),
    **dict.fromkeys(("themen", "thema", "topics"), "topics"),
}
_COMMON = {
    name: field
    for name, field in _OFFER.items()
    if field
    in {
        *("id", "title", "description", "topics", "audience", "street"),
        *("postal_code", "city", "url"),
    }
}


def _fields(*parts: Mapping[str, str]) -> dict[str, str]:
    """Field by plain heading; the later part counts where two know one heading."""
    return {plain_heading(name): to for part in parts for name, to in part.items()}


FIELDS: Mapping[TakeoverKind, Mapping[str, str]] = {
    TakeoverKind.EVENTS: _fields(_COMMON, _DAYS, _EVENT),
    TakeoverKind.OFFERS: _fields(_OFFER, _DAYS, _NEED),
    TakeoverKind.INTERNSHIPS: _fields(_INTERNSHIP, _DAYS, _STAY),
    TakeoverKind.SPONSORSHIPS: _fields(_COMMON, _DAYS, _GIFT),
}


def read_entries(content: bytes, kind: TakeoverKind, *, at: datetime) -> list[Told]:
    """The entries of a file; `kind` is what the rows of a table are.

    Refuses with one sentence what is too large, is none of the three, or is empty.
    """
    if len(content) > MAX_BYTES:
        raise Refusal(_("Die Datei ist größer als 5 MB. Teilen Sie sie bitte auf."))
    if is_calendar(content):
        found = read_calendar(content, at=at)
    elif is_linked(content):
        found = read_linked(content)
    else:
        found = _rows_of(content, kind)
    if not found:
        raise Refusal(_("In der Datei steht kein Eintrag."))
    return found


def tells_its_kind(content: bytes) -> bool:
    """Says whether a file tells itself what its entries are; a table does not."""
    return is_calendar(content) or is_linked(content)


def _rows_of(content: bytes, kind: TakeoverKind) -> list[Told]:
    layout = Layout(FIELDS[kind])
    sheet = read_sheet(content, lambda text: layout.field_of(text) is not None)
    columns = columns_of(sheet.headings, layout)
    if "title" not in columns:
        raise Refusal(
            _(
                "In der Datei fehlt die Spalte „%(heading)s“. Gefunden: %(found)s.",
                heading=_("Titel"),
                found=", ".join(filter(None, sheet.headings)).rstrip(".") or "–",
            )
        )
    if len(sheet.rows) > MOST_ENTRIES:
        raise Refusal(
            _("Die Datei hat mehr als %(num)s Einträge.", num=MOST_ENTRIES)
            + " "
            + _("Teilen Sie sie bitte auf.")
        )
    width = len(sheet.headings)
    return [
        Told(kind, entry_of(row.line, row.cells, columns), len(row.cells) > width)
        for row in sheet.rows
    ]
