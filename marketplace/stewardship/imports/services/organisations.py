"""Rows that become organisations, known by name alone until somebody claims them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from marketplace.foundation.database import db
from marketplace.foundation.text import bare_name, fold_name
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.imports.enums import HeldReason, Outcome
from marketplace.stewardship.imports.services.directory import Directory
from marketplace.stewardship.imports.services.entries import Entry, WaitingRow
from marketplace.stewardship.imports.services.gazetteer import Gazetteer, Spot
from marketplace.stewardship.imports.services.likeness import Known, Likenesses
from marketplace.stewardship.imports.services.runs import (
    Ledger,
    Run,
    Take,
    write_unedited,
)
from marketplace.stewardship.imports.services.texts import cut, link_of

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


# A word this short must stand alone: a Hochschule is no Schule.
LONGEST_WHOLE = 6
LONGEST_NAME, LONGEST_SOURCE = 160, 300


def take_organisations(run: Run) -> Take:
    """Rows become organisations; or, if they only tell of funding, notes on them."""
    organisations = Organisations(run)
    is_note = "funding" in run.columns and "type" not in run.columns
    return organisations.note if is_note else organisations.take


class Organisations:
    """Takes the rows of one file over."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.directory, self.ledger = Directory(run), Ledger(run)
        self.gazetteer = Gazetteer()
        self.likenesses = Likenesses(self.directory.known())
        self.seen: set[str] = set()

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, without reading all of it again."""
        self.run = self.directory.run = run
        self.ledger.go_on(run)
        self.seen = set()

    def take(self, entry: Entry) -> Outcome:
        """Adds an organisation, refreshes what is known of it, or holds its like."""
        name = entry.need("name", "Name")
        key = self._key(entry, entry.get("city"))
        self._only_once(key)
        if self.ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        spot, values = self._spot(entry), organisation_values(entry)
        found = self.directory.find(name, spot.place_name)
        if found is None or self.run.is_told_apart:
            return self._add(key, entry, spot, values)
        organisation = db.session.get_one(Organisation, found)
        row = self.ledger.note(key, entry, found)
        if organisation.state is not OrganisationState.IMPORTED:
            return Outcome.UNCHANGED
        told = {column: value for column, value in values.items() if value}
        return write_unedited(organisation, told, row)

    def note(self, entry: Entry) -> Outcome:
        """Adds to the note of an organisation how it is paid for."""
        name, funding = entry.need("name", "Name"), entry.get("funding")
        key = self._key(entry, "funding")
        if self.ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        spot = self._spot(entry)
        found = self.directory.find(name, spot.place_name)
        if found is None:
            return self._add(key, entry, spot, organisation_values(entry))
        organisation = db.session.get_one(Organisation, found)
        self.ledger.note(key, entry, found)
        if not funding or funding in organisation.note:
            return Outcome.UNCHANGED
        organisation.note = f"{organisation.note}\n{funding}".strip()
        return Outcome.UPDATED

    def _add(
        self, key: str, entry: Entry, spot: Spot, values: dict[str, Any]
    ) -> Outcome:
        place = fold_name(spot.place_name or "")
        thing = Known(0, bare_name(entry.get("name")), "", place, spot.point)
        like = self.likenesses.like(thing, has_own_ids=False)
        if like and not self.run.is_told_apart:
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like.id)

        organisation = self.directory.create(values, spot)
        row = self.ledger.note(key, entry, organisation.id)
        write_unedited(organisation, values, row)
        self.likenesses.add(replace(thing, id=organisation.id))
        return Outcome.CREATED

    def _spot(self, entry: Entry) -> Spot:
        """Where it sits; a list may leave that open."""
        code, city = _keyed_address(entry.get("address_key"))
        told = {"postal_code": code, "city": city} if city else {}
        values = dict(entry.values) | told
        if not values.keys() & {"city", "postal_code", "state", "latitude"}:
            return Spot()
        return self.gazetteer.spot(Entry(entry.line, values), self.run.place_id)

    def _only_once(self, key: str) -> None:
        if key in self.seen or self.ledger.is_of_this_run(key):
            row = self.ledger.rows.get(key)
            like_id = row.thing_id if row else None
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like_id)
        self.seen.add(key)

    def _key(self, entry: Entry, place: str) -> str:
        if self.run.is_told_apart:
            return entry.digest
        words = f"{bare_name(entry.get('name'))}|{fold_name(place)}"
        return sha256(words.encode()).hexdigest()


def organisation_values(entry: Entry) -> dict[str, Any]:
    """What a row says, in the columns of what it becomes."""
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
    is_short = len(begin) <= LONGEST_WHOLE
    return any(w == begin or (w.startswith(begin) and not is_short) for w in words)


def _source(text: str) -> str:
    """Names minutes as the office does: "Protokoll der …, 12.10.2018"."""
    return re.sub(r"^(Protokoll [\w ]+?) vom (?=\d)", r"\1, ", text)


def _keyed_address(key: str) -> tuple[str, str]:
    """Takes "04159.Leipzig.Schlossweg.11" apart."""
    parts = key.split(".")
    is_address = len(parts) >= 2 and parts[0].isdecimal()
    return (parts[0], parts[1]) if is_address else ("", "")
