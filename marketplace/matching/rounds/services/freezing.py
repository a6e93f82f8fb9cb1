"""At closing: lists and seats as they are, packed, hashed, and never changed again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zlib import crc32

from sqlalchemy import insert

from marketplace.encounters.applications.rules import ADULT
from marketplace.foundation.clock import day_of
from marketplace.foundation.columns import mask_of
from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds.enums import LATE, MAIN, RoundState
from marketplace.matching.rounds.models import Round, RoundList, RoundSeat
from marketplace.matching.rounds.queries.entries import entry_by_id
from marketplace.matching.rounds.queries.frozen import (
    consent_pairs,
    entry_columns,
    placements_of,
    wish_columns,
)
from marketplace.matching.rounds.queries.seats import seats_by_number
from marketplace.matching.rounds.rules import HOLDS, can_fill
from marketplace.matching.rounds.services.packing import (
    hash_of_lists,
    packed_list,
    packed_seats,
)
from marketplace.matching.rounds.services.wishing import require_possible
from marketplace.matching.rounds.tables import FrozenList, FrozenSeat, FrozenWish
from marketplace.region.labour.rules import age_on
from marketplace.region.places.queries import place_for
from marketplace.upkeep.audit.services import record

# Towns that are not known are no town of another seat.
UNKNOWN_TOWN = 2**31


def freeze_round(round_: Round, *, at: datetime) -> None:
    """Closes the lists of an open round; who had nothing approved has an empty one."""
    _freeze(round_, MAIN, at=at)
    round_.state = RoundState.FROZEN
    record("round.frozen", round_, actor=None, at=at)


def freeze_late(round_: Round, *, at: datetime) -> None:
    """The lists of those without a confirmed place, and the places that are left.

    Nobody gets back what she let lapse or gave up.
    """
    _freeze(round_, LATE, at=at)
    record("round.frozen_late", round_, actor=None, at=at)


def _freeze(round_: Round, run: int, *, at: datetime) -> None:
    placed = placements_of(round_) if run == LATE else ()
    sure = {row.id: row.period_id for row in placed if row.state in HOLDS}
    lost = {(row.id, row.period_id) for row in placed}
    seats = seats_by_number(round_)
    taken = list(sure.values())
    packed = packed_seats(
        _frozen(seat, taken.count(seat.period_id), at=at) for seat in seats.values()
    )
    closed = {(entry, no) for entry, period in lost for no in _of(period, seats)}
    rows = [
        (code, packed_list(one))
        for entry_id, code, one in _lists(round_, closed, at=at)
        if entry_id not in sure
    ]
    if run == MAIN:
        round_.seats_row, round_.lists_hash = packed, hash_of_lists(rows)
    else:
        round_.late_seats_row, round_.late_lists_hash = packed, hash_of_lists(rows)
    common = {"round_id": round_.id, "run": run}
    if rows:
        values = [common | {"pupil_code": code, "row": row} for code, row in rows]
        db.session.execute(insert(RoundList), values)


def _of(period_id: int, seats: Mapping[int, RoundSeat]) -> Iterator[int]:
    return (no for no, seat in seats.items() if seat.period_id == period_id)


def _lists(
    round_: Round, closed: set[tuple[int, int]], *, at: datetime
) -> Iterator[tuple[int, str, FrozenList]]:
    """Number, code and list of everybody, by code; only wishes that still hold."""
    granted = consent_pairs(round_)
    wishes = defaultdict(list)
    for wish in wish_columns(round_):
        wishes[wish.entry_id].append(wish)
    where = cache(_where)
    for entry in entry_columns(round_):
        is_adult = age_on(entry.birth_on, day_of(at)) >= ADULT
        kept = [
            FrozenWish(wish.seat_no, wish.tier, _is_free(entry, wish))
            for wish in wishes[entry.id]
            if is_adult or (entry.id, wish.organisation_id) in granted
            if (entry.id, wish.seat_no) not in closed
            if not _is_stale(entry, wish) or _still_holds(entry.id, wish, at=at)
        ]
        lat, lon = where(entry.town)
        interests = mask_of(entry.interests)
        frozen = FrozenList(lat, lon, interests, entry.friend_code, kept)
        yield entry.id, entry.public_id, frozen


def _is_free(entry: Any, wish: Any) -> bool:
    if entry.free_from is None or entry.free_to is None:
        return False
    return bool(entry.free_from <= wish.starts_on and wish.ends_on <= entry.free_to)


def _is_stale(entry: Any, wish: Any) -> bool:
    """Says whether days, hours or ages changed after the list was saved."""
    changed_at, saved_at = wish.terms_changed_at, entry.saved_at
    return bool(changed_at and saved_at and changed_at > saved_at)


def _still_holds(entry_id: int, wish: Any, *, at: datetime) -> bool:
    entry = entry_by_id(entry_id)
    seats = {one.seat.seat_no: one.seat for one in entry.wishes} if entry else {}
    try:
        if entry:
            require_possible(entry, seats[wish.seat_no], at=at)
    except Refusal:
        return False
    return entry is not None


def _frozen(seat: RoundSeat, taken: int, *, at: datetime) -> FrozenSeat:
    """One seat as it can be given now; `taken` are confirmed from this round."""
    internship = seat.period.internship
    is_there = can_fill(seat) and seat.period.starts_on > day_of(at)
    left = min(seat.capacity - taken, seat.period.free_count)
    town = internship.place_name
    return FrozenSeat(
        seat_no=seat.seat_no,
        capacity=max(0, left) if is_there else 0,
        minimum=0 if taken else seat.minimum or 0,
        host=crc32(town.encode()) % UNKNOWN_TOWN
        if town
        else UNKNOWN_TOWN + seat.seat_no,
        criteria=mask_of(seat.criteria),
        km=seat.km or 0,
        lat=internship.lat,
        lon=internship.lon,
        topics=mask_of(internship.topics),
    )


def _where(town: str) -> tuple[float | None, float | None]:
    place = place_for(town) if town else None
    return (place.lat, place.lon) if place else (None, None)
