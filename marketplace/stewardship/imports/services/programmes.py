"""Rows that become funding programmes: amount and deadline as told, and as read."""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.text import fold_name
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.services import list_programme
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.region.topics.rules import topics_from_text
from marketplace.stewardship.imports.enums import HeldReason, Outcome
from marketplace.stewardship.imports.services.entries import (
    Entry,
    WaitingRow,
    day_from,
    since_from,
)
from marketplace.stewardship.imports.services.grants import euros_from
from marketplace.stewardship.imports.services.likeness import Known, Likenesses, known
from marketplace.stewardship.imports.services.runs import (
    Ledger,
    Run,
    Take,
    write_unedited,
)
from marketplace.stewardship.imports.services.texts import cut, link_of, named

EVERYWHERE = re.compile(
    r"deutschland|bundesweit|ostdeutschland|mitteldeutschland", re.IGNORECASE
)
NAMES: Mapping[FederalState, re.Pattern[str]] = {
    FederalState.SAXONY: re.compile(r"\bsachsen\b(?!-anhalt)", re.IGNORECASE),
    FederalState.SAXONY_ANHALT: re.compile(r"\bsachsen-anhalt\b", re.IGNORECASE),
    FederalState.THURINGIA: re.compile(r"\bthüringen\b", re.IGNORECASE),
}
# "Thüringen (Sachsen-Anhalt nicht genannt)": an aside names what is not meant.
_ASIDE = re.compile(r"\([^)]*\b(nicht|außer|ohne)\b[^)]*\)")
_RECURRING = re.compile(
    r"laufend|jederzeit|jährlich|jeweils|alle \w+ jahre|jedes jahr", re.IGNORECASE
)
_DAY = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def take_programmes(run: Run) -> Take:
    """Rows become programmes."""
    return Programmes(run).take


class Programmes:
    """Takes the rows of one file over."""

    def __init__(self, run: Run) -> None:
        self.run, self.ledger = run, Ledger(run)
        files = {row.thing_id: row.file_name for row in self.ledger.rows.values()}
        there = db.session.execute(
            select(Programme.id, Programme.name, Programme.funder)
        )
        self.likenesses = Likenesses(
            known(number, name, funder, "", None, files.get(number, ""))
            for number, name, funder in there
        )
        self.seen: set[str] = set()

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, without reading all of it again."""
        self.run = run
        self.ledger.go_on(run)
        self.seen = set()

    def take(self, entry: Entry) -> Outcome:
        """Lists a row, refreshes what it said before, or holds what is there twice."""
        name = entry.need("name", "Name")
        funder = entry.need("funder", "Förderer")
        entry.need("source", "Quelle")
        key = self._key(entry, name, funder)
        row = self.ledger.rows.get(key)
        if key in self.seen or self.ledger.is_of_this_run(key):
            like_id = row.thing_id if row else None
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like_id)
        self.seen.add(key)
        if self.ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        values = programme_values(entry)
        programme = db.session.get(Programme, row.thing_id) if row else None
        if row is None or programme is None:
            return self._list(key, entry, values)
        written = self.ledger.note(key, entry, programme.id)
        outcome = write_unedited(programme, values, written)
        if outcome is Outcome.UPDATED:
            list_programme(programme, at=self.run.order.at)
        return outcome

    def _list(self, key: str, entry: Entry, values: dict[str, Any]) -> Outcome:
        thing = self._known(0, values)
        # The editions of one programme are alike and stand in one file.
        like = self.likenesses.like(thing, has_own_ids=True)
        if like and not self.run.is_told_apart:
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like.id)

        programme = Programme(source_key=key, **values)
        list_programme(programme, at=self.run.order.at)
        write_unedited(programme, values, self.ledger.note(key, entry, programme.id))
        self.likenesses.add(self._known(programme.id, values))
        return Outcome.CREATED

    def _known(self, number: int, values: Mapping[str, Any]) -> Known:
        file_name = self.run.file_name
        return known(number, values["name"], values["funder"], "", None, file_name)

    def _key(self, entry: Entry, name: str, funder: str) -> str:
        if self.run.is_told_apart:
            return entry.digest
        return sha256(f"{fold_name(name)}|{fold_name(funder)}".encode()).hexdigest()


def states_from(region: str) -> frozenset[FederalState]:
    """The states a region names; all of them where it is the whole country."""
    if EVERYWHERE.search(region):
        return frozenset(FederalState)
    told = _ASIDE.sub("", region)
    return frozenset(state for state, name in NAMES.items() if name.search(told))


def closing_from(text: str) -> tuple[date | None, bool]:
    """The last day a deadline names, and whether it comes again and again.

    A year alone ends with its last day.
    """
    days = [day for hit in _DAY.findall(text) if (day := day_from(hit))]
    day = day_from(text) or max(days, default=None)
    if day is None and _YEAR.fullmatch(text):
        day = date(int(text), 12, 31)
    return day, _RECURRING.search(text) is not None


def programme_values(entry: Entry) -> dict[str, Any]:
    """What a row says, in the columns of what it becomes."""
    closes_on, is_recurring = closing_from(entry.get("deadline"))
    return {
        "name": cut(entry.get("name"), 200),
        "funder": cut(entry.get("funder"), 200),
        "kind_text": cut(entry.get("kind"), 80),
        "who_can_apply": entry.get("who_can_apply"),
        "region_text": cut(entry.get("region"), 300),
        "states": states_from(entry.get("region")),
        "topics": named(Topic, entry.get("topics"))
        or topics_from_text(entry.get("topics")),
        "amount_text": entry.get("amount"),
        "amount_eur": euros_from(entry.get("amount")),
        "deadline_text": entry.get("deadline"),
        "closes_on": closes_on,
        "is_recurring": is_recurring,
        "link": link_of(entry.get("url")),
        "source": cut(entry.get("source"), 400),
        "licence": cut(entry.get("licence"), 120),
        "as_of": since_from(entry.get("as_of")),
        "as_of_text": cut(entry.get("as_of"), 40),
    }
