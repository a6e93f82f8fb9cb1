"""The papers of a placement and who has signed, to each side that has a part in it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.rules import is_minor
from marketplace.encounters.applications.services.approving import note_reads
from marketplace.encounters.applications.services.seconding import number_of
from marketplace.encounters.papers.enums import CERTIFIED, Party
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.queries import (
    agreement_of,
    agreements_of,
    certificate_of,
    has_school_account,
    instruction_of,
    side_of,
)
from marketplace.encounters.papers.rules import (
    can_witness,
    has_papers,
    is_turn_of,
    missing_dates,
    next_party,
    parties_of,
    party_of,
    signature_of,
)
from marketplace.encounters.papers.services.describing import needs_release
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to

FOLDER = "encounters/papers"
READERS = (Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL, Role.COORDINATOR)


@dataclass(frozen=True)
class Seat:
    """An application with papers, and as whom the reader stands to it."""

    application: Application
    side: Side


def seat_at(key: str, *sides: Side) -> Seat:
    """The application of a key, if it has papers for the reader; else not found.

    `sides` narrow who may; none given, all may.
    """
    application = found(application_by_key(key))
    side = found(side_of(application, actor(), day_of(now())))
    permit(has_papers(application, side) and (not sides or side in sides))
    if side is Side.COORDINATION:
        note_reads([application], actor=actor(), at=now())
    return Seat(application, side)


@blueprint.get("/bewerbungen/<public:key>/unterlagen")
@open_to(*READERS)
def index(key: str) -> ResponseReturnValue:
    seat = seat_at(key)

    agreement = agreement_of(seat.application)
    instruction = instruction_of(seat.application)

    return render_template(
        f"{FOLDER}/index_{'pupil' if seat.side is Side.PUPIL else 'other'}.html",
        application=seat.application,
        side=seat.side,
        agreement=agreement,
        standing=standing(seat, agreement),
        instruction=instruction,
        missing=missing_dates(instruction, seat.application, day_of(now())),
        is_young=is_minor(seat.application, day_of(now())),
        certificate=certificate_of(seat.application),
        is_over=seat.application.state in CERTIFIED,
        is_release_needed=needs_release(seat.application, at=now()),
    )


@blueprint.get("/bewerbungen/<public:key>/unterlagen/protokoll")
@open_to(*READERS)
def protocol(key: str) -> ResponseReturnValue:
    seat = seat_at(key)

    return render_template(
        f"{FOLDER}/protocol.html",
        application=seat.application,
        agreements=agreements_of(seat.application),
    )


def party_at(seat: Seat) -> Party | None:
    """As which party the reader signs; of two guardians as the one she is."""
    if seat.side is not Side.GUARDIAN:
        return party_of(seat.side)
    return party_of(seat.side, number_of(seat.application, actor()))


def standing(seat: Seat, agreement: Agreement | None) -> dict[str, object]:
    """Who has signed, whose turn it is, and what the reader may do now."""
    today = day_of(now())
    if agreement is None:
        return {"rows": [], "turn": None, "is_mine": False, "can_witness": False}
    has_school = has_school_account(seat.application)
    parties = parties_of(seat.application, today)
    party = party_at(seat)
    is_mine = is_turn_of(party, agreement, today, has_school_account=has_school)
    return {
        "rows": [(party, signature_of(agreement, party)) for party in parties],
        "turn": next_party(agreement, today, has_school_account=has_school),
        "is_mine": is_mine,
        "can_witness": can_witness(seat.side, agreement, today),
        "has_school": has_school,
    }
