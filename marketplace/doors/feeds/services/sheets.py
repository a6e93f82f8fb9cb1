"""Things as CSV that our own import takes back unchanged, with more columns behind."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale

from marketplace.doors.feeds.services.records import LinkTo, slots_of, status_of
from marketplace.foundation.licences import spelled
from marketplace.foundation.spreadsheets_writing import neutral
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.extracts import (
    Cells,
    extract_of,
    fields_of,
    headings_of,
    posting_cells,
    said,
)
from marketplace.stewardship.imports.services.texts import labels_of
from marketplace.stewardship.takeovers.services.lines import said_lines
from marketplace.upkeep.settings.queries import own_licence

# What the import takes back, and as which kind.
KINDS: Mapping[type[Any], ImportKind] = {
    Internship: ImportKind.INTERNSHIPS,
    Offer: ImportKind.OFFERS,
    Action: ImportKind.ACTIONS,
    Programme: ImportKind.PROGRAMMES,
    Organisation: ImportKind.ORGANISATIONS,
}
# What no file is read in for: columns of every posting, and its own.
COMMON = (
    *("id", "title", "provider", "description", "topics", "audience", "street"),
    *("postal_code", "city", "state", "latitude", "longitude", "url"),
)
ORIGIN = ("as_of", "source", "licence")
OWN: Mapping[type[Any], Sequence[str]] = {
    Event: ("starts_at", "ends_at", "capacity"),
    Sponsorship: ("gives", "valid_from", "valid_to"),
}
# What organisations get back from their own files, passed over by the office's.
NEEDS: Mapping[type[Any], Sequence[str]] = {Offer: ("needs",)}
# Read by other portals, passed over by our import.
BEHIND = ("status", "page", "updated", "starts", "ends")


def csv_of(model: type[Any], things: Iterable[Any], link_to: LinkTo) -> Iterator[str]:
    """A table; what a program would run as a formula is made harmless."""
    fields, headings, cells_of = _columns(model)
    behind = (*NEEDS.get(model, ()), *BEHIND)
    yield "\ufeff" + _line([*headings, *behind])
    for thing in things:
        cells = cells_of(thing) | _behind(thing, link_to)
        cells["licence"] = spelled(str(cells.get("licence") or own_licence()))
        yield _line([said(cells.get(name)) for name in (*fields, *behind)])


def _columns(
    model: type[Any],
) -> tuple[Sequence[str], Sequence[str], Callable[[Any], Cells]]:
    if model in KINDS:
        kind = KINDS[model]
        return fields_of(kind), headings_of(kind), extract_of(kind).cells
    names = (*COMMON, *OWN[model], *ORIGIN)
    return names, names, _cells


def _cells(posting: Any) -> Cells:
    own = {name: getattr(posting, name, "") for name in OWN[type(posting)]}
    if isinstance(posting, Sponsorship):
        own["gives"] = _lines_of(posting)
    audience = labels_of(posting.audiences)
    return posting_cells(posting) | own | {"audience": audience}


def _behind(thing: Any, link_to: LinkTo) -> Cells:
    slots = slots_of(thing) if isinstance(thing, Posting) else []
    return {
        "needs": _lines_of(thing) if isinstance(thing, Offer) else "",
        "status": status_of(thing),
        "page": link_to(thing),
        "updated": getattr(thing, "changed_at", None),
        "starts": min((slot.first for slot in slots), default=""),
        "ends": max((slot.last for slot in slots), default=""),
    }


def _lines_of(posting: Offer | Sponsorship) -> str:
    """What it needs or gives, in German whatever the page speaks."""
    with force_locale("de"):
        return said_lines(posting.lines)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([neutral(cell) for cell in cells])
    return text.getvalue()
