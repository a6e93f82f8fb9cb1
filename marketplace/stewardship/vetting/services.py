from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.region.labour.rules import is_recent_certificate
from marketplace.stewardship.vetting.enums import Duty
from marketplace.stewardship.vetting.models import ConductNote
from marketplace.stewardship.vetting.rules import Seen, packed
from marketplace.upkeep.audit.services import record


@dataclass(frozen=True, kw_only=True)
class Task:
    """Who does what, from which day to which."""

    person: str
    duty: Duty
    starts_on: date
    ends_on: date


def ask_for_certificate(
    organisation: Organisation, task: Task, *, actor: User, at: datetime
) -> ConductNote:
    """Notes that somebody is asked for her certificate; the letter is printed."""
    _require_office(actor)
    note = ConductNote(organisation=organisation, asked_at=at, **vars(task))
    db.session.add(note)
    db.session.flush()  # the record needs its id
    record("conduct.asked", note, actor=actor, at=at)
    return note


def note_certificate(
    note: ConductNote, dated_on: date, *, is_clean: bool, actor: User, at: datetime
) -> bool:
    """Keeps that a certificate was seen; with an entry nothing stays, not even asking.

    Says whether the person is released. Refuses one older than three months.
    """
    _require_office(actor)
    note = locked(note)
    if not is_clean:
        drop_note(note, actor=actor, at=at)
        return False
    if not is_recent_certificate(dated_on, day_of(at)):
        raise Refusal(_("Älter als drei Monate darf es beim Ansehen nicht sein."))
    note.seen = packed(Seen(dated_on, actor.name))
    record("conduct.seen", note, actor=actor, at=at)
    return True


def drop_note(note: ConductNote, *, actor: User, at: datetime) -> None:
    """Deletes a note at once, where nothing comes of it."""
    _require_office(actor)
    record("conduct.dropped", note, actor=actor, at=at)
    db.session.delete(note)


def forget_notes(ids: Sequence[int]) -> None:
    """Deletes notes about what is over."""
    db.session.execute(delete(ConductNote).where(ConductNote.id.in_(ids)))


def _require_office(actor: User) -> None:
    if actor.role is not Role.COORDINATOR:
        raise Refusal(_("Das macht die Koordinationsstelle."))
