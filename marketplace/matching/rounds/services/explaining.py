"""What a pupil reads of her result: one sentence for each better wish, and one more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from marketplace.foundation.columns import mask_of
from marketplace.foundation.language import _, ngettext
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import final_seed, lot_of
from marketplace.matching.rounds.enums import LACKS, LATE, Criterion
from marketplace.matching.rounds.models import (
    Round,
    RoundEntry,
    RoundOutcome,
    RoundResult,
    RoundSeat,
)
from marketplace.matching.rounds.queries.frozen import (
    frozen_row,
    outcomes_of,
    result_of,
)
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.queries.seats import seats_by_number
from marketplace.matching.rounds.services.drawing import missed_masks
from marketplace.matching.rounds.services.packing import read_lists, read_places
from marketplace.matching.rounds.tables import Answer


@dataclass(frozen=True)
class Told:
    """All a pupil reads: her lot, her seat or none, why not the others, what is left.

    `free` are seats that nobody took; `waiting` her places in line, by seat.
    """

    lot: int
    lot_rank: int
    seat: RoundSeat | None
    tier: int
    answers: Sequence[Answer]
    wish_count: int
    free: Sequence[RoundSeat]
    waiting: Sequence[tuple[RoundSeat, int]]
    seats: Mapping[int, RoundSeat]


def told_to(entry: RoundEntry) -> Told | None:
    """What became of the list of a pupil; None where she had none at closing.

    It is read from the frozen list, so that it says what the run has seen.
    """
    round_ = entry.round
    result = result_of(round_, entry.public_id)
    if result is None:
        return None
    row = frozen_row(round_, result.run, entry.public_id)
    if row is None:
        return None
    seats, outcomes = seats_by_number(round_), outcomes_of(round_, result.run)
    answers = _answers(round_, result, row, seats, outcomes)
    seat = seats.get(result.seat_no or 0)
    line = (pair.split(":") for pair in (result.waiting or "").split())
    places = [(seats.get(int(number)), int(rank)) for number, rank in line]
    return Told(
        lot=lot_for(round_, entry.public_id),
        lot_rank=result.lot_rank,
        seat=seat,
        tier=result.tier,
        answers=answers,
        wish_count=(len(row) - 40) // 8,
        free=[] if seat else list(_free(seats, outcomes.values())),
        waiting=[(one, rank) for one, rank in places if one],
        seats=seats,
    )


def lot_for(round_: Round, code: str) -> int:
    """The lot of a code, as everybody can compute it from what is published."""
    sealed = sealed_round(round_.id)
    final = final_seed(bytes.fromhex(sealed.seed or ""), round_.beacon.encode())
    return lot_of(final, round_.public_id, code)


def _answers(
    round_: Round,
    result: RoundResult,
    row: bytes,
    seats: Mapping[int, RoundSeat],
    outcomes: Mapping[int, RoundOutcome],
) -> list[Answer]:
    """One for each wish that is better than the seat she got."""
    sealed = sealed_round(round_.id)
    frozen = sealed.late_seats_row if result.run == LATE else sealed.seats_row
    lists, places = read_lists([(result.pupil_code, row)]), read_places(frozen or b"")
    place = np.searchsorted(places.seat_no, lists.seat_no)
    masks = missed_masks(lists, places, np.zeros_like(place), place).tolist()
    wishes = zip(lists.seat_no.tolist(), lists.tier.tolist(), masks, strict=True)
    return [
        Answer(number, tier, missed, _words(outcomes[number], missed, result, round_))
        for number, tier, mask in wishes
        if (not result.tier or tier < result.tier) and number in seats
        for missed in [[one for one in Criterion if mask & mask_of([one])]]
    ]


def _words(
    outcome: RoundOutcome,
    missed: Sequence[Criterion],
    result: RoundResult,
    round_: Round,
) -> str:
    if outcome.is_closed and outcome.capacity:
        return _(
            "Kommt nicht zustande: %(count)s von mindestens %(minimum)s.",
            count=outcome.held_count,
            minimum=outcome.minimum,
        )
    if not outcome.capacity or outcome.cutoff_missed is None:
        return _("Diese Plätze gab es am Ende nicht mehr.")
    last, own = outcome.cutoff_missed, len(missed)
    if own > last:
        words: str = ngettext(
            "Plätze gingen an Stufe %(last)s oder besser, deine Stufe war %(own)s, "
            "weil %(criteria)s nicht passte.",
            "Plätze gingen an Stufe %(last)s oder besser, deine Stufe war %(own)s, "
            "weil %(criteria)s nicht passten.",
            own,
            last=last + 1,
            own=own + 1,
            criteria=_listed(LACKS[one] for one in missed),
        )
        return words
    lot = outcome.cutoff_lot or 0
    if round_.rule is Rule.MOST_PLACES and result.lot_rank < lot:
        return _("Plätze gingen zuerst an Bewerbungen ohne andere Möglichkeit.")
    return _(
        "In deiner Stufe entschied das Los: letzter Platz Losrang %(last)s, "
        "dein Losrang %(own)s.",
        last=lot,
        own=result.lot_rank,
    )


def _listed(words: Iterable[object]) -> str:
    *firsts, last = [str(word) for word in words]
    if not firsts:
        return last
    return _("%(firsts)s und %(last)s", firsts=", ".join(firsts), last=last)


def _free(
    seats: Mapping[int, RoundSeat], outcomes: Iterable[RoundOutcome]
) -> Iterable[RoundSeat]:
    for one in outcomes:
        is_left = not one.is_closed and one.held_count < one.capacity
        if is_left and one.seat_no in seats:
            yield seats[one.seat_no]
