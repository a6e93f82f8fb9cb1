"""Companies enter places of their internships into a round."""

from dataclasses import dataclass, field
from datetime import datetime

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds.enums import DISTANCES, Criterion, RoundState
from marketplace.matching.rounds.models import Round, RoundSeat
from marketplace.matching.rounds.queries.seats import next_seat_no, periods_to_enter
from marketplace.matching.rounds.rules import is_seat_of, takes_seats
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.internships.models import Period
from marketplace.upkeep.audit.services import record


@dataclass(frozen=True, kw_only=True)
class SeatValues:
    """How many places, how many must come, and the only criteria there are.

    `km` only with distance; no minimum: it takes place with one.
    """

    period: Period
    capacity: int
    minimum: int | None = None
    criteria: frozenset[Criterion] = field(default_factory=frozenset)
    km: int | None = None


def enter_seat(
    round_: Round, values: SeatValues, *, actor: User, at: datetime
) -> RoundSeat:
    """Enters places of one period; everybody reads them and the ticks at once.

    Refuses more places than are free, and a period that is not the company's, not
    published or in the round already.
    """
    round_ = locked(round_)  # of two at once each gets a number of its own
    if not takes_seats(round_, at):
        raise Refusal(_("Diese Runde nimmt gerade keine Plätze mehr auf."))
    firm = values.period.internship.organisation
    if not is_member(actor, firm) or not is_verified(firm):
        raise Refusal(_("Das geht nur für Praktika der eigenen Organisation."))
    _require_possible(round_, values)
    is_near = Criterion.DISTANCE in values.criteria
    seat = RoundSeat(
        round=round_,
        seat_no=next_seat_no(round_),
        period=values.period,
        capacity=values.capacity,
        minimum=values.minimum,
        criteria=values.criteria,
        km=values.km if is_near else None,
        entered_at=at,
    )
    db.session.add(seat)
    db.session.flush()  # the record needs its id
    record("round.seat_entered", seat, actor=actor, at=at)
    return seat


def remove_seat(seat: RoundSeat, *, actor: User, at: datetime) -> None:
    """Takes places out again, until pupils begin to wish them."""
    if not is_seat_of(actor, seat):
        raise Refusal(_("Das geht nur für Praktika der eigenen Organisation."))
    if seat.round.state is not RoundState.DRAFT:
        raise Refusal(
            _("Die Runde läuft, die Plätze sind schon gewünscht worden.")
            + " "
            + _("Fällt das Praktikum aus, beenden Sie es: Dann zählt es nicht mehr.")
        )
    record("round.seat_removed", seat, actor=actor, at=at)
    db.session.delete(seat)


def _require_possible(round_: Round, values: SeatValues) -> None:
    firm, last_day = values.period.internship.organisation, day_of(round_.closes_at)
    free = values.period.free_count
    if values.period not in periods_to_enter(round_, [firm], last_day):
        raise Refusal(
            _("Dieser Zeitraum ist schon in der Runde oder nicht mehr zu haben."),
            {"period": _("Zeitraum")},
        )
    if values.capacity > free:
        raise Refusal(
            _("So viele Plätze sind in diesem Zeitraum nicht frei: %(num)s.", num=free),
            {"capacity": _("Plätze für die Runde")},
        )
    if values.minimum and values.minimum > values.capacity:
        raise Refusal(
            _("Es müssen nicht mehr kommen, als Plätze da sind."),
            {"minimum": _("Mindestens")},
        )
    if Criterion.DISTANCE in values.criteria and values.km not in DISTANCES:
        raise Refusal(_("Wie weit weg darf es sein?"), {"km": _("Höchstens")})
