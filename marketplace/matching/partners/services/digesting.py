"""The Monday letter: new partners, a few for each entry, never the same twice soon."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any

from flask_babel import force_locale
from sqlalchemy import Select, delete, select

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.partners import mails
from marketplace.matching.partners.models import DigestShowing
from marketplace.matching.partners.queries import (
    all_digest_showings,
    offers_by_id,
    sites_by_id,
    was_shown,
)
from marketplace.matching.partners.services.explaining import explain
from marketplace.matching.partners.services.worlds import (
    OFFER,
    World,
    thing_of,
    world_at,
)
from marketplace.matching.scores.ranking import rank
from marketplace.people.accounts.enums import Notice
from marketplace.people.organisations.models import Site
from marketplace.people.organisations.queries import willing_readers
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.mail.services import queue

MONDAY = 0
# So many of the list are looked at, and so many of them shown.
LISTED, SHOWN = 20, 3
# A pair is shown once in so many days.
REST_DAYS = 90
# Of so many organisations the entries are read at once.
SOME = 50

Things = dict[int, Offer | Site]


@dataclass(frozen=True)
class News:
    """One letter: what it tells, to whom, and which pairs it shows."""

    sections: Sequence[dict[str, Any]]
    readers: Sequence[str]
    pairs: Sequence[tuple[int, int]]


def monday_news(*, at: datetime) -> list[News]:
    """On Mondays what is new for each organisation; the long part, which only reads.

    Safe to run twice: who was shown something today is shown nothing more.
    """
    today = day_of(at)
    if today.weekday() != MONDAY:
        return []
    world, readers = world_at(at), willing_readers(Notice.DIGEST)
    shown = all_digest_showings(since=today - timedelta(days=REST_DAYS))
    by_organisation: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for profile_id, profile in sorted(world.index.profiles.items()):
        before = shown.get(profile_id, {})
        if profile.organisation_id in readers and today not in before.values():
            new = _new(world, profile_id, before)
            by_organisation[profile.organisation_id][profile_id] = new
    news = []
    for some in _batched(by_organisation.items()):
        numbers = {n for _one, found in some for n in (*found, *chain(*found.values()))}
        things = _things(sorted(numbers))
        for organisation_id, found in some:
            news.append(_letter(world, found, things, readers[organisation_id]))
    return [one for one in news if one.pairs]


def write_news(news: Sequence[News], *, at: datetime) -> None:
    """Leaves letters in the outbox, and notes whom they show."""
    for one in news:
        queue(mails.digest(one.sections), one.readers, at=at)
        db.session.add_all(
            DigestShowing(profile_id=mine, other_id=other, shown_on=day_of(at))
            for mine, other in one.pairs
        )


def showings_before(day: date) -> Select[Any]:
    """The numbers of what letters have shown before a day."""
    query = select(DigestShowing.id).where(DigestShowing.shown_on < day)
    return query.order_by(DigestShowing.id)


def forget_showings(ids: Sequence[int]) -> None:
    """Drops some; no letter and no click asks for them any more."""
    db.session.execute(delete(DigestShowing).where(DigestShowing.id.in_(ids)))


def came_by_digest(profile_id: int, other_id: int, *, at: datetime) -> bool:
    """Says whether a Monday letter has shown this profile the other one lately."""
    since = day_of(at) - timedelta(days=REST_DAYS)
    return was_shown(profile_id, other_id, since=since)


def _letter(
    world: World,
    found: Mapping[int, Sequence[int]],
    things: Things,
    readers: Sequence[str],
) -> News:
    """One letter about all entries of an organisation; without pairs if none is new."""
    told = {
        one: [other for other in others if other in things]
        for one, others in found.items()
        if one in things
    }
    with force_locale("de"):
        sections = [
            _section(world, one, others, things) for one, others in told.items()
        ]
    pairs = [(one, other) for one, others in told.items() for other in others]
    return News(sections, readers, pairs)


def _batched(
    items: Iterable[tuple[int, dict[int, list[int]]]],
) -> Iterator[list[tuple[int, dict[int, list[int]]]]]:
    rest = iter(items)
    while some := list(islice(rest, SOME)):
        yield some


def _new(world: World, profile_id: int, shown: Collection[int]) -> list[int]:
    """The first of a list that no letter has shown lately."""
    matches = rank(world.index, profile_id, LISTED)
    fresh = [m.profile_id for m in matches if m.profile_id not in shown]
    return fresh[:SHOWN]


def _section(
    world: World, profile_id: int, others: Sequence[int], things: Things
) -> dict[str, Any]:
    mine, profiles = things[profile_id], world.index.profiles
    reader = profiles.get(profile_id)
    partners = []
    for other in others:
        partner, thing = profiles.get(other), things[other]
        if reader is None or partner is None:
            continue  # gone meanwhile
        why = explain(reader, partner, world.index.weights)
        partners.append(
            {
                "name": thing.organisation.name,
                "place": thing.place_name or "",
                "km": why.km,
                "points": why.points,
                "key": thing.public_id,
            }
        )
    title = mine.title if isinstance(mine, Offer) else mine.name
    return {"title": title, "key": mine.public_id, "partners": partners}


def _things(profile_ids: Sequence[int]) -> Things:
    numbers = [(one, *thing_of(one)) for one in profile_ids]
    offers = offers_by_id([n for _one, kind, n in numbers if kind == OFFER])
    sites = sites_by_id([n for _one, kind, n in numbers if kind != OFFER])
    found: dict[int, Offer | Site | None] = {
        one: offers.get(n) if kind == OFFER else sites.get(n)
        for one, kind, n in numbers
    }
    return {one: thing for one, thing in found.items() if thing}
