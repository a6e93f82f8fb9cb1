"""What the database holds of profiles, as columns; no object is made of a row."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from marketplace.encounters.introductions.queries import carried_counts
from marketplace.foundation.clock import day_of
from marketplace.foundation.garbage import without_garbage
from marketplace.matching.partners.queries import (
    give_line_columns,
    need_line_columns,
    offer_columns,
    price_of_profiles,
    sponsorship_columns,
)
from marketplace.matching.partners.rules import (
    SITE,
    profile_of_offer,
    profile_of_site,
    thing_of,
)
from marketplace.matching.scores.entering import ENTRY, LINE_ENTRY
from marketplace.matching.scores.enums import Direction, Side
from marketplace.matching.scores.prices import START
from marketplace.matching.scores.records import NOT_TOLD, Integers, Table
from marketplace.matching.scores.values import position_of
from marketplace.people.organisations.rules import is_declaration_valid
from marketplace.region.lines.enums import NEEDS_SAFEGUARDING, Item, LineKind
from marketplace.region.lines.rules import mask_of_months

ITEM_NUMBERS = {item.value: number for number, item in enumerate(Item, 1)}
KIND_NUMBERS = {kind.value: number for number, kind in enumerate(LineKind)}
GUARDED = {KIND_NUMBERS[kind.value] for kind in NEEDS_SAFEGUARDING}
# Of a line as it is read.
COLUMNS = 10
# Items of internships are three digits of the classification, beyond the others.
CODES_FROM = 1000


def entered(
    at: datetime, profile_ids: Collection[int] | None = None
) -> tuple[Table, Table]:
    """All profiles with their lines, or those of some numbers that are public."""
    offers = sites = None
    if profile_ids is not None:
        things = [thing_of(number) for number in profile_ids]
        sites = [number for kind, number in things if kind == SITE]
        offers = [number for kind, number in things if kind != SITE]
    carried, prices = carried_counts(), price_of_profiles(profile_ids)
    reader = _Reader(at, carried, prices)
    with without_garbage():
        entries = [reader.of_offer(row) for row in offer_columns(offers)]
        by_site = defaultdict(list)
        for row in sponsorship_columns(sites):
            by_site[row[0]].append(row)
        entries += [reader.of_site(rows) for rows in by_site.values()]
        profiles = np.array(entries, ENTRY)
        del entries, by_site
        owners = _Owners(profiles["profile_id"])
        lines = [
            _lines(need_line_columns(offers), owners.of_offers, day_of(at)),
            _lines(give_line_columns(sites), owners.of_sites, day_of(at)),
        ]
    for table, direction in zip(lines, (Direction.NEED, Direction.GIVE), strict=True):
        table["direction"] = direction
    return profiles, np.concatenate(lines)


class _Owners:
    """Where the profiles of things stand among the entries."""

    def __init__(self, profile_ids: Integers) -> None:
        self.order = np.argsort(profile_ids, kind="stable")
        self.sorted = profile_ids[self.order]

    def of_offers(self, numbers: Integers) -> Integers:
        """The places of offers; -1 where one is not there."""
        return self._places(profile_of_offer(numbers))

    def of_sites(self, numbers: Integers) -> Integers:
        """The same of sites."""
        return self._places(profile_of_site(numbers))

    def _places(self, profile_ids: Integers) -> Integers:
        if not len(self.sorted):
            return np.full(len(profile_ids), -1, np.int64)
        at = np.searchsorted(self.sorted, profile_ids)
        at = np.minimum(at, len(self.sorted) - 1)
        places: Integers = np.where(self.sorted[at] == profile_ids, self.order[at], -1)
        return places


class _Reader:
    """Makes entries of rows, as things are at one instant."""

    def __init__(
        self, at: datetime, carried: Mapping[int, int], prices: Mapping[int, int]
    ) -> None:
        self.at, self.carried, self.prices = at, carried, prices
        self.today = day_of(at)
        self.utc = at.astimezone(UTC).replace(tzinfo=None)

    def of_offer(self, row: Any) -> tuple[Any, ...]:
        number, owner, lat, lon, topics, audiences, since, capacity, *radius = row
        return self._entry(
            (profile_of_offer(number), owner, Side.PROVIDER),
            (lat, lon),
            radius,
            (topics, audiences),
            (capacity, False, since),
        )

    def of_site(self, rows: list[Any]) -> tuple[Any, ...]:
        number, owner, lat, lon, *_rest = first = rows[0]
        capacity, radius, declared = first[7], first[8:10], first[10]
        topics, audiences = first[11:13]
        for row in rows:
            topics, audiences = topics | row[4], audiences | row[5]
        since = min((row[6] for row in rows if row[6]), default=None)
        is_declared = is_declaration_valid(declared, self.today)
        return self._entry(
            (profile_of_site(number), owner, Side.COMPANY),
            (lat, lon),
            radius,
            (topics, audiences),
            (capacity, is_declared, since),
        )

    def _entry(
        self,
        who: tuple[int, int, Side],
        where: tuple[float, float],
        radius: Any,
        sets: tuple[int, int],
        rest: tuple[int, bool, datetime | None],
    ) -> tuple[Any, ...]:
        radius_km, is_hard = radius
        capacity, is_declared, since = rest
        return (
            *who,
            *position_of(*where),
            NOT_TOLD if radius_km is None else radius_km,
            is_hard is not False,
            *sets,
            max(0, capacity - self.carried.get(who[1], 0)),
            is_declared,
            self.prices.get(who[0], START),
            max(0, self._days(since)) if since else NOT_TOLD,
        )

    def _days(self, since: datetime) -> int:
        return ((self.at if since.tzinfo else self.utc) - since).days


def _lines(
    rows: Iterable[Any], places: Callable[[Integers], Integers], today: date
) -> Table:
    """Numbers the lines of each profile in their order; others have none."""
    columns = list(zip(*rows, strict=True)) or [()] * COLUMNS
    things, kinds, items, quantities, begins, ends, *sets = columns
    made = np.zeros(len(things), LINE_ENTRY)
    made["owner"] = places(np.array(things, np.int64))
    made["kind"] = [KIND_NUMBERS[kind] for kind in kinds]
    made["item"] = [item_number(item) for item in items]
    made["open_quantity"] = [NOT_TOLD if one is None else one for one in quantities]
    made["months"] = [
        _months(begin, end, today) for begin, end in zip(begins, ends, strict=True)
    ]
    for name, column in zip(
        ("slots", "topics", "audiences", "hard"), sets, strict=True
    ):
        made[name] = column
    made["is_safeguarded"] = np.isin(made["kind"], list(GUARDED))
    made = made[made["owner"] >= 0]
    made["line_no"] = _numbered(made["owner"])
    return made


def _numbered(owners: Integers) -> Integers:
    """Counts the lines of each owner from 1, in the order in which they come."""
    order = np.argsort(owners, kind="stable")
    starts = np.flatnonzero(np.diff(owners[order], prepend=-1))
    counts = np.diff(starts, append=len(owners))
    numbers = np.zeros(len(owners), np.int64)
    numbers[order] = 1 + np.arange(len(owners)) - np.repeat(starts, counts)
    return numbers


@lru_cache(maxsize=10_000)
def item_number(item: str) -> int:
    """The number of an item among those that are matched; 0 is none."""
    if item.isdigit():
        return CODES_FROM + int(item)
    return ITEM_NUMBERS.get(item, 0)


@lru_cache(maxsize=10_000)
def _months(begin: date | None, end: date | None, today: date) -> int:
    return mask_of_months(begin, end, today)
