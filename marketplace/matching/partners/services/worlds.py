"""What is matched, as this process holds it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from time import monotonic

import numpy as np

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
from marketplace.matching.partners.services.relating import relations_at
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
    # When the weights and prices were made; None as long as no night has.
    made_at: datetime | None = None
    looked_at: float = field(default_factory=monotonic)
    # How often this process has changed something since.
    asks: int = 0


_worlds: dict[str, World] = {}
_lock = Lock()


def world_at(at: datetime) -> World:
    """Gives what is matched now; rewrites what changed, loads anew what is old.

    Own changes are seen at once, those of other processes after a second.
    """
    key = str(db.engine.url)
    world = _worlds.get(key)
    if world is None or world.day != day_of(at):
        return _loaded(key, world, at)
    if monotonic() - world.looked_at >= PAUSE_SECONDS and not has_notes():
        return _renewed(key, world, at)
    return world


def counts_of_topics(profiles: Table, lines: Table) -> list[int]:
    """How many profiles carry each topic, their parents too."""
    topics = closed_topics(profiles, lines, PARENT_BITS)
    return [int((topics >> np.uint64(k) & np.uint64(1)).sum()) for k in range(TOPICS)]


def look_again() -> None:
    """Lets the next reader of this process see what it has just committed."""
    for world in list(_worlds.values()):
        world.looked_at, world.asks = float("-inf"), world.asks + 1


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
    relations = relations_at(at)
    index = MatchIndex.of_tables(rows, open_lines, weights, relations)
    number, made_at = (version.id, version.made_at) if version else (0, None)
    return World(day_of(at), number, index, seen, made_at)


def _loaded(key: str, old: World | None, at: datetime) -> World:
    """Everything loaded anew, by one reader; who comes meanwhile waits for it."""
    with _lock:
        world = _worlds.get(key)
        if world is None or world is old:
            world = _worlds[key] = _load(at)
        return world


def _renewed(key: str, world: World, at: datetime) -> World:
    """The world with what changed since, rewritten in its arrays or loaded anew.

    What the database is asked for is read before anybody has to wait.
    """
    began, asks = monotonic(), world.asks
    version, changes = weights_version(), last_changes()
    new = {profile for number, profile in changes.items() if number not in world.seen}
    is_old = (version.id if version else 0) != world.version
    is_past = bool(changes) and not world.seen & changes.keys() and bool(world.seen)
    rewritten = world.index.changed_count + len(new)
    if is_old or is_past or rewritten > FEW + len(world.index) // SHARE:
        return _loaded(key, world, at)
    found = _found(world.index, new, at) if new else None
    with _lock:
        if world.looked_at > began:
            return _worlds.get(key, world)  # somebody has looked later than this
        if found:
            _rewrite(world.index, new, *found)
        world.seen = frozenset(changes)
        if world.asks == asks:  # else something was committed while this was read
            world.looked_at = began
    return world


def _found(
    index: MatchIndex, profile_ids: set[int], at: datetime
) -> tuple[Table, Table, Relations]:
    """Rows and lines of some profiles, and who is kept apart, as they are now."""
    rows, lines = tables_of(*entered(at, profile_ids), index.weights, PARENT_BITS)
    return rows, lines, relations_at(at)


def _rewrite(
    index: MatchIndex,
    profile_ids: set[int],
    rows: Table,
    lines: Table,
    relations: Relations,
) -> None:
    with index.lock:
        index.relate(relations)
        index.take(rows, lines)
        for gone in profile_ids - set(rows["profile_id"].tolist()):
            index.remove(gone)


def _frozen(version: WeightsVersion) -> TopicWeights:
    return TopicWeights(tuple(weights_of(version)), str(version.id))
