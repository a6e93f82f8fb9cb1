"""From frozen rows to rows of results: the run itself, and what both rules would do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import insert

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.checking import cutoffs
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import final_seed, lot_ranks
from marketplace.matching.clearing.market import NOBODY, Integers
from marketplace.matching.rounds.enums import LATE, MAIN, RoundState
from marketplace.matching.rounds.models import Round, RoundOutcome, RoundResult
from marketplace.matching.rounds.queries.frozen import frozen_rows, lot_ranks_of
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.rules import lacks_beacon
from marketplace.matching.rounds.services.drawing import drawn
from marketplace.matching.rounds.services.packing import read_lists, read_places
from marketplace.matching.rounds.tables import Drawn
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record

CLASS_SHIFT = 32


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


def settle(round_id: int, run: int) -> Drawn:
    """Runs over the frozen rows and stores results and outcomes, in a few statements.

    In the late run everybody keeps her lot of the first.
    """
    round_ = sealed_round(round_id)
    rows = frozen_rows(round_, run)
    lists = read_lists([(row[0], row[1]) for row in rows])
    seats = round_.seats_row if run == MAIN else round_.late_seats_row
    places = read_places(seats or b"")
    result = drawn(lists, places, _ranks(round_, run, lists.codes), round_.rule)
    _store_results(round_.id, run, result)
    _store_outcomes(round_.id, run, result)
    return result


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
    seat = result.outcome.seat
    number = (
        np.where(seat == NOBODY, 0, result.places.seat_no[seat])
        if len(result.places)
        else np.zeros(len(seat), np.int64)
    )
    lines = waiting_ranks(result)
    rows = [
        {
            "round_id": round_id,
            "run": run,
            "pupil_code": code,
            "seat_no": seat_no or None,
            "tier": tier,
            "lot_rank": lot_rank,
            "waiting": _line(lines[k]) if k in lines else None,
        }
        for k, (code, seat_no, tier, lot_rank) in enumerate(
            zip(
                result.lists.codes,
                number.tolist(),
                result.outcome.tier.tolist(),
                result.market.lot_rank.tolist(),
                strict=True,
            )
        )
    ]
    if rows:
        db.session.execute(insert(RoundResult), rows)


def _line(ranks: dict[int, int]) -> str:
    return " ".join(f"{number}:{rank}" for number, rank in sorted(ranks.items()))


def _store_outcomes(round_id: int, run: int, result: Drawn) -> None:
    outcome, places = result.outcome, result.places
    count = len(places)
    wishes = np.bincount(result.market.edge_seat, minlength=count).tolist()
    held = np.bincount(outcome.seat[outcome.seat != NOBODY], minlength=count).tolist()
    closed = dict(zip(outcome.closed, outcome.closed_with, strict=True))
    last = cutoffs(result.market, outcome)
    rows = [
        {
            "round_id": round_id,
            "run": run,
            "seat_no": number,
            "capacity": capacity,
            "minimum": minimum,
            "wish_count": wishes[j],
            "held_count": closed.get(j, held[j]),
            "is_closed": j in closed,
            "cutoff_missed": cut[0] if cut else None,
            "cutoff_lot": cut[1] if cut else None,
        }
        for j, (number, capacity, minimum, cut) in enumerate(
            zip(
                places.seat_no.tolist(),
                places.capacity.tolist(),
                places.minimum.tolist(),
                last,
                strict=True,
            )
        )
    ]
    if rows:
        db.session.execute(insert(RoundOutcome), rows)


def _friends_together(result: Drawn) -> int:
    """How many pairs of friends have places in one town."""
    friend, seat = result.market.friend, result.outcome.seat
    host = result.places.host
    pairs = np.flatnonzero(friend > np.arange(len(friend)))
    both = pairs[(seat[pairs] != NOBODY) & (seat[friend[pairs]] != NOBODY)]
    return int((host[seat[both]] == host[seat[friend[both]]]).sum())
