"""What is matched, as this process holds it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from marketplace.encounters.introductions.queries import carried_counts
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.foundation.clock import day_of
from marketplace.foundation.columns import mask_of
from marketplace.foundation.database import db
from marketplace.matching.partners.queries import (
    last_change,
    offers_to_match,
    sponsorships_to_match,
)
from marketplace.matching.scores.enums import Direction, Hard, Side
from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.values import Line, Profile, gathered, position_of
from marketplace.matching.scores.weights import topic_weights
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.rules import is_safeguarded
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.lines.enums import NEEDS_SAFEGUARDING, Item, LineKind
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import months_mask
from marketplace.region.topics.enums import PARENTS, Topic

# Offers have even profile numbers, sites odd ones.
OFFER, SITE = 0, 1
PARENT_BITS = {
    list(Topic).index(child): list(Topic).index(parent)
    for child, parent in PARENTS.items()
}
ITEM_NUMBERS = {item.value: number for number, item in enumerate(Item, 1)}
# Items of internships are three digits of the classification, beyond the others.
CODES_FROM = 1000


@dataclass(frozen=True)
class World:
    """Everything that is matched, as of one change and one day."""

    change: tuple[int, int]
    day: date
    index: MatchIndex


_worlds: dict[str, World] = {}
_lock = Lock()


def world_at(at: datetime) -> World:
    """Gives what is matched now; builds it anew when an act or the day changed it."""
    key, change, day = str(db.engine.url), last_change(), day_of(at)
    with _lock:
        world = _worlds.get(key)
        if world is None or (world.change, world.day) != (change, day):
            world = World(change, day, _build(at))
            _worlds[key] = world
        return world


def profile_of_offer(offer_id: int) -> int:
    """The profile number of an offer."""
    return 2 * offer_id + OFFER


def profile_of_site(site_id: int) -> int:
    """The profile number of a site."""
    return 2 * site_id + SITE


def thing_of(profile_id: int) -> tuple[int, int]:
    """Whether a profile is an offer or a site, and its number."""
    return profile_id % 2, profile_id // 2


def _build(at: datetime) -> MatchIndex:
    incoming = carried_counts()
    profiles = [_of_offer(offer, incoming, at=at) for offer in offers_to_match()]
    by_site: dict[Site, list[Sponsorship]] = defaultdict(list)
    for sponsorship in sponsorships_to_match():
        if sponsorship.site:
            by_site[sponsorship.site].append(sponsorship)
    profiles += [
        _of_site(site, given, incoming, at=at) for site, given in by_site.items()
    ]
    weights = topic_weights(
        [profile.topics for profile in profiles], version=f"{day_of(at)}"
    )
    return MatchIndex(profiles, weights, Relations(recent=barred_pairs(at)))


def _of_offer(offer: Offer, incoming: dict[int, int], *, at: datetime) -> Profile:
    organisation, site = offer.organisation, offer.site
    lines = _lines(offer.lines, Direction.NEED, day_of(at))
    return gathered(
        Profile(
            profile_id=profile_of_offer(offer.id),
            side=Side.PROVIDER,
            organisation_id=organisation.id,
            position=position_of(offer.lat or 0.0, offer.lon or 0.0),
            radius_km=site.radius_km if site else None,
            is_radius_hard=site.is_radius_hard if site else True,
            topics=mask_of(offer.topics),
            audiences=mask_of(offer.audiences),
            free_capacity=_free(organisation, incoming),
            lines=lines,
            age_days=_age(offer.published_at, at),
        ),
        PARENT_BITS,
    )


def _of_site(
    site: Site, given: list[Sponsorship], incoming: dict[int, int], *, at: datetime
) -> Profile:
    organisation = site.organisation
    rows = [line for sponsorship in given for line in sponsorship.lines]
    first = min((s.published_at for s in given if s.published_at), default=None)
    return gathered(
        Profile(
            profile_id=profile_of_site(site.id),
            side=Side.COMPANY,
            organisation_id=organisation.id,
            position=position_of(site.lat or 0.0, site.lon or 0.0),
            radius_km=site.radius_km,
            is_radius_hard=site.is_radius_hard,
            topics=mask_of(organisation.topics) | _union(s.topics for s in given),
            audiences=mask_of(organisation.audiences)
            | _union(s.audiences for s in given),
            free_capacity=_free(organisation, incoming),
            lines=_lines(rows, Direction.GIVE, day_of(at)),
            is_declared=is_safeguarded(organisation, day_of(at)),
            age_days=_age(first, at),
        ),
        PARENT_BITS,
    )


def _lines(
    rows: Iterable[LineColumns], direction: Direction, today: date
) -> tuple[Line, ...]:
    return tuple(
        Line(
            line_no=number,
            direction=direction,
            kind=list(LineKind).index(row.kind),
            item=_item(row.item),
            open_quantity=row.open_quantity,
            months=months_mask(row, today),
            slots=mask_of(row.slots),
            topics=mask_of(row.topics),
            audiences=mask_of(row.audiences),
            hard=Hard(mask_of(row.hard)),
            is_safeguarded=row.kind in NEEDS_SAFEGUARDING,
        )
        for number, row in enumerate(rows, 1)
    )


def _item(item: str) -> int:
    if item.isdigit():
        return CODES_FROM + int(item)
    return ITEM_NUMBERS.get(item, 0)


def _union(sets: Iterable[frozenset[Any]]) -> int:
    mask = 0
    for members in sets:
        mask |= mask_of(members)
    return mask


def _free(organisation: Organisation, incoming: dict[int, int]) -> int:
    return max(0, organisation.capacity - incoming.get(organisation.id, 0))


def _age(published_at: datetime | None, at: datetime) -> int | None:
    return max(0, (at - published_at).days) if published_at else None
