from datetime import date, datetime

from marketplace.encounters.applications.enums import TOOK_PART, ApplicationState
from marketplace.encounters.applications.rules import ADULT, Named, same_mailbox
from marketplace.foundation.clock import day_of
from marketplace.matching.rounds.enums import (
    IS_OUT,
    TAKES_SEATS,
    RoundScope,
    RoundState,
)
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundSeat,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.internships.rules import takes_applications
from marketplace.region.labour.rules import age_on

# Who has come so far keeps the place, whatever is run again.
SURE = TOOK_PART | {ApplicationState.CONFIRMED, ApplicationState.RUNNING}
HOLDS = SURE | {ApplicationState.OFFERED}


def is_coordinator(actor: User | None) -> bool:
    """Says whether a person works at the coordination office."""
    return actor is not None and actor.role is Role.COORDINATOR


def can_see(actor: User | None, round_: Round) -> bool:
    """Says whether a round exists for a person: announced, or hers to prepare."""
    return round_.announced_at is not None or is_coordinator(actor)


def can_revise(round_: Round) -> bool:
    """Says whether the office may still change what a round is."""
    return round_.state is RoundState.DRAFT and round_.announced_at is None


def takes_seats(round_: Round, at: datetime) -> bool:
    """Says whether companies may enter places: announced, and not closed yet."""
    is_before = round_.state in TAKES_SEATS and at <= round_.closes_at
    is_late = round_.state is RoundState.PUBLISHED
    return round_.announced_at is not None and (is_before or is_late)


def takes_entries(round_: Round, at: datetime) -> bool:
    """Says whether pupils may join, and change what they told."""
    return round_.state is RoundState.OPEN and at <= round_.closes_at


def takes_wishes(entry: RoundEntry, at: datetime) -> bool:
    """Says whether a list may be saved: while it is open, and before the late run."""
    is_late = entry.round.state is RoundState.PUBLISHED and not has_place(entry)
    return takes_entries(entry.round, at) or is_late


def is_out(round_: Round) -> bool:
    """Says whether everybody may read what came of it."""
    return round_.state in IS_OUT


def lacks_beacon(round_: Round) -> bool:
    """Says whether the draw waits for the one that was named in advance."""
    return bool(round_.beacon_name) and not round_.beacon


def has_place(entry: RoundEntry) -> bool:
    """Says whether a pupil has a place from the round, confirmed or offered."""
    application = entry.application
    return application is not None and application.state in HOLDS


def is_sure(entry: RoundEntry) -> bool:
    """Says whether she has confirmed it; nothing moves her any more."""
    application = entry.application
    return application is not None and application.state in SURE


def can_fill(seat: RoundSeat) -> bool:
    """Says whether a seat is to be had: its company and posting stand behind it."""
    internship = seat.period.internship
    is_there = seat.period.is_open and takes_applications(internship)
    return is_there and is_verified(internship.organisation)


def is_seat_of(actor: User, seat: RoundSeat) -> bool:
    """Says whether a person acts for the company of a seat."""
    return is_member(actor, seat.period.internship.organisation)


def is_minor(pupil: User, day: date) -> bool:
    """Says whether a guardian has to approve the companies of a pupil."""
    return pupil.pupil is None or age_on(pupil.pupil.birth_on, day) < ADULT


def counts(consent: RoundConsent) -> bool:
    """Says whether a yes is one that counts."""
    return consent.is_granted and not consent.is_held


def is_approved(entry: RoundEntry, organisation_id: int, at: datetime) -> bool:
    """Says whether a company may learn of a pupil: approved at home, or of age."""
    if not is_minor(entry.pupil, day_of(at)):
        return True
    said = (one for one in entry.consents if one.organisation_id == organisation_id)
    yes = {one.guardian_no for one in said if counts(one)}
    return {one.no for one in people_at_home(entry)} <= yes


def people_at_home(entry: RoundEntry) -> list[Named]:
    """Who is asked at home: one, or two where the office wants both."""
    first = Named(1, entry.guardian_name, entry.guardian_email)
    second = Named(2, entry.second_guardian_name, entry.second_guardian_email)
    return [first, second][: entry.guardians_asked]


def number_at_home(entry: RoundEntry, address: str) -> int:
    """Which of those at home has an address; the first one if none has."""
    boxes = {same_mailbox(one.address): one.no for one in people_at_home(entry)}
    return boxes.get(same_mailbox(address), 1)


def has_answered(entry: RoundEntry, number: int) -> bool:
    """Says whether one of those at home has said anything yet."""
    return any(one.guardian_no == number for one in entry.consents)


def lacks_second(entry: RoundEntry) -> bool:
    """Says whether two are asked, and the first has not said who the other one is."""
    is_unnamed = entry.guardians_asked > 1 and not entry.second_guardian_name
    return is_unnamed and has_answered(entry, 1)


def is_in_school(pupil: User, round_: Round) -> bool:
    """Says whether a round is for the school of a pupil; others are for no school."""
    own = pupil.pupil.school_id if pupil.pupil else None
    return round_.scope is not RoundScope.SCHOOL or own == round_.school_id


def is_free_on(entry: RoundEntry, first: date, last: date) -> bool:
    """Says whether a pupil told that she can come on all these days."""
    if entry.free_from is None or entry.free_to is None:
        return False
    return entry.free_from <= first and last <= entry.free_to
