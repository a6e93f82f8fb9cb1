"""A run over frozen lists, from bytes to a checked outcome; nothing is stored here."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from marketplace.foundation.columns import mask_of
from marketplace.foundation.compiling import IS_COMPILED
from marketplace.foundation.geometry import EARTH_KM
from marketplace.matching.clearing.checking import check_round
from marketplace.matching.clearing.clear import clear
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.market import (
    CLASS_SHIFT,
    LAST,
    SEAT_SHIFT,
    Integers,
    Market,
    Seats,
)
from marketplace.matching.rounds.enums import Criterion
from marketplace.matching.rounds.tables import Drawn, Floats, Lists, Masks, Places

BITS = {one: np.uint8(mask_of([one])) for one in Criterion}
# How many of them a mask holds.
COUNTS = np.array([mask.bit_count() for mask in range(2 ** len(BITS))], np.uint64)

# Below it plain Python is done before the kernel would be compiled.
COMPILED_FROM = 2_000


def drawn(
    lists: Lists, places: Places, lot_rank: Integers | Sequence[int], rule: Rule
) -> Drawn:
    """Clears the lists by a rule and has the result checked independently."""
    market = market_of(lists, places, lot_rank)
    is_compiled = IS_COMPILED and market.pupil_count >= COMPILED_FROM
    outcome = clear(market, rule, is_compiled=is_compiled)
    return Drawn(lists, places, market, outcome, check_round(market, outcome))


def market_of(
    lists: Lists, places: Places, lot_rank: Integers | Sequence[int]
) -> Market:
    """The arrays of the kernel: seats by place in `places`, classes computed now.

    The lists are in order already, as they were frozen.
    """
    pupil = np.repeat(np.arange(len(lists)), np.diff(lists.off))
    seat = _places_of(lists.seat_no, places.seat_no)
    # Ten million wishes: each of these steps stays in the array it fills.
    edge = seat.astype(np.uint64)
    edge <<= np.uint64(SEAT_SHIFT - CLASS_SHIFT)
    edge |= missed_count(lists, places, pupil, seat)
    edge <<= np.uint64(CLASS_SHIFT)
    is_last = np.ones(len(seat), bool)
    is_last[:-1] = (pupil[1:] != pupil[:-1]) | (lists.tier[1:] != lists.tier[:-1])
    edge[is_last] |= np.uint64(LAST)
    return Market(
        off=lists.off,
        edge=edge,
        tier=lists.tier,
        lot_rank=np.asarray(lot_rank, np.int64),
        friend=lists.friend,
        seats=Seats(places.capacity, places.minimum, places.host),
    )


def missed_count(
    lists: Lists, places: Places, pupil: Integers, seat: Integers
) -> Masks:
    """How many of the ticked criteria of its seat each wish does not meet, 0 to 3."""
    return COUNTS[missed_masks(lists, places, pupil, seat)]


def missed_masks(
    lists: Lists, places: Places, pupil: Integers, seat: Integers
) -> NDArray[np.uint8]:
    """Which ones, as masks. What a pupil did not tell counts as not met."""
    asked = places.criteria.astype(np.uint8)[seat]
    missed = asked & BITS[Criterion.DATES]
    missed[lists.is_free] = 0
    shares = (places.topics[seat] & lists.interests[pupil]) > 0
    asked[shares] &= ~BITS[Criterion.INTEREST]
    missed |= asked & BITS[Criterion.INTEREST]
    far = np.flatnonzero(asked & BITS[Criterion.DISTANCE])
    if len(far):
        ways = _km(lists, places, pupil[far], seat[far])
        is_far = ~(ways <= places.km[seat[far]])  # NaN is not near
        missed[far[is_far]] |= BITS[Criterion.DISTANCE]
    return missed


def _places_of(numbers: Integers, seat_no: Integers) -> Integers:
    """The place of each number among those of the seats, which are small."""
    place = np.zeros(int(seat_no.max(initial=0)) + 1, np.int64)
    place[seat_no] = np.arange(len(seat_no))
    return place[numbers]


def _km(lists: Lists, places: Places, pupil: Integers, seat: Integers) -> Floats:
    """Great-circle distances, NaN where a place is not known."""
    lat, other_lat = np.radians(lists.lat[pupil]), np.radians(places.lat[seat])
    half_lon = np.radians(places.lon[seat] - lists.lon[pupil]) / 2
    share = np.sin((other_lat - lat) / 2) ** 2
    share += np.cos(lat) * np.cos(other_lat) * np.sin(half_lon) ** 2
    ways: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(share))
    return ways
