"""What is matched, as this process holds it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from time import monotonic

import numpy as np

from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.partners.models import WeightsVersion
from marketplace.matching.partners.queries import (
    last_changes,
    weights_of,
    weights_version,
)
from marketplace.matching.partners.rules import (
    OFFER,
    SITE,
    profile_of_offer,
    profile_of_site,
    thing_of,
)
from marketplace.matching.partners.services.entering import entered
from marketplace.matching.partners.services.noting import has_notes, on_change
from marketplace.matching.scores.entering import closed_topics, tables_of
from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.records import Table
from marketplace.matching.scores.values import TOPICS
from marketplace.matching.scores.weights import TopicWeights, weights_of_counts
from marketplace.region.topics.enums import PARENTS, Topic

__all__ = [
    "OFFER",
    "SITE",
    "World",
    "counts_of_topics",
    "look_again",
    "profile_of_offer",
    "profile_of_site",
    "thing_of",
    "world_at",
]
PARENT_BITS = {
    list(Topic).index(child): list(Topic).index(parent)
    for child, parent in PARENTS.items()
}
# So seldom each process asks what changed; one row in so many may have been
# rewritten before all is loaded anew.
PAUSE_SECONDS, SHARE = 1.0, 20
FEW = 100


@dataclass
class World:
    """Everything that is matched, as of some changes and one day."""

    day: date
    # Of the weights; 0 as long as no night has frozen any.
    version: int
    index: MatchIndex
    # The last changes that are in the arrays.
    seen: frozenset[int]
    looked_at: float = field(default_factory=monotonic)


_worlds: dict[str, World] = {}
_lock = Lock()


def world_at(at: datetime) -> World:
    """Gives what is matched now; rewrites what changed, loads anew what is old.

    Own changes are seen at once, those of other processes after a second.
    """
    key = str(db.engine.url)
    with _lock:
        world = _worlds.get(key)
        if world is None or world.day != day_of(at):
            world = _worlds[key] = _load(at)
        elif monotonic() - world.looked_at >= PAUSE_SECONDS and not has_notes():
            world = _worlds[key] = _renewed(world, at)
        return world


def counts_of_topics(profiles: Table, lines: Table) -> list[int]:
    """How many profiles carry each topic, their parents too."""
    topics = closed_topics(profiles, lines, PARENT_BITS)
    return [int((topics >> np.uint64(k) & np.uint64(1)).sum()) for k in range(TOPICS)]


def look_again() -> None:
    """Lets the next reader of this process see what it has just committed."""
    for world in list(_worlds.values()):
        world.looked_at = float("-inf")


on_change(look_again)


def _load(at: datetime) -> World:
    version, seen = weights_version(), frozenset(last_changes())
    profiles, lines = entered(at)
    if version:
        weights = _frozen(version)
    else:
        counts = counts_of_topics(profiles, lines)
        weights = weights_of_counts(len(profiles), counts, version=f"{day_of(at)}")
    rows, open_lines = tables_of(profiles, lines, weights, PARENT_BITS)
    relations = Relations(recent=barred_pairs(at))
    index = MatchIndex.of_tables(rows, open_lines, weights, relations)
    return World(day_of(at), version.id if version else 0, index, seen)


def _renewed(world: World, at: datetime) -> World:
    """The world with what changed since, rewritten in its arrays or loaded anew."""
    version, changes = weights_version(), last_changes()
    new = {profile for number, profile in changes.items() if number not in world.seen}
    is_old = (version.id if version else 0) != world.version
    is_past = bool(changes) and not world.seen & changes.keys() and bool(world.seen)
    rewritten = world.index.changed_count + len(new)
    if is_old or is_past or rewritten > FEW + len(world.index) // SHARE:
        return _load(at)
    if new:
        _rewrite(world.index, new, at)
    world.seen, world.looked_at = frozenset(changes), monotonic()
    return world


def _rewrite(index: MatchIndex, profile_ids: set[int], at: datetime) -> None:
    rows, lines = tables_of(*entered(at, profile_ids), index.weights, PARENT_BITS)
    relations = Relations(recent=barred_pairs(at))
    with index.lock:
        index.relate(relations)
        index.take(rows, lines)
        for gone in profile_ids - set(rows["profile_id"].tolist()):
            index.remove(gone)


def _frozen(version: WeightsVersion) -> TopicWeights:
    return TopicWeights(tuple(weights_of(version)), str(version.id))
