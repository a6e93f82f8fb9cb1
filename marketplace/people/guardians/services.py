from datetime import datetime

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.queries import guardian_count, is_guardian_of
from marketplace.people.guardians.rules import MOST_GUARDIANS
from marketplace.upkeep.audit.services import record


def link_if_free(guardian: User, child: User, *, at: datetime) -> bool:
    """Links a guardian unless two others answer for the child; says whether she does.

    Refuses nothing: what she has just answered must stand.
    """
    locked(child)  # of two who come third at once, none does
    if not is_guardian_of(guardian, child) and guardian_count(child) >= MOST_GUARDIANS:
        return False
    link_child(guardian, child, at=at)
    return True


def link_child(guardian: User, child: User, *, at: datetime) -> None:
    """Notes that a guardian answers for a child; twice changes nothing.

    Refuses a third guardian, and whoever has no account of a guardian.
    """
    if is_guardian_of(guardian, child):
        return
    if guardian.role is not Role.GUARDIAN or child.role is not Role.PUPIL:
        raise Refusal(_("Das geht nur mit einem Konto für Eltern."))
    if guardian_count(child) >= MOST_GUARDIANS:
        raise Refusal(_("Für dieses Kind sind schon zwei Erwachsene eingetragen."))
    row = Guardianship(guardian=guardian, child=child, linked_at=at)
    db.session.add(row)
    db.session.flush()  # the record needs its id
    record("guardian.linked", row, actor=guardian, at=at)
