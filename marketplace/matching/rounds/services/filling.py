"""After the late run: a place that becomes free goes to the next in line."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import numpy as np

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import locked
from marketplace.matching.rounds.enums import LATE
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.matching.rounds.queries.entries import applied_before, entries_coded
from marketplace.matching.rounds.queries.frozen import (
    frozen_rows,
    lot_ranks_of,
    placements_of,
)
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.queries.seats import seats_by_number
from marketplace.matching.rounds.rules import HOLDS, can_fill, has_place
from marketplace.matching.rounds.services.drawing import market_of
from marketplace.matching.rounds.services.packing import read_lists, read_places
from marketplace.matching.rounds.services.publishing import give_place


def fill_round(round_: Round, *, at: datetime) -> int:
    """Offers what is free to who is next, for 48 hours each; says how many were.

    Who is next has no place, wished it, and stands first by criteria and lot. Who had
    an application for these days already is passed over.
    """
    seats = seats_by_number(round_)
    free = {no: count for no, count in _free(round_, seats, at=at) if count}
    if not free:
        return 0
    given = 0
    for number, line in _lines(round_, free).items():
        entries = entries_coded(round_, line)
        waiting = [entries[code] for code in line if code in entries]
        given += _offer(waiting, seats[number], free[number], at=at)
    return given


def _free(
    round_: Round, seats: Mapping[int, RoundSeat], *, at: datetime
) -> Iterator[tuple[int, int]]:
    """How many places of each seat are free, of those entered into the round."""
    held = [row.period_id for row in placements_of(round_) if row.state in HOLDS]
    for number, seat in seats.items():
        if can_fill(seat) and seat.period.starts_on > day_of(at):
            left = seat.capacity - held.count(seat.period_id)
            yield number, max(0, min(left, seat.period.free_count))


def _lines(round_: Round, free: Mapping[int, int]) -> dict[int, list[str]]:
    """Who wished each free seat in the last lists, the next one first."""
    sealed = sealed_round(round_.id)
    lists = read_lists(frozen_rows(round_, LATE))
    places = read_places(sealed.late_seats_row or b"")
    ranks = lot_ranks_of(round_, LATE)
    market = market_of(lists, places, [ranks[code] for code in lists.codes])
    pupil, klass = market.edge_pupil, market.edge_class
    lines = {}
    for number in sorted(free):
        edges = np.flatnonzero(lists.seat_no == number)
        order = np.lexsort((market.lot_rank[pupil[edges]], klass[edges]))
        lines[number] = [lists.codes[k] for k in pupil[edges[order]].tolist()]
    return lines


def _offer(
    waiting: list[RoundEntry], seat: RoundSeat, free: int, *, at: datetime
) -> int:
    given = 0
    for entry in waiting:
        if given == free:
            break
        if has_place(locked(entry)) or applied_before(entry, seat):
            continue
        given += give_place(entry, seat, is_late=True, at=at)
    return given
