"""From frozen rows to rows of results: the run itself, and what both rules would do."""

from collections.abc import Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

import numpy as np

from marketplace.foundation.database import insert_rows
from marketplace.foundation.garbage import without_garbage
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.checking import cutoffs
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import final_seed, lot_ranks
from marketplace.matching.clearing.market import NOBODY, Integers
from marketplace.matching.rounds.enums import IS_RUN, LATE, MAIN, RoundState
from marketplace.matching.rounds.models import Round, RoundOutcome, RoundResult
from marketplace.matching.rounds.queries.frozen import frozen_rows, lot_ranks_of
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.rules import lacks_beacon
from marketplace.matching.rounds.services.drawing import drawn
from marketplace.matching.rounds.services.packing import read_lists, read_places
from marketplace.matching.rounds.tables import Drawn
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def draw_round(round_: Round, *, actor: User | None, at: datetime) -> None:
    """Clears frozen lists by the rule of the round; nobody but the office sees it yet.

    The other rule is run beside it for its numbers alone. Waits for a beacon that was
    named in advance.
    """
    if round_.state is not RoundState.FROZEN:
        raise Refusal(_("Ausgelost wird, wenn die Listen geschlossen sind."))
    if lacks_beacon(round_):
        raise Refusal(_("Zuerst kommt die Ziehung, die angekündigt wurde."))
    main = settle(round_.id, MAIN)
    figures = {round_.rule.value: figures_of(main)}
    for rule in Rule:
        if rule is not round_.rule:
            ranks = main.market.lot_rank
            other = drawn(main.lists, main.places, ranks, rule)
            figures[rule.value] = figures_of(other)
    round_.figures, round_.state = figures, RoundState.CLEARED
    record("round.drawn", round_, actor=actor, at=at)


def drawn_again(round_: Round) -> Drawn:
    """The first run of a round computed anew from what was frozen; nothing is stored.

    Refuses before the draw, and once the lists are deleted.
    """
    if round_.state not in IS_RUN or not frozen_rows(round_, MAIN):
        raise Refusal(_("Zu dieser Runde gibt es keine ausgelosten Listen."))
    return _drawn(sealed_round(round_.id), MAIN)


def settle(round_id: int, run: int) -> Drawn:
    """Runs over the frozen rows and stores results and outcomes, in a few statements.

    In the late run everybody keeps her lot of the first.
    """
    with without_garbage():
        result = _drawn(sealed_round(round_id), run)
        _store_results(round_id, run, result)
        _store_outcomes(round_id, run, result)
    return result


def _drawn(round_: Round, run: int) -> Drawn:
    rows = frozen_rows(round_, run)
    lists = read_lists(rows)
    seats = round_.seats_row if run == MAIN else round_.late_seats_row
    places = read_places(seats or b"")
    return drawn(lists, places, _ranks(round_, run, lists.codes), round_.rule)


def figures_of(result: Drawn) -> dict[str, Any]:
    """What is told of a run: numbers, never a name."""
    outcome, places = result.outcome, result.places
    has_wish = np.diff(result.lists.off) > 0
    tiers = np.bincount(outcome.tier[outcome.seat != NOBODY])
    return {
        "pupils": int(has_wish.sum()),
        "seats": len(places),
        "places": int(places.capacity.sum()),
        "placed": outcome.placed,
        "unplaced": int(has_wish.sum()) - outcome.placed,
        "tiers": [int(count) for count in tiers[1:]],
        "closed": len([j for j in outcome.closed if places.capacity[j]]),
        "runs": outcome.runs,
        "friends": _friends_together(result),
        "blocking_pairs": result.findings.blocking_pairs,
        "lot_envy": result.findings.lot_envy,
    }


def waiting_ranks(result: Drawn) -> dict[int, dict[int, int]]:
    """Of each pupil without a seat her place in line for each seat, by numbers.

    In line stand those without a seat who wished it, by criteria missed, then lot.
    """
    market, outcome = result.market, result.outcome
    pupil = market.edge_pupil
    waits = np.flatnonzero(outcome.seat[pupil] == NOBODY)
    seat, klass = market.edge_seat[waits], market.edge_class[waits]
    lot = market.lot_rank[pupil[waits]]
    order = np.lexsort((lot, klass, seat))
    lines: dict[int, dict[int, int]] = {}
    last, rank = NOBODY, 0
    for k in order.tolist():
        rank = rank + 1 if seat[k] == last else 1
        last = seat[k]
        number = int(result.places.seat_no[last])
        lines.setdefault(int(pupil[waits[k]]), {})[number] = rank
    return lines


def _ranks(round_: Round, run: int, codes: Sequence[str]) -> Integers | list[int]:
    if run == LATE:
        known = lot_ranks_of(round_, MAIN)
        return [known.get(code, len(known) + k) for k, code in enumerate(codes, 1)]
    final = final_seed(bytes.fromhex(round_.seed or ""), round_.beacon.encode())
    return lot_ranks(final, round_.public_id, codes)


def _store_results(round_id: int, run: int, result: Drawn) -> None:
    seat, lines = result.outcome.seat, waiting_ranks(result)
    waiting: list[str | None] = [None] * len(seat)
    for k, ranks in lines.items():
        waiting[k] = " ".join(f"{no}:{rank}" for no, rank in sorted(ranks.items()))
    numbers = [None, *result.places.seat_no.tolist()]
    columns = ("round_id", "run", "pupil_code", "seat_no", "tier", "lot_rank")
    values = zip(
        repeat(round_id),
        repeat(run),
        result.lists.codes,
        [numbers[place + 1] for place in seat.tolist()],
        result.outcome.tier.tolist(),
        result.market.lot_rank.tolist(),
        waiting,
        strict=False,
    )
    insert_rows(RoundResult, (*columns, "waiting"), list(values))


def _store_outcomes(round_id: int, run: int, result: Drawn) -> None:
    outcome, places = result.outcome, result.places
    count = len(places)
    wishes = np.bincount(result.market.edge_seat, minlength=count).tolist()
    held = np.bincount(outcome.seat[outcome.seat != NOBODY], minlength=count).tolist()
    closed = dict(zip(outcome.closed, outcome.closed_with, strict=True))
    last = cutoffs(result.market, outcome)
    columns = (
        *("round_id", "run", "seat_no", "capacity", "minimum", "wish_count"),
        *("held_count", "is_closed", "cutoff_missed", "cutoff_lot"),
    )
    values = zip(
        repeat(round_id),
        repeat(run),
        places.seat_no.tolist(),
        places.capacity.tolist(),
        places.minimum.tolist(),
        wishes,
        [closed.get(j, held[j]) for j in range(count)],
        [j in closed for j in range(count)],
        [cut and cut[0] for cut in last],
        [cut and cut[1] for cut in last],
        strict=False,
    )
    insert_rows(RoundOutcome, columns, list(values))


def _friends_together(result: Drawn) -> int:
    """How many pairs of friends have places in one town."""
    friend, seat = result.market.friend, result.outcome.seat
    host = result.places.host
    pairs = np.flatnonzero(friend > np.arange(len(friend)))
    both = pairs[(seat[pairs] != NOBODY) & (seat[friend[pairs]] != NOBODY)]
    return int((host[seat[both]] == host[seat[friend[both]]]).sum())
