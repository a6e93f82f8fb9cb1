"""Plain facts of the region: towns, calendar, occupations."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.text import fold_name
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.services import put_calendar_row
from marketplace.region.calendar.tables import Span, kind_of_name
from marketplace.region.occupations.models import OccupationGroup
from marketplace.region.occupations.queries import all_occupations, group_by_code
from marketplace.region.occupations.services import mark_as_mint, put_occupation_group
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import District, Place
from marketplace.region.places.services import put_place, put_postal_codes
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    day_from,
    number_from,
)
from marketplace.stewardship.imports.services.gazetteer import state_from
from marketplace.stewardship.imports.services.runs import Run, Take
from marketplace.stewardship.imports.services.texts import cut

LONGEST_CODE = 5
_POSTAL_CODES = re.compile(r"\b\d{4,5}\b")
# "Mechatroniker/-in", "Technische/-r": the ending that stands for the other form.
_OTHER_FORM = re.compile(r"/-\w+")
_ADJECTIVE = re.compile(r"ische[rn]?\b")
# A word this long names an occupation by itself.
LONG_WORD = 13
_SPECIAL = re.compile(r" – | für | \(")


class Together:
    """Lets the rows of a list be written at once, unless one of them comes twice."""

    def __init__(self) -> None:
        self.seen: set[object] = set()

    @contextmanager
    def row(self, key: object) -> Iterator[None]:
        """Looks at the database without writing first what other rows brought."""
        if key in self.seen:
            db.session.flush()
        self.seen.add(key)
        with db.session.no_autoflush:
            yield


def take_places(_run: Run) -> Take:
    """Rows become towns, with their district and their postal codes."""
    districts = set(db.session.scalars(select(District.ags)))
    places = {place.geonameid: place for place in db.session.scalars(select(Place))}
    together = Together()

    def take(entry: Entry) -> Outcome:
        number = _whole(entry, "geonameid", "geonameid")
        ags = entry.get("ags").zfill(LONGEST_CODE) if entry.get("ags") else None
        if ags and ags not in districts:
            raise RejectedRow(_("Den Kreis „%(ags)s“ gibt es nicht.", ags=ags))
        known = places.get(number)
        told: dict[str, Any] = {
            "name": entry.need("name", "Name"),
            "state": _state(entry),
            "lat": _degrees(entry, "latitude"),
            "lon": _degrees(entry, "longitude"),
            "population": _whole(entry, "population", "Einwohner"),
            # A second list of the same towns does not dispute the first one's source.
            "source": known.source if known and ags is None else entry.get("source"),
        }
        with together.row(number):
            outcome = put_place(geonameid=number, district_ags=ags, **told)
        found = _POSTAL_CODES.findall(entry.get("postal_codes"))
        codes = [code.zfill(5) for code in found]
        if codes and _lead(number, codes) and outcome == Outcome.UNCHANGED:
            return Outcome.UPDATED
        return Outcome(outcome)

    return take


def take_holidays(run: Run) -> Take:
    """Rows become days without school, or without work; an authority's word counts."""

    def take(entry: Entry) -> Outcome:
        name = entry.need("name", "Name")
        starts_on = day_from(entry.need("start", "Beginn"))
        ends_on = day_from(entry.get("end")) if entry.get("end") else starts_on
        if starts_on is None or ends_on is None or ends_on < starts_on:
            raise RejectedRow(_("Beginn und Ende sind keine Tage in ihrer Folge."))
        is_school = "end" in run.columns
        kind = kind_of_name(name) if is_school else DayKind.PUBLIC_HOLIDAY
        span = Span(_state(entry), kind, cut(name, 120), starts_on, ends_on)
        source = cut(entry.need("source", "Quelle"), 300)
        return Outcome(put_calendar_row(span, source=source, at=run.order.at))

    return take


def take_occupations(run: Run) -> Take:
    """Rows become lines of the classification, or marks on its lines."""
    return _grouping() if "code" in run.columns else _marking()


def _grouping() -> Take:
    """Puts in the lines of the classification."""
    together = Together()

    def take(entry: Entry) -> Outcome:
        code = _code(entry)
        title = cut(entry.need("title", "Bezeichnung"), 250)
        source = entry.get("source")
        with together.row(code):
            outcome = put_occupation_group(
                code=code, level=len(code), title=title, source=source
            )
        return Outcome(outcome)

    return take


def _code(entry: Entry) -> str:
    """The code as text; a spreadsheet that read it as a number lost its zeros."""
    code = re.sub(r"\s", "", entry.need("code", "Schlüssel"))
    level = _whole(entry, "level", "Ebene") if entry.get("level") else len(code)
    code = code.zfill(level)
    if not code.isdecimal() or len(code) != level or level > LONGEST_CODE:
        raise RejectedRow(_("„%(code)s“ ist kein Schlüssel der KldB.", code=code))
    return code


def _marking() -> Take:
    """Marks the groups of occupations that a source itself calls MINT."""
    codes: dict[str, set[str]] = defaultdict(set)
    for occupation in db.session.scalars(all_occupations()):
        for name in re.split(r"[,()]", f"{occupation.title},{occupation.words}"):
            for form in _forms(name):
                codes[form].add(occupation.code)

    def take(entry: Entry) -> Outcome:
        title = entry.need("title", "Bezeichnung")
        told = next((codes[form] for form in _forms(title) if form in codes), set())
        found = [group_by_code(code) for code in sorted(told)]
        groups = [group for group in found if isinstance(group, OccupationGroup)]
        if not groups:
            raise RejectedRow(
                _("Zu „%(title)s“ ist keine Berufsgruppe bekannt.", title=title)
            )
        marks = {mark_as_mint(group) for group in groups}
        return Outcome.UPDATED if Outcome.UPDATED in marks else Outcome.UNCHANGED

    return take


def _lead(geonameid: int, codes: list[str]) -> int:
    db.session.flush()
    place = db.session.scalars(select(Place).where(Place.geonameid == geonameid)).one()
    return put_postal_codes(place, codes)


def _forms(name: str) -> list[str]:
    """The occupation without its speciality, then the one word that names it.

    "Elektroniker/-in – Gebäudetechnik", "Medientechnologe Druck".
    """
    bare = _SPECIAL.split(_OTHER_FORM.sub("", name.strip()))[0]
    head = _ADJECTIVE.sub("isch", fold_name(bare))
    first = head.split(" ")[0]
    return [head, first] if len(first) >= LONG_WORD else [head]


def _state(entry: Entry) -> FederalState:
    state = state_from(entry.need("state", "Land"))
    if state is None:
        raise RejectedRow(_("„%(heading)s“ fehlt.", heading="Land"))
    return state


def _whole(entry: Entry, name: str, heading: str) -> int:
    number = number_from(entry.get(name) or "0")
    if number is None or number != int(number):
        raise RejectedRow(_("„%(heading)s“ ist keine Zahl.", heading=heading))
    return int(number)


def _degrees(entry: Entry, name: str) -> float:
    number = number_from(entry.need(name, name))
    if number is None or not -180 <= number <= 180:
        raise RejectedRow(_("„%(heading)s“ ist keine Zahl.", heading=name))
    return number
