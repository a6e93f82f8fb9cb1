"""What the database holds of profiles, as columns; no object is made of a row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from marketplace.encounters.introductions.queries import carried_counts
from marketplace.foundation.clock import day_of
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
from marketplace.matching.scores.records import NOT_TOLD, Table
from marketplace.matching.scores.values import position_of
from marketplace.people.organisations.rules import is_declaration_valid
from marketplace.region.lines.enums import NEEDS_SAFEGUARDING, Item, LineKind
from marketplace.region.lines.rules import mask_of_months

ITEM_NUMBERS = {item.value: number for number, item in enumerate(Item, 1)}
KIND_NUMBERS = {kind.value: number for number, kind in enumerate(LineKind)}
GUARDED = {KIND_NUMBERS[kind.value] for kind in NEEDS_SAFEGUARDING}
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
    profiles: list[tuple[Any, ...]] = []
    owners: dict[int, int] = {}
    for row in offer_columns(offers):
        owners[profile_of_offer(row[0])] = len(profiles)
        profiles.append(reader.of_offer(row))
    by_site = defaultdict(list)
    for row in sponsorship_columns(sites):
        by_site[row[0]].append(row)
    for site_id, rows in by_site.items():
        owners[profile_of_site(site_id)] = len(profiles)
        profiles.append(reader.of_site(rows))
    lines = [
        *_lines(need_line_columns(offers), owners, 0, Direction.NEED, day_of(at)),
        *_lines(give_line_columns(sites), owners, SITE, Direction.GIVE, day_of(at)),
    ]
    return np.array(profiles, ENTRY), np.array(lines, LINE_ENTRY)


class _Reader:
    """Makes entries of rows, as things are at one instant."""

    def __init__(
        self, at: datetime, carried: Mapping[int, int], prices: Mapping[int, int]
    ) -> None:
        self.at, self.carried, self.prices = at, carried, prices

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
        is_declared = is_declaration_valid(declared, day_of(self.at))
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
            max(0, (self.at - since).days) if since else NOT_TOLD,
        )


def _lines(
    rows: Any,
    owners: Mapping[int, int],
    kind_of_thing: int,
    direction: Direction,
    today: date,
) -> Iterator[tuple[Any, ...]]:
    """Numbers the lines of each profile in their order."""
    numbers: dict[int, int] = {}
    for thing, kind, item, quantity, begin, end, *sets in rows:
        owner = owners.get(2 * thing + kind_of_thing)
        if owner is not None:
            numbers[owner] = numbers.get(owner, 0) + 1
            slots, topics, audiences, hard = sets
            number = KIND_NUMBERS[kind]
            yield (
                owner,
                direction,
                numbers[owner],
                number,
                _item(item),
                NOT_TOLD if quantity is None else quantity,
                topics,
                audiences,
                _months(begin, end, today),
                slots,
                hard,
                number in GUARDED,
            )


def _item(item: str) -> int:
    if item.isdigit():
        return CODES_FROM + int(item)
    return ITEM_NUMBERS.get(item, 0)


@lru_cache(maxsize=10_000)
def _months(begin: date | None, end: date | None, today: date) -> int:
    return mask_of_months(begin, end, today)
