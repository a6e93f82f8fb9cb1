"""Rounds, their seats and who takes part, in the states that tests ask for."""

from datetime import timedelta

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.holding import Signature
from marketplace.foundation.database import db, transaction
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import RoundScope, RoundState
from marketplace.matching.rounds.models import Round
from marketplace.matching.rounds.queries.entries import entry_of
from marketplace.matching.rounds.services.consenting import answer_list, companies_of
from marketplace.matching.rounds.services.following import follow_rounds
from marketplace.matching.rounds.services.joining import EntryValues, join_round
from marketplace.matching.rounds.services.planning import (
    RoundValues,
    announce_round,
    plan_round,
)
from marketplace.matching.rounds.services.publishing import hand_out, publish_round
from marketplace.matching.rounds.services.seating import SeatValues, enter_seat
from marketplace.matching.rounds.services.wishing import save_wishes
from marketplace.region.labour.enums import Basis
from tests.factories.applications import PARENT, make_mia, make_place
from tests.factories.people import make_coordinator, number
from tests.moments import NOON

DAY = timedelta(days=1)
OPENS, CLOSES = NOON + DAY, NOON + 15 * DAY
# While lists may be saved, and when they are closed.
WHILE, AFTER = OPENS + DAY, CLOSES + timedelta(minutes=1)
HOME = Signature(way=ApprovalWay.LETTER, name="Ute Muster", address=PARENT)


def round_values(**changes):
    values = {
        "title": "Winterferien in Betrieben",
        "scope": RoundScope.REGION,
        "basis": Basis.VOLUNTARY,
        "rule": Rule.LOT_FAIR,
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    return RoundValues(**values | changes)


def make_round(state=RoundState.OPEN, office=None, **changes):
    """An announced round; in draft it is not announced yet."""
    office = office or make_coordinator()
    with transaction():
        round_ = plan_round(round_values(**changes), actor=office, at=NOON)
        if state is not RoundState.DRAFT:
            announce_round(round_, actor=office, at=NOON)
            round_.state = state
    return round_


def make_seat(round_, internship=None, *, capacity=1, at=NOON, **changes):
    """Places of the first period of an internship, entered by its company."""
    internship = internship or make_place(place_count=20)
    actor = internship.organisation.memberships[0].user
    with transaction():
        values = SeatValues(period=internship.periods[0], capacity=capacity, **changes)
        return enter_seat(round_, values, actor=actor, at=at)


def make_entry(round_, pupil=None, *, at=WHILE, **changes):
    """Somebody of 16 who takes part, and her mother."""
    values = {
        "class_level": 10,
        "guardian_name": "Ute Muster",
        "guardian_email": f"eltern{next(number)}@example.org",
    }
    with transaction():
        return join_round(
            round_, EntryValues(**values | changes), actor=pupil or make_mia(), at=at
        )


def wish(entry, *tiers, at=WHILE):
    """Saves groups of seats, the best first."""
    groups = {seat: tier for tier, seats in enumerate(tiers, 1) for seat in seats}
    seats = {seat.seat_no: seat for seat in groups}
    with transaction():
        numbers = {seat.seat_no: tier for seat, tier in groups.items()}
        save_wishes(entry, numbers, seats, actor=entry.pupil, at=at)


def approve(entry, *firms, at=WHILE, signature=HOME):
    """Says yes at home: to these companies, else to all on the list."""
    firms = firms or companies_of(entry)
    with transaction():
        answer_list(entry, {firm.id for firm in firms}, signature, at=at)


def take_part(round_, *tiers, pupil=None, **changes):
    """A pupil with an approved list."""
    entry = make_entry(round_, pupil, **changes)
    wish(entry, *tiers)
    approve(entry)
    return entry


def close(round_, at=AFTER):
    """Lets the clock close and clear a round."""
    with transaction():
        follow_rounds(at=at)
    return db.session.get(Round, round_.id)


def publish(round_, office=None, at=AFTER):
    """Publishes a cleared round and gives everybody the place she got."""
    with transaction():
        publish_round(round_, actor=office or make_coordinator(), at=at)
    give_out(round_, 1, at=at)


def give_out(round_, run, at):
    while True:
        with transaction():
            if not hand_out(round_, run, at=at):
                return


def fresh(entry):
    """The entry as the database has it now."""
    db.session.expire_all()
    return entry_of(entry.round, entry.pupil)
