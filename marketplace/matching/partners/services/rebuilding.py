"""Once a night: new weights, new prices, and all lists anew."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.queries import (
    shown_profiles,
    waiting_changes,
    weights_version,
)
from marketplace.matching.partners.services.entering import entered
from marketplace.matching.partners.services.relating import relations_at
from marketplace.matching.partners.services.storing import (
    begin_version,
    forget_other_lists,
    note_stored,
    store_lists,
    store_prices,
    store_weights,
)
from marketplace.matching.partners.services.worlds import (
    PARENT_BITS,
    counts_of_topics,
)
from marketplace.matching.scores.entering import tables_of
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import (
    Entries,
    all_entries,
    pieces,
    shown_counts,
    updated_prices,
)
from marketplace.matching.scores.records import Integers
from marketplace.matching.scores.weights import TopicWeights, weights_of_counts

# So often prices follow what is shown before the first lists are stored.
FIRST_UPDATES = 5
NOBODY: Integers = np.zeros(0, np.int64)

# Makes the lists of an index piece by piece, in the order of `pieces`.
Engine = Callable[[MatchIndex], Iterator[Entries]]
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did."""

    version: int
    profile_count: int
    entry_count: int


@dataclass(frozen=True)
class _Market:
    """What a night sees of the database, and the changes that are in it."""

    index: MatchIndex
    weights: TopicWeights
    counts: Sequence[int]
    changes: set[int]
    shown: Integers | None


def rebuild(
    at: datetime, *, engine: Engine = all_entries, tell: Tell = lambda _done, _of: None
) -> Rebuilt:
    """Freezes weights, moves prices on and stores the lists of everybody.

    It commits in small steps of its own, so that nobody waits for it; whoever reads
    meanwhile finds lists of two versions, each row with its number. Prices and weights
    count once all lists are there: what fails on its way moves none of them.
    """
    with transaction():
        version = begin_version(at=at)
    market = _read(at)
    index, work = market.index, pieces(market.index)
    is_first = market.shown is None
    told = _Told(tell, len(work) * (FIRST_UPDATES + 1 if is_first else 1))
    for _ in range(FIRST_UPDATES if is_first else 1):
        shown = market.shown
        if shown is None:
            others = [told(entries).others for entries in engine(index)]
            shown = shown_counts(index, np.concatenate([*others, NOBODY]))
        index.set_prices(updated_prices(index, shown))
    entry_count = 0
    for numbers, entries in zip(work, engine(index), strict=True):
        with transaction():
            store_lists(numbers, told(entries), version)
        entry_count += len(entries.readers)
    with transaction():
        _store_frozen(version, market)
        forget_other_lists(version)
        note_stored(version, len(index), market.changes, at=at)
    return Rebuilt(version, len(index), entry_count)


class _Told:
    """Counts the pieces that come by."""

    def __init__(self, tell: Tell, total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0

    def __call__(self, entries: Entries) -> Entries:
        self.done += 1
        self.tell(self.done, self.total)
        return entries


def _read(at: datetime) -> _Market:
    changes = {number for number, _profile in waiting_changes()}
    profiles, lines = entered(at)
    counts = counts_of_topics(profiles, lines)
    weights = weights_of_counts(len(profiles), counts)
    tables = tables_of(profiles, lines, weights, PARENT_BITS)
    relations = relations_at(at)
    index = MatchIndex.of_tables(*tables, weights, relations)
    shown = None
    if weights_version() is not None:
        shown = shown_counts(index, np.array(shown_profiles(), np.int64))
    db.session.rollback()  # nothing was written; what follows takes long
    return _Market(index, weights, counts, changes, shown)


def _store_frozen(version: int, market: _Market) -> None:
    rows = market.index.rows
    pairs = zip(rows["profile_id"].tolist(), rows["price_pm"].tolist(), strict=True)
    store_prices(pairs)
    store_weights(version, market.weights, market.counts)
