"""All profiles of a process as arrays, kept up one by one."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from threading import RLock
from typing import Any

import numpy as np

from marketplace.foundation.compiling import IS_COMPILED
from marketplace.matching.scores.blocks import Blocks, order_of
from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.prices import shown_prices
from marketplace.matching.scores.records import (
    LINE,
    ROW,
    Integers,
    Table,
    line_rows,
    profile_of,
    row_of,
)
from marketplace.matching.scores.values import Profile
from marketplace.matching.scores.weights import TopicWeights

# Smaller markets are ranked before the kernels would be compiled.
COMPILED_FROM = 500
SPARE = 20  # one place in so many is left free for what comes in between


class MatchIndex(Mapping[int, Profile]):
    """Profiles as rows that lie near each other, with what is needed to score them.

    Read as a mapping it gives the profile of an id. `version` grows with every
    change. Threads share an index: whoever reads the arrays holds `lock`.
    """

    lock: RLock
    version: int

    def __init__(
        self,
        profiles: Iterable[Profile],
        weights: TopicWeights,
        relations: Relations | None = None,
    ) -> None:
        known = list({profile.profile_id: profile for profile in profiles}.values())
        rows = np.zeros(len(known), ROW)
        start = 0
        for place, profile in enumerate(known):
            rows[place] = row_of(profile, start, weights)
            start += len(profile.needs) + len(profile.gives)
        lines = line_rows(x for p in known for x in p.needs + p.gives)
        self._settle(rows, lines, weights, relations or Relations())

    @classmethod
    def of_tables(
        cls,
        rows: Table,
        lines: Table,
        weights: TopicWeights,
        relations: Relations | None = None,
    ) -> "MatchIndex":
        """An index of rows that were made elsewhere, in any order."""
        index = cls.__new__(cls)
        index._settle(rows, lines, weights, relations or Relations())
        return index

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __contains__(self, profile_id: object) -> bool:
        return profile_id in self._places

    def __getitem__(self, profile_id: int) -> Profile:
        with self.lock:  # nobody rewrites the row while it is read
            return profile_of(*self.row_and_lines(profile_id))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, lock=RLock())

    @property
    def profiles(self) -> Mapping[int, Profile]:
        """The profiles by id; each is made anew of its row when it is asked for."""
        return self

    @property
    def is_compiled(self) -> bool:
        """Whether compiled code reads it: small markets are done before it stands."""
        return IS_COMPILED and self._row_count >= COMPILED_FROM

    @property
    def rows(self) -> Table:
        """One row a profile; those that were removed are not live."""
        return self._rows[: self._row_count]

    @property
    def lines(self) -> Table:
        """The open lines; each row knows where its own begin."""
        return self._lines[: self._line_count]

    def place_of(self, profile_id: int) -> int:
        """Where a profile stands in `rows`; refuses one that is not there."""
        place: int = self._places[profile_id]
        return place

    def row_and_lines(self, profile_id: int) -> tuple[Table, Table]:
        """The row of a profile, as it is tried where it is, and its lines."""
        row = self._tried.get(profile_id)
        if row is None:
            row = self._rows[self._places[profile_id]]
        end = row["start"] + row["needs"] + row["gives"]
        return row, self._lines[row["start"] : end]

    def put(self, profile: Profile) -> None:
        """Takes a profile in, or takes over what changed of it."""
        row = row_of(profile, 0, self.weights)
        self.take(row.reshape(1), line_rows(profile.needs + profile.gives))

    def take(self, rows: Table, lines: Table) -> None:
        """Takes in rows, or takes over what changed of them, with their lines."""
        with self.lock:
            self.version += 1
            self.changed_count += len(rows)
            known = sum(int(number) in self._places for number in rows["profile_id"])
            fits = self._row_count + len(rows) - known <= len(self._rows)
            if fits and self._line_count + len(lines) <= len(self._lines):
                self._overwrite(rows, lines)
            else:
                self._merge(rows, lines)

    def remove(self, profile_id: int) -> None:
        """Forgets a profile; one that is not there stays so."""
        with self.lock:
            place = self._places.pop(profile_id, None)
            if place is not None:
                self.version += 1
                self.changed_count += 1
                self._rows["is_live"][place] = False

    def trying(self, profile: Profile) -> "MatchIndex":
        """A copy in which a profile is as it is tried, its lines as they are.

        A profile that is not there is not in the copy either.
        """
        with self.lock:
            tried = copy(self)
            if profile.profile_id not in self:
                return tried
            start = self._rows[self._places[profile.profile_id]]["start"]
            row = row_of(profile, int(start), self.weights)
            tried._tried = {**self._tried, profile.profile_id: row}
            return tried

    def relate(self, relations: Relations) -> None:
        """Takes over who has to do with whom."""
        with self.lock:
            self.relations = relations
            self.version += 1

    def set_prices(self, prices: Integers) -> None:
        """Takes over a price for each row."""
        with self.lock:
            self.version += 1
            rows = self.rows
            rows["price_pm"] = prices
            rows["shown_price"] = shown_prices(prices, rows["age_days"])
            self.blocks = Blocks(self._rows, self._row_count)

    def _settle(
        self, rows: Table, lines: Table, weights: TopicWeights, relations: Relations
    ) -> None:
        self.weights = weights
        self.topic_weights: Integers = np.array(weights.weights, dtype=np.int64)
        self.weights_by_byte = _weights_by_byte(self.topic_weights)
        self.relations = relations
        self.version: int = 0
        self.changed_count: int = 0
        self.lock = RLock()
        self._tried: dict[int, Table] = {}
        self._build(rows, lines)

    def _build(self, rows: Table, lines: Table) -> None:
        """Writes everything anew in its order, with room for changes behind it."""
        order = order_of(rows)
        self._row_count, self._line_count = len(rows), 0
        self._rows = np.zeros(_with_spare(len(rows)), ROW)
        self._rows[: len(rows)] = rows[order]
        counts = (self.rows["needs"] + self.rows["gives"]).astype(np.int64)
        starts = np.cumsum(counts) - counts
        self._line_count = int(counts.sum())
        self._lines = np.zeros(_with_spare(self._line_count), LINE)
        old = np.repeat(self.rows["start"] - starts, counts)
        self.lines[:] = lines[old + np.arange(self._line_count)]
        self.rows["start"] = starts
        self.most_lines = int(counts.max(initial=0))
        numbers = self.rows["profile_id"].tolist()
        self._places = dict(zip(numbers, range(len(rows)), strict=True))
        self.blocks = Blocks(self._rows, self._row_count)

    def _merge(self, rows: Table, lines: Table) -> None:
        """Builds anew of what stays and what comes."""
        coming = set(rows["profile_id"].tolist())
        stays = [p for number, p in self._places.items() if number not in coming]
        moved = rows.copy()
        moved["start"] += self._line_count
        self._build(
            np.concatenate([self._rows[stays], moved]),
            np.concatenate([self.lines, lines]),
        )

    def _overwrite(self, rows: Table, lines: Table) -> None:
        """Writes rows into their places or spare ones, their lines behind all."""
        first = self._line_count
        self._line_count += len(lines)
        self._lines[first : self._line_count] = lines
        places = []
        for number in rows["profile_id"].tolist():
            place = self._places.setdefault(number, self._row_count)
            self._row_count = max(self._row_count, place + 1)
            places.append(place)
        at = np.array(places, np.int64)
        self._rows[at] = rows
        self._rows["start"][at] += first
        counts = rows["needs"] + rows["gives"]
        self.most_lines = max(self.most_lines, int(counts.max(initial=0)))
        self.blocks.take(rows, at)


def _weights_by_byte(weights: Integers) -> Integers:
    """What each value of each of eight bytes of a topic set weighs."""
    has = np.arange(256)[:, None] >> np.arange(8) & 1
    sums: Integers = weights.reshape(8, 1, 8) * has
    return np.ascontiguousarray(sums.sum(axis=2))


def _with_spare(count: int) -> int:
    return count + count // SPARE + SPARE
