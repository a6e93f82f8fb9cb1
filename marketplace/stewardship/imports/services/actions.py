"""Rows that become actions: ideas others can take over, open in all three states."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.text import fold_name, plain
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import list_action, tell_existence
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from marketplace.region.topics.rules import audiences_from_text, topics_from_text
from marketplace.stewardship.imports.enums import HeldReason, Outcome
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    WaitingRow,
    since_from,
)
from marketplace.stewardship.imports.services.likeness import Known, Likenesses
from marketplace.stewardship.imports.services.runs import (
    Ledger,
    Run,
    Take,
    raise_twice,
    write_unedited,
)
from marketplace.stewardship.imports.services.texts import (
    Description,
    cut,
    link_of,
    named,
)

# What one calls oneself adds nothing to what one is called.
TITLES = frozenset({"initiative"})
STANDINGS: Mapping[str, Standing] = {
    **dict.fromkeys(("ja", "yes", "x", "gibt es"), Standing.EXISTS),
    **dict.fromkeys(("nein", "no", "gibt es nicht"), Standing.ABSENT),
    **dict.fromkeys(("", "offen", "open", "?", "unbekannt"), Standing.OPEN),
}


def take_actions(run: Run) -> Take:
    """Rows become actions."""
    return Actions(run).take


class Actions:
    """Takes the rows of one file over."""

    def __init__(self, run: Run) -> None:
        self.run, self.ledger = run, Ledger(run)
        files = {row.thing_id: row.file_name for row in self.ledger.rows.values()}
        there = db.session.execute(select(Action.id, Action.title, Action.link)).all()
        self.likenesses = Likenesses(
            _known(number, title, files.get(number, ""))
            for number, title, _link in there
        )
        self.by_address = {address_of(link): number for number, _t, link in there}
        self.seen: dict[str, int] = {}

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, without reading all of it again."""
        self.run = run
        self.ledger.go_on(run)
        self.seen = {}

    def take(self, entry: Entry) -> Outcome:
        """Lists a row, refreshes what it said before, or holds what is there twice."""
        entry.need("title", "Titel")
        entry.need("description", "Beschreibung")
        entry.need("source", "Quelle")
        standings = _standings(entry)
        key = self._key(entry)
        self._only_once(key, entry)
        if self.ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        row = self.ledger.rows.get(key)
        values = action_values(entry)
        action = db.session.get(Action, row.thing_id) if row else None
        if row is None or action is None:
            return self._list(key, entry, values, standings)
        written = self.ledger.note(key, entry, action.id)
        outcome = write_unedited(action, values, written)
        told = self._tell(action, entry, standings)
        if outcome is Outcome.UPDATED or told:
            list_action(action, at=self.run.order.at)
            return Outcome.UPDATED
        return Outcome.UNCHANGED

    def _list(
        self,
        key: str,
        entry: Entry,
        values: dict[str, Any],
        standings: Mapping[FederalState, Standing],
    ) -> Outcome:
        thing = _known(0, values["title"], self.run.file_name)
        address = address_of(values["link"])
        like = self.likenesses.like(thing, has_own_ids="id" in self.run.columns)
        like_id = like.id if like else self.by_address.get(address) if address else None
        if like_id is not None and not self.run.is_told_apart:
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like_id)

        action = Action(source_key=key, **values)
        list_action(action, at=self.run.order.at)
        write_unedited(action, values, self.ledger.note(key, entry, action.id))
        self._tell(action, entry, standings)
        self.likenesses.add(_known(action.id, action.title, self.run.file_name))
        self.by_address.setdefault(address, action.id)
        return Outcome.CREATED

    def _tell(
        self, action: Action, entry: Entry, standings: Mapping[FederalState, Standing]
    ) -> bool:
        """Writes what a source says of the states; says whether anything was new."""
        on = since_from(entry.get("as_of")) or day_of(self.run.order.at)
        evidence = cut(entry.get("evidence") or entry.get("source"), 300)
        told = [
            tell_existence(action, state, standing, on=on, evidence=evidence)
            for state, standing in standings.items()
            if standing is not Standing.OPEN
        ]
        return any(told)

    def _key(self, entry: Entry) -> str:
        """The number a list gave the row, else its folded title."""
        if self.run.is_told_apart:
            return entry.digest
        if entry.get("id"):
            return cut(entry.get("id"), 200)
        return sha256(bare_title(entry.get("title")).encode()).hexdigest()

    def _only_once(self, key: str, entry: Entry) -> None:
        self.seen.setdefault(key, entry.line)
        if self.seen[key] != entry.line or self.ledger.is_of_this_run(key):
            raise_twice(entry, self.seen[key], self.ledger.rows.get(key))


def bare_title(title: str) -> str:
    """The folded title without what an action calls itself."""
    words = [word for word in fold_name(title).split() if word not in TITLES]
    return " ".join(words) or fold_name(title)


def address_of(link: str) -> str:
    """A web address as it is compared: without scheme, `www.` and the last slash."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _known(number: int, title: str, file_name: str) -> Known:
    return Known(number, bare_title(title), "", "", None, file_name)


def _standings(entry: Entry) -> dict[FederalState, Standing]:
    return {state: _standing(entry.get(state.name.lower())) for state in FederalState}


def _standing(text: str) -> Standing:
    standing = STANDINGS.get(plain(text))
    if standing is None:
        raise RejectedRow(
            _("„%(text)s“ ist weder ja noch nein noch offen.", text=cut(text, 80))
        )
    return standing


def action_values(entry: Entry) -> dict[str, Any]:
    """What a row says, in the columns of what it becomes."""
    rest = Description(entry.get("description"))
    told = f"{entry.get('topics')} {entry.get('title')}"
    return {
        "title": rest.fit(entry.get("title"), 160),
        "initiator": rest.fit(entry.get("initiator"), 160),
        "topics": named(Topic, entry.get("topics"))
        or topics_from_text(told)
        or topics_from_text(entry.get("description")),
        "audiences": named(Audience, entry.get("audience"))
        or audiences_from_text(entry.get("audience")),
        "effort_text": rest.fit(entry.get("effort"), 300),
        "cost_text": rest.fit(entry.get("cost"), 300),
        "material": entry.get("material"),
        "advice": entry.get("advice"),
        "funding": entry.get("funding"),
        "link": link_of(entry.get("url")),
        "source": cut(entry.get("source"), 400),
        "licence": cut(entry.get("licence"), 120),
        "as_of": since_from(entry.get("as_of")),
        "as_of_text": cut(entry.get("as_of"), 40),
        "description": str(rest),
    }
