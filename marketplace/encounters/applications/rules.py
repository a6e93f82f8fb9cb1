from datetime import date, datetime, timedelta
from typing import NamedTuple

from marketplace.encounters.applications.enums import (
    HANDED_OVER,
    LIVE,
    MOVES,
    Act,
    ApplicationState,
    Side,
)
from marketplace.encounters.applications.models import Application, Approval
from marketplace.foundation.clock import day_of, end_of
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.internships.models import Period
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.rules import age_on

APPROVAL_LINK_DAYS = 14
SOON = 7
# For who moves up from the waiting list.
CONFIRM_HOURS, CONFIRM_HOURS_SOON = 48, 24
REMINDER_DAYS = (7, 12)
NUDGE_DAYS = 10
TEXT_VERSION = "2026-11"
ADULT = 18


def is_pupil_of(actor: User | None, application: Application) -> bool:
    """Says whether a person is who applied."""
    return actor is not None and actor.id == application.pupil_id


def is_company_of(actor: User | None, application: Application) -> bool:
    """Says whether a person acts for the company, and may know that it exists."""
    is_known = is_readable_by_company(application)
    return is_known and is_member(actor, application.internship.organisation)


def is_served(application: Application) -> bool:
    """Says whether a verified company stands behind it, and nothing is frozen."""
    internship = application.internship
    is_frozen = internship.state is PostingState.FROZEN
    return is_verified(internship.organisation) and not is_frozen


def is_readable_by_company(application: Application) -> bool:
    """Says whether the company may read it now: handed over, not taken back.

    While the office does not vouch for the company, it reads nothing.
    """
    is_over = application.handed_over_at is not None
    is_known = is_verified(application.internship.organisation)
    return is_over and is_known and application.state in HANDED_OVER


def is_accepted(application: Application) -> bool:
    """Says whether the company may read name and telephone, too (table 5)."""
    return application.state in {
        ApplicationState.OFFERED,
        ApplicationState.CONFIRMED,
        ApplicationState.RUNNING,
    }


def is_coordinator(actor: User | None) -> bool:
    """Says whether a person works at the coordination office."""
    return actor is not None and actor.role is Role.COORDINATOR


def can_move(side: Side, application: Application, act: Act) -> bool:
    """Says whether the table has this step for this side."""
    move = MOVES.get((application.state, act))
    return move is not None and side in move.by


def is_minor(application: Application, day: date) -> bool:
    """Says whether a guardian must approve what is sent on this day."""
    pupil = application.pupil.pupil
    return pupil is None or age_on(pupil.birth_on, day) < ADULT


class Named(NamedTuple):
    """A guardian whom the pupil has named; without an address one is asked on paper."""

    no: int
    name: str
    address: str


def guardians_of(application: Application) -> list[Named]:
    """Who is asked at home: one, or two where the office wants both."""
    first = Named(1, application.guardian_name, application.guardian_email)
    second_address = application.second_guardian_email
    second = Named(2, application.second_guardian_name, second_address)
    return [first, second][: application.guardians_asked]


def lacks_second(application: Application) -> bool:
    """Says whether two must say yes, and nobody knows yet who the other one is."""
    is_waiting = application.state is ApplicationState.WAITING
    is_named = bool(application.second_guardian_name)
    return is_waiting and application.guardians_asked > 1 and not is_named


def can_name_second(application: Application, number: int) -> bool:
    """Says whether one guardian is asked for the other: once she has said yes."""
    is_through = number not in {one.no for one in still_asked(application)}
    return lacks_second(application) and is_through and not application.is_held


def still_asked(application: Application) -> list[Named]:
    """Whose yes is missing: all but those whose last word was one."""
    words = sorted(
        (it for it in application.approvals if it.id is not None),
        key=lambda it: it.id,
    )
    said = {it.guardian_no: it.is_granted for it in words}
    return [one for one in guardians_of(application) if not said.get(one.no)]


