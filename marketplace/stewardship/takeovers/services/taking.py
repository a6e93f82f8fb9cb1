"""One entry of a file is taken over: written, revised, left as it is, or refused."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.tables import PeriodEntry
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key
from marketplace.region.lines.rules import LineEntry
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.imports.services.entries import RejectedRow
from marketplace.stewardship.takeovers.enums import Fate, TakeoverKind
from marketplace.stewardship.takeovers.models import TakenEntry
from marketplace.stewardship.takeovers.queries import living_postings, taken_of
from marketplace.stewardship.takeovers.services.crafts import CRAFTS
from marketplace.stewardship.takeovers.services.likeness import (
    Days,
    days_of,
    days_told,
    like_of,
    with_day,
)
from marketplace.stewardship.takeovers.services.lines import said_lines, with_details
from marketplace.stewardship.takeovers.services.placing import site_for
from marketplace.stewardship.takeovers.services.told import Told
from marketplace.stewardship.takeovers.services.values import (
    Notes,
    Values,
    ends_on,
    proposed,
    values_of,
)
from marketplace.stewardship.takeovers.tables import FIELDS

LONGEST_NAME = 120


@dataclass(frozen=True)
class Item:
    """What becomes of an entry, and why; `posting` is the one it is, or is like."""

    told: Told
    outcome: Outcome
    reason: str = ""
    posting: Posting | None = None
    days: Days = None

    @property
    def stored(self) -> dict[str, Any]:
        """As it is kept beside the file."""
        there = self.posting
        title = with_day(there.title, days_of(there)) if there else ""
        return {
            "line": self.told.entry.line,
            "title": with_day(self.told.entry.get("title")[:LONGEST_NAME], self.days),
            "kind": self.told.kind.value,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "key": self.posting.public_id if self.posting else "",
            "like": title if self.outcome is Outcome.HELD else "",
        }


@dataclass
class Taker:
    """Takes the entries of one file over, for an organisation.

    `fates` say of entries that are probably there already what they are, by line;
    `told` are the kinds and keys of the whole file.
    """

    organisation: Organisation
    file_name: str
    actor: User
    at: datetime
    is_submitted: bool = False
    fates: Mapping[int, Fate] = field(default_factory=dict)
    told: AbstractSet[tuple[TakeoverKind, str]] = frozenset()
    known: dict[tuple[TakeoverKind, str], TakenEntry] = field(init=False)
    seen: dict[tuple[TakeoverKind, str], int] = field(default_factory=dict)
    living: dict[TakeoverKind, list[Posting]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {(e.kind, e.key): e for e in taken_of(self.organisation)}

    def take(self, told: Told) -> Item:
        """Takes an entry over whole, or not at all."""
        try:
            with db.session.begin_nested():
                return self._take(told)
        except RejectedRow as rejected:
            return Item(told, Outcome.REJECTED, rejected.reason)
        except Refusal as refusal:
            return Item(told, Outcome.REJECTED, refusal.sentence)

    def _take(self, told: Told) -> Item:
        if told.is_broken:
            raise RejectedRow(_("Die Zeile hat mehr Zellen als Überschriften."))
        first = self.seen.setdefault((told.kind, told.key), told.entry.line)
        if first != told.entry.line:
            raise RejectedRow(_("Der Eintrag steht in der Datei schon weiter oben."))
        known = self.known.get((told.kind, told.key))
        posting = self._posting(told, known)
        if known and posting is None:
            return Item(told, Outcome.UNCHANGED, _("Sie haben ihn hier gelöscht."))
        if known and posting and known.digest == told.entry.digest:
            known.file_name, known.taken_at = self.file_name, self.at
            return Item(told, Outcome.UNCHANGED, posting=posting)

        notes = Notes()
        values = values_of(told, notes)
        site, words = site_for(told.entry, self.organisation)
        notes.add(words)
        if site:
            values["site_id"] = site.id
        if posting is None:
            like = like_of(values, site, self._living(told.kind))
            fate = self.fates.get(told.entry.line, Fate.LEAVE)
            if like and fate is Fate.LEAVE:
                return Item(told, Outcome.HELD, str(notes), like, days_told(values))
            posting = like if fate is Fate.SAME else None
        if posting is None:
            return self._write(told, values, notes)
        return self._revise(told, posting, values, notes)

    def _posting(self, told: Told, known: TakenEntry | None) -> Posting | None:
        """What the entry became, or the posting of ours that the file is about."""
        key = known.posting_key if known else told.own_key
        found = posting_by_key(CRAFTS[told.kind].model, key) if key else None
        return found if found and found.organisation is self.organisation else None

    def _living(self, kind: TakeoverKind) -> list[Posting]:
        """What the organisation has of a kind, without what this file tells itself."""
        if kind not in self.living:
            taken = {
                entry.posting_key
                for key, entry in self.known.items()
                if entry.kind is kind and key in self.told
            }
            there = living_postings(CRAFTS[kind].model, self.organisation)
            self.living[kind] = [p for p in there if p.public_id not in taken]
        return self.living[kind]

    def _write(self, told: Told, values: Values, notes: Notes) -> Item:
        last = ends_on(values)
        if last and last < day_of(self.at):
            raise RejectedRow(_("Der letzte Tag ist schon vorbei."))
        craft = CRAFTS[told.kind]
        entry = craft.entry(**values)
        posting = craft.write(self.organisation, entry, actor=self.actor, at=self.at)
        self._note(
            told, posting, {name: plain(value) for name, value in values.items()}
        )
        if lines := said_lines(values.get("lines", ())):
            notes.add(f"{FIELDS['lines']}: {lines}.")
        if self.is_submitted:
            self._submit(told.kind, posting, notes)
        return Item(told, Outcome.CREATED, str(notes), posting, days_told(values))

    def _submit(self, kind: TakeoverKind, posting: Posting, notes: Notes) -> None:
        """Hands it in; what is not complete or lawful stays a draft, and says why."""
        try:
            with db.session.begin_nested():
                CRAFTS[kind].move(posting, Act.SUBMIT, actor=self.actor, at=self.at)
        except Refusal as refusal:
            notes.add(_("Bleibt ein Entwurf: %(why)s", why=refusal.sentence))

    def _revise(
        self, told: Told, posting: Posting, values: Values, notes: Notes
    ) -> Item:
        """Writes what the file says anew, but over nothing that a person changed."""
        craft = CRAFTS[told.kind]
        there = craft.entry_of(posting)
        if "periods" in values:
            values["periods"] = _with_keys(values["periods"], there.periods)
        if "lines" in values:
            values["lines"] = with_details(values["lines"], there.lines)
        for name in proposed(told.entry) & values.keys():
            if getattr(there, name):
                del values[name]
        known = self.known.get((told.kind, told.key))
        written = known.written if known else {}
        edited = {
            name
            for name in values
            if name in written and plain(getattr(there, name)) != written[name]
        }
        changed = {
            name: value
            for name, value in values.items()
            if name not in edited and plain(getattr(there, name)) != plain(value)
        }
        kept = [n for n in edited if plain(getattr(there, n)) != plain(values[n])]
        if changed:
            entry = replace(there, **changed)
            craft.revise(posting, entry, actor=self.actor, at=self.at)
            notes.add(_("Geändert: %(names)s.", names=_names(changed)))
        if kept:
            notes.add(_("Von Hand geändert, bleibt: %(names)s.", names=_names(kept)))
        now = {n: plain(value) for n, value in values.items() if n not in edited}
        self._note(told, posting, {**written, **now})
        outcome = Outcome.UPDATED if changed else Outcome.UNCHANGED
        return Item(told, outcome, str(notes), posting, days_of(posting))

    def _note(self, told: Told, posting: Posting, written: dict[str, Any]) -> None:
        row = self.known.get((told.kind, told.key))
        if row is None:
            row = TakenEntry(
                organisation_id=self.organisation.id, kind=told.kind, key=told.key
            )
            db.session.add(row)
            self.known[told.kind, told.key] = row
        row.posting_key, row.digest = posting.public_id, told.entry.digest
        row.file_name, row.written, row.taken_at = self.file_name, written, self.at
        with suppress(ValueError):  # it is no longer one that stands for itself
            self._living(told.kind).remove(posting)


def plain(value: Any) -> Any:
    """Gives a value of an entry as it is compared and kept; nothing is as empty."""
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    if isinstance(value, PeriodEntry):
        days = (value.starts_on, value.ends_on, value.apply_until)
        return [*map(plain, days), value.place_count]
    if isinstance(value, LineEntry):
        months = (value.months_from, value.months_to)
        return [str(value.kind), value.item, value.quantity, *map(plain, months)]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _names(fields: Any) -> str:
    return ", ".join(sorted(str(FIELDS[name]) for name in fields))


def _with_keys(
    told: tuple[PeriodEntry, ...], there: tuple[PeriodEntry, ...]
) -> tuple[PeriodEntry, ...]:
    """The periods of a file; one that begins on the same day is the one there is.

    Those that the file does not name stay, and so does until when to apply.
    """
    by_day = {period.starts_on: period for period in there}
    renewed = [
        replace(by_day[p.starts_on], ends_on=p.ends_on, place_count=p.place_count)
        if p.starts_on in by_day
        else p
        for p in told
    ]
    renewed = [
        replace(new, apply_until=p.apply_until or new.apply_until)
        for new, p in zip(renewed, told, strict=True)
    ]
    days = {period.starts_on for period in told}
    return (*(p for p in there if p.starts_on not in days), *renewed)
