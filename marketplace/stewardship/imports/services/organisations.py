"""Organisations of a file: found under any form of their name, or created."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.text import fold_name
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.services import take_over_organisation
from marketplace.stewardship.imports.enums import HeldReason, Outcome
from marketplace.stewardship.imports.rules import ALIKE, similarity, trigrams
from marketplace.stewardship.imports.services.entries import (
    Entry,
    WaitingRow,
)
from marketplace.stewardship.imports.services.gazetteer import Gazetteer, Spot
from marketplace.stewardship.imports.services.runs import (
    Ledger,
    Run,
    Take,
    write_unedited,
)
from marketplace.stewardship.imports.services.texts import cut, link_of

# "Siemens", "Siemens AG" and "SIEMENS AG" are one.
LEGAL_FORMS = re.compile(
    r"\b(e v|ev|gemeinnutzige|ggmbh|gmbh|mbh|ag|se|kgaa|kg|ohg|ug|eg|gbr|co)\b"
)
KINDS: Mapping[str, OrganisationKind] = {
    "unternehmen": OrganisationKind.COMPANY,
    "firma": OrganisationKind.COMPANY,
    "betrieb": OrganisationKind.COMPANY,
    "ausbildungsstatte": OrganisationKind.COMPANY,
    "hochschule": OrganisationKind.PROVIDER,
    "universitat": OrganisationKind.PROVIDER,
    "museum": OrganisationKind.PROVIDER,
    "lernort": OrganisationKind.PROVIDER,
    "forschung": OrganisationKind.PROVIDER,
    "bildungstrager": OrganisationKind.PROVIDER,
    "anbieter": OrganisationKind.PROVIDER,
    "schule": OrganisationKind.SCHOOL,
    "verein": OrganisationKind.ASSOCIATION,
    "verband": OrganisationKind.ASSOCIATION,
    "netzwerk": OrganisationKind.ASSOCIATION,
    "stiftung": OrganisationKind.ASSOCIATION,
    "behorde": OrganisationKind.AUTHORITY,
    "kommune": OrganisationKind.AUTHORITY,
    "amt": OrganisationKind.AUTHORITY,
}


LONGEST_WHOLE = 6
LONGEST_NAME, LONGEST_SOURCE, LONGEST_STREET = 160, 300, 120


@dataclass(frozen=True)
class _Known:
    id: int
    name: str
    place: str


class Directory:
    """The organisations there are, by their bare name."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.by_name: dict[str, list[_Known]] = defaultdict(list)
        rows = db.session.execute(
            select(Organisation.id, Organisation.name, Site.place_name)
            .outerjoin(Site)
            .order_by(Organisation.id, Site.id)
        )
        for number, name, place in rows:
            self._add(number, name, place)

    def find(self, name: str, place: str | None) -> int | None:
        """The organisation of this name and place; one without a place fits any."""
        named = self.by_name.get(bare_name(name), [])
        folded = fold_name(place or "")
        fits = [n for n in named if "" in (folded, n.place) or folded == n.place]
        return fits[0].id if fits else None

    def of_posting(
        self, name: str, spot: Spot, kinds: frozenset[OrganisationKind], source: str
    ) -> int:
        """The organisation that posts; a new one, if nobody bears the name.

        Where it posts need not be where it sits: an only one of its name is meant.
        """
        found = self.find(name, spot.place_name)
        named = {known.id for known in self.by_name.get(bare_name(name), ())}
        if found is None and len(named) == 1:
            found = named.pop()
        if found is not None:
            return found
        values = {"name": name, "kinds": kinds, "source": source}
        return self.create(values, spot).id

    def alike(self, name: str, place: str | None) -> int | None:
        """One that is probably the same under a slightly different name."""
        grams, folded = trigrams(bare_name(name)), fold_name(place or "")
        for other, known in self.by_name.items():
            if similarity(grams, trigrams(other)) >= ALIKE:
                for one in known:
                    if one.place == folded:
                        return one.id
        return None

    def site_of(self, organisation_id: int, street: str, spot: Spot) -> int | None:
        """The site of this address; only organisations nobody claimed get new ones."""
        if not street:
            return None
        organisation = db.session.get_one(Organisation, organisation_id)
        wanted = fold_name(street)
        for site in organisation.sites:
            if fold_name(site.street) == wanted and site.place_name == spot.place_name:
                return site.id
        if organisation.state is not OrganisationState.IMPORTED:
            return None
        site = Site(street=cut(street, LONGEST_STREET), **spot.columns())
        organisation.sites.append(site)
        db.session.flush()  # the posting needs its id
        return site.id

    def create(self, values: Mapping[str, object], spot: Spot) -> Organisation:
        """Adds an organisation, known by name alone, and counts it."""
        has_place = spot.state_code is not None
        organisation = take_over_organisation(
            values, site=spot.columns() if has_place else None, at=self.run.order.at
        )
        self._add(organisation.id, organisation.name, spot.place_name)
        self.run.organisations_created += 1
        return organisation

    def _add(self, number: int, name: str, place: str | None) -> None:
        known = _Known(number, name, fold_name(place or ""))
        self.by_name[bare_name(name)].append(known)


