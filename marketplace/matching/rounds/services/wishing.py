"""The list of a pupil: groups of equally liked seats, saved as often as she likes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from marketplace.encounters.applications.models import Approval
from marketplace.encounters.applications.services.placing import (
    Placing,
    require_placeable,
)
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds.models import RoundEntry, RoundSeat, RoundWish
from marketplace.matching.rounds.rules import can_fill, takes_wishes
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def refusals_for(
    entry: RoundEntry, seats: Sequence[RoundSeat], *, at: datetime
) -> dict[int, str]:
    """Why a pupil cannot have some of these seats, by number: age, law, other places.

    What is told here never reaches the draw, so nobody loses by it silently.
    """
    refused = {}
    for seat in seats:
        try:
            require_possible(entry, seat, at=at)
        except Refusal as refusal:
            refused[seat.seat_no] = refusal.sentence
    return refused


def require_possible(entry: RoundEntry, seat: RoundSeat, *, at: datetime) -> None:
    """Refuses a seat that a pupil could not take."""
    if not can_fill(seat):
        raise Refusal(_("Dieses Praktikum ist gerade nicht zu haben."))
    require_placeable(placing_for(entry, seat), at=at)


def placing_for(
    entry: RoundEntry, seat: RoundSeat, approvals: Sequence[Approval] = ()
) -> Placing:
    """What it would mean to place a pupil there."""
    return Placing(
        pupil=entry.pupil,
        period=seat.period,
        basis=entry.round.basis,
        class_level=entry.class_level,
        guardian_name=entry.guardian_name,
        guardian_email=entry.guardian_email,
        guardian_phone=entry.guardian_phone,
        guardians_asked=entry.guardians_asked,
        second_guardian_name=entry.second_guardian_name,
        second_guardian_email=entry.second_guardian_email,
        holiday_days_used=entry.holiday_days_used,
        approvals=approvals,
    )


def save_wishes(
    entry: RoundEntry,
    tiers: Mapping[int, int | None],
    seats: Mapping[int, RoundSeat],
    *,
    actor: User,
    at: datetime,
) -> None:
    """Puts seats into groups by their numbers; None takes one off the list.

    What is not named keeps its group. Refuses a new seat that she could not take,
    with the reason.
    """
    _require_own(entry, actor, at=at)
    listed = {wish.seat.seat_no: wish for wish in entry.wishes}
    added = [
        seats[number]
        for number, tier in tiers.items()
        if tier is not None and number not in listed
    ]
    for seat in added:
        require_possible(entry, seat, at=at)
    for number, tier in tiers.items():
        if tier is None and number in listed:
            entry.wishes.remove(listed.pop(number))
        elif tier is not None and number in listed:
            listed[number].tier = tier
        elif tier is not None:
            wish = RoundWish(seat=seats[number], tier=tier, pos=len(entry.wishes))
            entry.wishes.append(wish)
    _number(sorted(entry.wishes, key=lambda wish: (wish.tier, wish.pos)))
    entry.saved_at = at
    record("round.wishes_saved", entry, actor=actor, at=at)


def move_wish(
    entry: RoundEntry, seat_no: int, *, is_up: bool, actor: User, at: datetime
) -> None:
    """Moves a seat one step: within its group, or over to the end of the next one."""
    _require_own(entry, actor, at=at)
    wishes = sorted(entry.wishes, key=lambda wish: (wish.tier, wish.pos))
    place = next((k for k, w in enumerate(wishes) if w.seat.seat_no == seat_no), None)
    if place is None:
        raise Refusal(_("Das steht nicht auf deiner Liste."))
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(wishes):
        return
    wish, neighbour = wishes[place], wishes[other]
    if wish.tier == neighbour.tier:
        wishes[place], wishes[other] = neighbour, wish
    else:
        wish.tier = neighbour.tier
    _number(wishes)
    entry.saved_at = at


def _require_own(entry: RoundEntry, actor: User, *, at: datetime) -> None:
    if actor.id != entry.pupil_id:
        raise Refusal(_("Das ist nicht deine Liste."))
    if not takes_wishes(entry, at):
        raise Refusal(_("Die Listen sind geschlossen."))


def _number(wishes: Sequence[RoundWish]) -> None:
    """Numbers groups without gaps, and places within the whole list."""
    tier, last = 0, None
    for pos, wish in enumerate(wishes):
        if wish.tier != last:
            tier, last = tier + 1, wish.tier
        wish.tier, wish.pos = tier, pos