def guardian_no_of(application: Application, address: str) -> int:
    """Which of those named has an address; the first one if none has."""
    boxes = {same_mailbox(it.address): it.no for it in guardians_of(application)}
    return boxes.get(same_mailbox(address), 1)


def refusal_of(application: Application) -> Approval | None:
    """The guardian's no that counts: the last word that came from home."""
    words = [it for it in application.approvals if it.id is not None]
    last = max(words, key=lambda it: it.id, default=None)
    return last if last is not None and not last.is_granted else None


def is_stopped_by_office(application: Application) -> bool:
    """Says whether it was the office that did not let it go on."""
    is_refused = application.state is ApplicationState.REFUSED
    return is_refused and refusal_of(application) is None


def is_refuser(application: Application, actor: User | None, address: str) -> bool:
    """Says whether a no came from this account, or from this address."""
    refusal = refusal_of(application)
    if refusal is None:
        return False
    is_same_box = same_mailbox(refusal.address) == same_mailbox(address)
    is_same_account = actor is not None and refusal.user_id == actor.id
    return is_same_account or bool(address and is_same_box)


def can_lift(application: Application, actor: User | None, address: str) -> bool:
    """Says whether a guardian may take back the no that stopped it."""
    is_refused = application.state is ApplicationState.REFUSED
    return is_refused and is_refuser(application, actor, address)


def is_event_of(application: Application, school_id: int) -> bool:
    """Says whether it is a school event of a school's own pupil, once handed over."""
    is_event = application.basis is Basis.SCHOOL
    return is_event and is_readable_by_school(application, school_id)


def is_readable_by_school(application: Application, school_id: int) -> bool:
    """Says whether a school may read of it now: it concerns it and is handed over."""
    is_over = application.handed_over_at is not None
    is_there = is_over and application.state is not ApplicationState.WITHDRAWN
    return is_there and concerns_school(application, school_id)


def concerns_school(application: Application, school_id: int) -> bool:
    """Says whether it is an event of a school's own pupil, or shown by her."""
    pupil = application.pupil.pupil
    is_own = pupil is not None and pupil.school_id == school_id
    is_event = application.basis is Basis.SCHOOL
    return (is_event or application.is_shown_to_school) and is_own


def awaits_school_of(application: Application) -> bool:
    """Says whether the school can confirm now, or release, what it may know of."""
    is_asked = application.basis is Basis.SCHOOL or application.is_shown_to_school
    is_open = application.school_confirmed_at is None and application.state in LIVE
    return is_asked and is_open


def needs_school(application: Application) -> bool:
    """Says whether a school must confirm before the pupil can."""
    is_open = application.school_confirmed_at is None
    return application.basis is Basis.SCHOOL and is_open


def can_nudge(application: Application, at: datetime) -> bool:
    """Says whether a pupil may ask a silent company: from day ten on, once."""
    begun, is_first = application.handed_over_at, application.nudged_at is None
    if begun is None or application.state is not ApplicationState.OPEN:
        return False
    passed = (day_of(at) - day_of(begun)).days - application.stood_days
    return is_first and is_served(application) and passed >= NUDGE_DAYS


def eve_at_the_latest(period: Period, due_at: datetime) -> datetime:
    """A deadline, or the end of the day before a period begins if that is sooner."""
    return min(due_at, end_of(period.starts_on - timedelta(days=1)))


def is_soon(period: Period, at: datetime) -> bool:
    """Says whether a period begins within a week."""
    return period.starts_on - day_of(at) <= timedelta(days=SOON)


def age_band(born_on: date, day: date) -> str:
    """What a company learns of the age: a band, never the birth date."""
    age = age_on(born_on, day)
    if age >= ADULT:
        return "18+"
    return "13–14" if age <= 14 else "15" if age == 15 else "16–17"


def same_mailbox(address: str) -> str:
    """An address in lower case without what stands behind a plus sign."""
    name, _at, host = address.strip().lower().partition("@")
    return f"{name.partition('+')[0]}@{host}"
