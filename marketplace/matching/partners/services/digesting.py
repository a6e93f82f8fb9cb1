"""The Monday letter: new partners, a few for each entry, never the same twice soon."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import force_locale

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.partners import mails
from marketplace.matching.partners.models import DigestShowing
from marketplace.matching.partners.queries import (
    digest_showings,
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
from marketplace.people.accounts.queries import willing
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import addresses_of
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.mail.services import queue

MONDAY = 0
# So many of the list are looked at, and so many of them shown.
LISTED, SHOWN = 20, 3
# A pair is shown once in so many days.
REST_DAYS = 90

Things = dict[int, Offer | Site]


def send_digests(*, at: datetime) -> int:
    """On Mondays writes to each organisation with new partners; says how many.

    Safe to run twice: who was shown something today is shown nothing more.
    """
    if day_of(at).weekday() != MONDAY:
        return 0
    world = world_at(at)
    by_organisation: dict[int, list[int]] = defaultdict(list)
    for profile_id, profile in sorted(world.index.profiles.items()):
        by_organisation[profile.organisation_id].append(profile_id)
    return sum(
        _write(world, profile_ids, at=at) for profile_ids in by_organisation.values()
    )


def came_by_digest(profile_id: int, other_id: int, *, at: datetime) -> bool:
    """Says whether a Monday letter has shown this profile the other one lately."""
    since = day_of(at) - timedelta(days=REST_DAYS)
    return was_shown(profile_id, other_id, since=since)


def _write(world: World, profile_ids: Sequence[int], *, at: datetime) -> bool:
    """Writes one letter about all entries of an organisation, if there is news."""
    new = {one: found for one in profile_ids if (found := _new(world, one, at=at))}
    things = _things([*new, *(other for found in new.values() for other in found)])
    new = {
        one: [other for other in found if other in things]
        for one, found in new.items()
        if one in things
    }
    if not any(new.values()):
        return False
    organisation: Organisation = things[next(iter(new))].organisation
    readers = willing(addresses_of(organisation), Notice.DIGEST)
    if not readers:
        return False
    with force_locale("de"):
        sections = [_section(world, one, found, things) for one, found in new.items()]
    queue(mails.digest(sections), readers, at=at)
    db.session.add_all(
        DigestShowing(profile_id=one, other_id=other, shown_on=day_of(at))
        for one, found in new.items()
        for other in found
    )
    return True


def _new(world: World, profile_id: int, *, at: datetime) -> list[int]:
    """The first of a list that no letter has shown lately; none twice on one day."""
    today = day_of(at)
    shown = digest_showings(profile_id, since=today - timedelta(days=REST_DAYS))
    if today in shown.values():
        return []
    matches = rank(world.index, profile_id, LISTED)
    fresh = [m.profile_id for m in matches if m.profile_id not in shown]
    return fresh[:SHOWN]


def _section(
    world: World, profile_id: int, others: Sequence[int], things: Things
) -> dict[str, Any]:
    mine, profiles = things[profile_id], world.index.profiles
    partners = []
    for other in others:
        why = explain(profiles[profile_id], profiles[other], world.index.weights)
        thing = things[other]
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