def take_organisations(run: Run) -> Take:
    """Rows become organisations that are known by name alone, until claimed.

    A list that tells only how places are paid for is noted on those there are.
    """
    if "funding" in run.columns and "type" not in run.columns:
        return _take_notes(run)
    directory, ledger, gazetteer = Directory(run), Ledger(run), Gazetteer()
    seen: set[str] = set()

    def take(entry: Entry) -> Outcome:
        name = entry.need("name", "Name")
        key = entry.digest if run.is_told_apart else _key(name, entry.get("city"))
        if key in seen:
            like_id = ledger.rows[key].thing_id if key in ledger.rows else None
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like_id)
        seen.add(key)
        if ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        spot, values = _spot(entry, gazetteer, run), _values(entry)
        found = None
        if not run.is_told_apart:
            found = directory.find(name, spot.place_name)
        if found is None:
            _hold_if_alike(directory, name, spot, run)
            organisation = directory.create(values, spot)
            write_unedited(
                organisation, values, ledger.note(key, entry, organisation.id)
            )
            return Outcome.CREATED
        organisation = db.session.get_one(Organisation, found)
        row = ledger.note(key, entry, found)
        if organisation.state is not OrganisationState.IMPORTED:
            return Outcome.UNCHANGED
        told = {column: value for column, value in values.items() if value}
        return write_unedited(organisation, told, row)

    return take


def _take_notes(run: Run) -> Take:
    """Rows become a line in the note of an organisation."""
    directory, ledger, gazetteer = Directory(run), Ledger(run), Gazetteer()

    def take(entry: Entry) -> Outcome:
        name, funding = entry.need("name", "Name"), entry.get("funding")
        key = _key(name, "funding")
        if ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        spot = _spot(entry, gazetteer, run)
        found = directory.find(name, spot.place_name)
        is_new = found is None
        organisation = (
            directory.create(_values(entry), spot)
            if found is None
            else db.session.get_one(Organisation, found)
        )
        ledger.note(key, entry, organisation.id)
        if funding and funding not in organisation.note:
            organisation.note = f"{organisation.note}\n{funding}".strip()
            return Outcome.CREATED if is_new else Outcome.UPDATED
        return Outcome.CREATED if is_new else Outcome.UNCHANGED

    return take


def _hold_if_alike(directory: Directory, name: str, spot: Spot, run: Run) -> None:
    alike = directory.alike(name, spot.place_name)
    if alike is not None and not run.is_told_apart:
        raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=alike)


def _values(entry: Entry) -> dict[str, Any]:
    words = fold_name(f"{entry.get('type')} {entry.get('role')}").split()
    notes = [entry.get("role"), entry.get("evidence"), entry.get("funding")]
    return {
        "name": cut(entry.get("name"), LONGEST_NAME),
        "kinds": frozenset(
            kind for begin, kind in KINDS.items() if _says(words, begin)
        ),
        "website": link_of(entry.get("url")),
        "source": cut(_source(entry.need("source", "Quelle")), LONGEST_SOURCE),
        "note": "\n".join(note for note in notes if note),
    }


def _says(words: Sequence[str], begin: str) -> bool:
    """A short word must stand alone: a Hochschule is no Schule."""
    is_short = len(begin) <= LONGEST_WHOLE
    return any(w == begin or (w.startswith(begin) and not is_short) for w in words)


def _source(text: str) -> str:
    """Names minutes as the office does: "Protokoll der …, 12.10.2018"."""
    return re.sub(r"^(Protokoll [\w ]+?) vom (?=\d)", r"\1, ", text)


def _spot(entry: Entry, gazetteer: Gazetteer, run: Run) -> Spot:
    """Where it sits; a list may leave that open."""
    code, city = _keyed_address(entry.get("address_key"))
    values = dict(entry.values)
    if city:
        values |= {"postal_code": code, "city": city}
    if not values.keys() & {"city", "postal_code", "state", "latitude"}:
        return Spot()
    return gazetteer.spot(Entry(entry.line, values), run.place_id)


def _keyed_address(key: str) -> tuple[str, str]:
    """Takes "04159.Leipzig.Schlossweg.11" apart."""
    parts = key.split(".")
    is_address = len(parts) >= 2 and parts[0].isdecimal()
    return (parts[0], parts[1]) if is_address else ("", "")


def _key(name: str, place: str) -> str:
    return sha256(f"{bare_name(name)}|{fold_name(place)}".encode()).hexdigest()


def bare_name(name: str) -> str:
    """The folded name without what tells the legal form alone."""
    folded = fold_name(name)
    return " ".join(LEGAL_FORMS.sub(" ", folded).split()) or folded
