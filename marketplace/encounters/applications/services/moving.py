"""One step of the table, and what every step has in common."""

from dataclasses import replace
from datetime import datetime

from marketplace.encounters.applications.enums import MOVES, Act, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import (
    Named,
    can_move,
    guardians_of,
    is_minor,
    lacks_second,
    still_asked,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import is_verified
from marketplace.people.schools.queries import staff_addresses
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue


def move(
    application: Application,
    act: Act,
    *,
    side: Side,
    actor: User | None,
    at: datetime,
) -> None:
    """Takes one step; refuses what the table does not have for this side.

    A company that the office does not vouch for takes none.
    """
    if side is Side.COMPANY and not is_verified(application.internship.organisation):
        raise Refusal(
            _("Ihre Organisation ist gerade nicht freigeschaltet.")
            + " "
            + _("Bitte fragen Sie die Koordinationsstelle.")
        )
    if not can_move(side, application, act):
        raise Refusal(
            _(
                "Das geht gerade nicht. Der Stand ist: %(state)s.",
                state=application.state.label,
            )
        )
    application.state = MOVES[application.state, act].to
    application.changed_at = at
    application.reminded_count = 0
    application.due_at = None
    record(f"application.{act}", application, actor=actor, at=at)


def write_pupil(letter: Letter, application: Application, *, at: datetime) -> None:
    """Leaves a letter for who applied."""
    queue(letter, [application.pupil.email], at=at)


def write_guardian(letter: Letter, application: Application, *, at: datetime) -> None:
    """Leaves a letter for each guardian that was named, while the pupil is a minor."""
    _write_home(letter, application, guardians_of(application), at=at)


def write_one_guardian(
    letter: Letter, application: Application, number: int, *, at: datetime
) -> None:
    """Leaves a letter for one of the guardians that were named, likewise."""
    people = [one for one in guardians_of(application) if one.no == number]
    _write_home(letter, application, people, at=at)


def ask_guardians(letter: Letter, application: Application, *, at: datetime) -> None:
    """Leaves a letter for those whose yes is missing; for all where none is.

    Where nobody knows yet who the second one is, the first is asked for her.
    """
    asked = still_asked(application) or guardians_of(application)
    if lacks_second(application):
        asked = guardians_of(application)[:1]
    _write_home(letter, application, asked, at=at)


def _write_home(
    letter: Letter, application: Application, people: list[Named], *, at: datetime
) -> None:
    """Writes to each by name; who gave no address is asked on paper."""
    for one in people if is_minor(application, day_of(at)) else ():
        if one.address:
            context = letter.context | {"guardian": one.name}
            queue(replace(letter, context=context), [one.address], at=at)


def write_school(letter: Letter, application: Application, *, at: datetime) -> None:
    """Leaves a letter for the school, where it has confirmed the placement."""
    pupil = application.pupil.pupil
    if pupil and pupil.school_id and application.school_confirmed_at:
        queue(letter, staff_addresses(pupil.school_id), at=at)


def write_company(letter: Letter, application: Application, *, at: datetime) -> None:
    """Leaves a letter for the members of the company."""
    queue(letter, addresses_of(application.internship.organisation), at=at)
