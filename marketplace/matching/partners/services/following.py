"""Takes changes over into the stored lists, only where they make a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.models import WeightsVersion
from marketplace.matching.partners.queries import (
    places_at_rank,
    readers_holding,
    waiting_changes,
    weights_version,
)
from marketplace.matching.partners.services.storing import note_followed, store_lists
from marketplace.matching.partners.services.worlds import World, look_again, world_at
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import (
    Entries,
    entries_of,
    last_entries,
    note_last,
    readers_taking,
)
from marketplace.matching.scores.ranking import LISTED
from marketplace.matching.scores.records import Integers, Masks

# So many changes are taken over at once.
PIECE = 200
NO_LOT = 2**64 - 1


@dataclass
class _Last:
    """The last entries of all lists, as of one state of the stored lists."""

    index: MatchIndex
    state: tuple[int, int]
    keys: Integers
    lots: Masks


_kept: dict[str, _Last] = {}


def follow_changes(*, at: datetime) -> int:
    """Brings the stored lists up to what was changed; says how many it wrote anew.

    The lists of who changed, those in which they stand, and those that take them in
    now; a piece of the changes after the other, each in a transaction of its own.
    Without stored lists there is nothing to do.
    """
    written, version = 0, weights_version()
    while version and (changes := waiting_changes(PIECE)):
        look_again()
        world = world_at(at)
        if world.version != version.id:
            break
        written += _follow(world, version, changes)
        version = weights_version()
    return written


def _follow(
    world: World, version: WeightsVersion, changes: Sequence[tuple[int, int]]
) -> int:
    changed = {profile_id for _number, profile_id in changes}
    number = version.id
    with world.index.lock:
        last = _last(world.index, version)
        affected = changed | readers_holding(changed)
        for profile_id in changed & world.index.keys():
            found = readers_taking(world.index, profile_id, (last.keys, last.lots))
            affected |= set(found)
        entries = entries_of(world.index, sorted(affected))
    db.session.rollback()  # nothing was written so far
    with transaction():
        store_lists(affected, entries, number)
        count = note_followed(number, [change for change, _profile in changes])
    _renew(last, affected, entries, (number, count))
    return len(affected)


def _last(index: MatchIndex, version: WeightsVersion) -> _Last:
    """What is kept of the last entries, or read anew if others were at the lists."""
    key, state = str(db.engine.url), (version.id, version.followed_count)
    kept = _kept.get(key)
    if kept is None or kept.index is not index or kept.state != state:
        columns: Any = np.array(places_at_rank(LISTED), np.int64).reshape(-1, 5).T
        keys, lots = last_entries(index, Entries(*columns))
        kept = _kept[key] = _Last(index, state, keys, lots)
    spare = len(index.rows) - len(kept.keys)
    if spare > 0:
        kept.keys = np.append(kept.keys, np.zeros(spare, np.int64))
        kept.lots = np.append(kept.lots, np.full(spare, NO_LOT, np.uint64))
    return kept


def _renew(
    last: _Last, affected: set[int], entries: Entries, state: tuple[int, int]
) -> None:
    index = last.index
    places = [index.place_of(number) for number in affected if number in index]
    last.keys[places], last.lots[places] = 0, NO_LOT
    note_last(index, entries, (last.keys, last.lots))
    last.state = state
