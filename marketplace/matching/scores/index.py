"""All profiles of a process as arrays, kept up one by one."""

from collections.abc import Iterable
from copy import copy
from threading import RLock

import numpy as np

from marketplace.matching.scores.gates import Relations
from marketplace.matching.scores.records import (
    LINE,
    ROW,
    Integers,
    Table,
    line_rows,
    row_of,
)
from marketplace.matching.scores.values import Profile
from marketplace.matching.scores.weights import TopicWeights

SPARE = 20  # one place in so many is left free for what comes in between


class MatchIndex:
    """Profiles by id, and the same as rows, with what is needed to score them.

    `version` grows with every change. Threads share an index: whoever reads the arrays
    holds `lock`.
    """

    def __init__(
        self,
        profiles: Iterable[Profile],
        weights: TopicWeights,
        relations: Relations | None = None,
    ) -> None:
        self.profiles = {profile.profile_id: profile for profile in profiles}
        self.weights = weights
        self.topic_weights: Integers = np.array(weights.weights, dtype=np.int64)
        self.relations = relations or Relations()
        self.version = 0
        self._row_count = self._line_count = self.most_lines = 0
        self.lock = RLock()
        self._build()

    def __len__(self) -> int:
        return len(self.profiles)

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
        return self._places[profile_id]

    def put(self, profile: Profile) -> None:
        """Takes a profile in, or takes over what changed of it."""
        with self.lock:
            self.profiles[profile.profile_id] = profile
            self.version += 1
            place = self._places.setdefault(profile.profile_id, self._row_count)
            end = self._line_count + len(profile.needs) + len(profile.gives)
            if place == len(self._rows) or end > len(self._lines):
                self._build()
            else:
                self._row_count = max(self._row_count, place + 1)
                self._write(place, profile)

    def remove(self, profile_id: int) -> None:
        """Forgets a profile; one that is not there stays so."""
        with self.lock:
            if self.profiles.pop(profile_id, None) is None:
                return
            self.version += 1
            self._rows["is_live"][self._places.pop(profile_id)] = False

    def trying(self, profile: Profile) -> "MatchIndex":
        """A copy in which a profile is as it is tried, its lines as they are."""
        with self.lock:
            tried = copy(self)
            tried.profiles = {**self.profiles, profile.profile_id: profile}
            tried._rows = self._rows.copy()
            place = self._places[profile.profile_id]
            start = int(self._rows[place]["start"])
            tried._rows[place] = row_of(profile, start, self.weights)
            return tried

    def relate(self, relations: Relations) -> None:
        """Takes over who has to do with whom."""
        with self.lock:
            self.relations = relations
            self.version += 1

    def _build(self) -> None:
        """Writes everything anew, with room for changes behind it."""
        profiles = self.profiles.values()
        lines = sum(len(p.needs) + len(p.gives) for p in profiles)
        self._places = {p.profile_id: place for place, p in enumerate(profiles)}
        self._rows = np.zeros(_with_spare(len(profiles)), ROW)
        self._lines = np.zeros(_with_spare(lines), LINE)
        self._row_count = len(profiles)
        self._line_count = self.most_lines = 0
        for place, profile in enumerate(profiles):
            self._write(place, profile)

    def _write(self, place: int, profile: Profile) -> None:
        """Writes a row, and its lines behind all others."""
        lines = profile.needs + profile.gives
        start, end = self._line_count, self._line_count + len(lines)
        self._lines[start:end] = line_rows(lines)
        self._rows[place] = row_of(profile, start, self.weights)
        self._line_count = end
        self.most_lines = max(self.most_lines, len(lines))


def _with_spare(count: int) -> int:
    return count + count // SPARE + SPARE
