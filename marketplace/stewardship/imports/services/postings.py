"""Rows that become hints: offers and internships nobody has confirmed."""

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _, in_german, lazy
from marketplace.foundation.text import fold_name
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.rules import MOST_OCCUPATIONS
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.services import list_hint
from marketplace.postings.offers.models import Offer
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.queries import occupations_titled
from marketplace.region.topics.enums import Audience, CostClass, Topic
from marketplace.region.topics.rules import (
    audiences_from_text,
    cost_class_from_text,
    format_from_text,
    topics_from_text,
)
from marketplace.stewardship.imports.enums import HeldReason, Outcome
from marketplace.stewardship.imports.rules import similarity, trigrams
from marketplace.stewardship.imports.services.directory import Directory
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    WaitingRow,
    since_from,
)
from marketplace.stewardship.imports.services.gazetteer import Gazetteer, Spot
from marketplace.stewardship.imports.services.likeness import Known, Likenesses, known
from marketplace.stewardship.imports.services.runs import (
    Ledger,
    Noted,
    Run,
    Take,
    raise_twice,
    write_unedited,
)
from marketplace.stewardship.imports.services.texts import (
    BETWEEN,
    Description,
    cut,
    link_of,
    named,
)

# What a kind of posting makes of a row; what does not fit goes into the description.
Columns = Callable[[Entry, Description], dict[str, Any]]
PROVIDER = frozenset({OrganisationKind.PROVIDER})
COMPANY = frozenset({OrganisationKind.COMPANY})
VISIBLE = (*PUBLIC_STATES, PostingState.LISTED)
# Below this, two rows with one number are two things of two lists.
HARDLY_ALIKE = 0.4
# What an organisation is called that a list does not name; the same in any language.
NOT_NAMED = lazy("Anbieter nicht genannt")


def take_offers(run: Run) -> Take:
    """Rows become offers that are listed."""
    return Postings(run, Offer, offer_columns, PROVIDER).take


def take_internships(run: Run) -> Take:
    """Rows become internships that are listed."""
    return Postings(run, Internship, internship_columns, COMPANY).take


def offer_columns(entry: Entry, rest: Description) -> dict[str, Any]:
    """What an offer has beside the columns of every posting."""
    shape = format_from_text(entry.get("format"))
    if shape is None:
        rest.keep(entry.get("format"))
    cost = entry.get("cost")
    dates = [entry.get("availability"), entry.get("duration")]
    return {
        "format": shape or format_from_text(entry.get("title")),
        "dates_text": rest.fit(" · ".join(filter(None, dates)), 200),
        "audience_text": rest.fit(entry.get("audience"), 300),
        "group_size": rest.fit(entry.get("group_size"), 120),
        "cost": next(iter(named(CostClass, cost)), cost_class_from_text(cost)),
        "cost_text": rest.fit(entry.get("cost"), 300),
        "funding_today": entry.get("funding"),
    }


def internship_columns(entry: Entry, rest: Description) -> dict[str, Any]:
    """What an internship has beside the columns of every posting."""
    bases = named(Basis, entry.get("kind"))
    if not bases:
        rest.keep(entry.get("kind"))
    if not occupations_in(entry):
        rest.keep(entry.get("occupations"))
    times = [entry.get("period"), entry.get("duration")]
    return {
        "shape": Shape.ON_REQUEST,
        "bases": bases,
        "audience_text": rest.fit(entry.get("audience"), 300),
        "period_text": rest.fit(" · ".join(filter(None, times)), 300),
        "places_text": rest.fit(entry.get("places"), 160),
        "terms_text": rest.fit(entry.get("conditions"), 400),
    }


def occupations_in(entry: Entry) -> list[int]:
    """The numbers of the occupations a row names, if all are known by these words."""
    titles = list(filter(None, entry.get("occupations").split(BETWEEN)))
    known = occupations_titled(titles) if len(titles) <= MOST_OCCUPATIONS else ()
    return [found.id for found in known] if len(known) == len(titles) else []


class Postings:
    """Takes the rows of one file over as hints."""

    def __init__(
        self,
        run: Run,
        model: type[Posting],
        columns: Columns,
        kinds: frozenset[OrganisationKind],
    ) -> None:
        self.run, self.model = run, model
        self.columns, self.kinds = columns, kinds
        self.ledger, self.directory = Ledger(run), Directory(run)
        self.gazetteer = Gazetteer()
        self.likenesses = Likenesses(self._there())
        self.seen: dict[str, int] = {}

    def go_on(self, run: Run) -> None:
        """Begins the next part of the same file, without reading all of it again."""
        self.run = self.directory.run = run
        self.ledger.go_on(run)
        self.seen = {}

    def take(self, entry: Entry) -> Outcome:
        """Lists a row, refreshes what it said before, or holds what is there twice."""
        entry.need("title", "Titel")
        entry.need("source", "Quelle")
        key = self._key(entry)
        self._only_once(key, entry)
        if self.ledger.is_same(key, entry):
            return Outcome.UNCHANGED
        spot = self.gazetteer.spot(entry, self.run.place_id)
        row = self.ledger.rows.get(key)
        if row:
            return self._refresh(row, entry, spot)
        return self._list(key, entry, spot)

    def _list(self, key: str, entry: Entry, spot: Spot) -> Outcome:
        thing = self._known(0, entry, spot)
        like = self.likenesses.like(thing, has_own_ids="id" in self.run.columns)
        if like and not self.run.is_told_apart:
            raise WaitingRow(HeldReason.LIKELY_DUPLICATE, like_id=like.id)

        values = self._values(entry, spot)
        posting = self.model(source_key=key, **values)
        posting.organisation = db.session.get_one(
            Organisation, values["organisation_id"]
        )
        _show(posting, entry, at=self.run.order.at)
        write_unedited(posting, values, self.ledger.note(key, entry, posting.id))
        self.likenesses.add(self._known(posting.id, entry, spot))
        return Outcome.CREATED

    def _refresh(self, known: Noted, entry: Entry, spot: Spot) -> Outcome:
        posting = db.session.get(self.model, known.thing_id)
        if posting and posting.source_key != known.key:
            posting = None  # deleted; SQLite gave its number to another one
        self._not_of_another_list(known, entry, posting)
        row = self.ledger.note(known.key, entry, known.thing_id)
        # Claimed, frozen or gone: a file has no say in it any more.
        if posting is None or posting.state is not PostingState.LISTED:
            return Outcome.UNCHANGED
        values = self._values(entry, spot, posting.organisation_id)
        outcome = write_unedited(posting, values, row)
        if isinstance(posting, Internship):
            is_same = posting.occupation_ids == occupations_in(entry)
            outcome = outcome if is_same else Outcome.UPDATED
        if outcome is Outcome.UPDATED:
            db.session.flush()
            db.session.refresh(posting, ["organisation"])
            _show(posting, entry, at=self.run.order.at)
        return outcome

    def _values(
        self, entry: Entry, spot: Spot, organisation_id: int | None = None
    ) -> dict[str, Any]:
        """The columns of a row; a hint stays with the organisation it has."""
        told = posting_values(entry, self.columns)
        name = cut(entry.get("provider") or in_german(NOT_NAMED), 160)
        organisation_id = organisation_id or self.directory.of_posting(
            name, spot, self.kinds, told["source"]
        )
        site_id = self.directory.site_of(organisation_id, entry.get("street"), spot)
        own = {"organisation_id": organisation_id, "site_id": site_id}
        return {**spot.columns(), **told, **own}

    def _key(self, entry: Entry) -> str:
        """The number a list gave the row, else what makes it one."""
        if self.run.is_told_apart:
            return entry.digest
        if entry.get("id"):
            return cut(entry.get("id"), 200)
        words = [fold_name(entry.get(name)) for name in ("title", "provider", "city")]
        return sha256("|".join(words).encode()).hexdigest()

    def _only_once(self, key: str, entry: Entry) -> None:
        self.seen.setdefault(key, entry.line)
        if self.seen[key] != entry.line or self.ledger.is_of_this_run(key):
            raise_twice(entry, self.seen[key], self.ledger.rows.get(key))

    def _not_of_another_list(
        self, row: Noted, entry: Entry, posting: Posting | None
    ) -> None:
        if posting is None or row.file_name == self.run.file_name:
            return
        there = trigrams(fold_name(f"{posting.title} {posting.organisation.name}"))
        here = trigrams(fold_name(f"{entry.get('title')} {entry.get('provider')}"))
        if similarity(there, here) < HARDLY_ALIKE:
            raise RejectedRow(
                _(
                    "Die Nummer „%(id)s“ gehört schon zu „%(title)s“ aus %(file)s.",
                    id=entry.get("id"),
                    title=posting.title,
                    file=row.file_name,
                )
            )

    def _there(self) -> Iterator[Known]:
        files = {row.key: row.file_name for row in self.ledger.rows.values()}
        model = self.model
        rows = db.session.execute(
            select(
                model.id,
                model.source_key,
                model.title,
                Organisation.name,
                model.place_name,
                model.lat,
                model.lon,
            )
            .join(Organisation, Organisation.id == model.organisation_id)
            .where(model.state.in_(VISIBLE))
        )
        for number, key, title, name, place, lat, lon in rows:
            point = None if lat is None or lon is None else Point(lat, lon)
            yield known(number, title, name, place, point, files.get(key or "", ""))

    def _known(self, number: int, entry: Entry, spot: Spot) -> Known:
        return known(
            number,
            cut(entry.get("title"), 160),
            entry.get("provider"),
            spot.place_name,
            spot.point,
            self.run.file_name,
        )


def _show(posting: Posting, entry: Entry, *, at: datetime) -> None:
    """Lists a hint with its occupations, which stand in rows of their own."""
    if isinstance(posting, Internship):
        posting.occupation_ids = occupations_in(entry)
    list_hint(posting, *found_by(entry), at=at)


def posting_values(entry: Entry, columns: Columns) -> dict[str, Any]:
    """What a row says, in the columns of a posting, without place and organisation."""
    rest = Description(entry.get("description"))
    own = columns(entry, rest)
    title = rest.fit(entry.get("title"), 160)
    return {
        **own,
        "title": title,
        "description": str(rest),
        "topics": _topics(entry),
        "audiences": named(Audience, entry.get("audience"))
        or audiences_from_text(entry.get("audience")),
        "link": link_of(entry.get("url")),
        "source": cut(entry.get("source"), 400),
        "licence": cut(entry.get("licence"), 120),
        "as_of": since_from(entry.get("as_of")),
        "as_of_text": cut(entry.get("as_of"), 40),
    }


def _topics(entry: Entry) -> frozenset[Any]:
    if exactly := named(Topic, entry.get("topics")):
        return exactly
    told = f"{entry.get('topics')} {entry.get('occupations')} {entry.get('title')}"
    return topics_from_text(told) or topics_from_text(entry.get("description"))


def found_by(entry: Entry) -> tuple[str, ...]:
    """Further words by which a hint is found."""
    return tuple(
        entry.get(name) for name in ("topics", "audience", "format", "occupations")
    )
