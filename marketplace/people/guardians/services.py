from datetime import datetime

from sqlalchemy import delete, or_

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.guardians import mails
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.queries import (
    TOLD,
    guardian_count,
    guardianships_for,
    is_guardian_of,
    links_with_adults,
    nearly_adults,
)
from marketplace.people.guardians.rules import MOST_GUARDIANS, birthday_of_18
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def link_if_free(guardian: User, child: User, *, at: datetime) -> bool:
    """Links a guardian unless two others answer for the child; says whether she does.

    Refuses nothing: what she has just answered must stand.
    """
    locked(child)  # of two who come third at once, none does
    if not is_guardian_of(guardian, child) and guardian_count(child) >= MOST_GUARDIANS:
        return False
    link_child(guardian, child, at=at)
    return True


def unlink(link: Guardianship, *, actor: User, at: datetime) -> None:
    """Ends a link, as the guardian or as the office, which then tells the guardian.

    Whoever a pupil names with her address still reads that one application.
    """
    if actor.id != link.guardian_id:
        queue(mails.unlinked_guardian(link.child), [link.guardian.email], at=at)
    record("guardian.unlinked", link, actor=actor, at=at)
    db.session.delete(link)


def end_links_of_adults(*, at: datetime) -> int:
    """Ends the links of who has come of age, and says how many."""
    links = links_with_adults(day_of(at))
    for link in links:
        record("guardian.unlinked", link, actor=None, at=at)
        db.session.delete(link)
    return len(links)


def tell_of_majority(*, at: datetime) -> int:
    """Tells pupils and their guardians 30 days before; says of how many pupils."""
    pupils = nearly_adults(day_of(at))
    for child in pupils:
        born_on = child.pupil.birth_on if child.pupil else day_of(at)
        day = birthday_of_18(born_on)
        queue(mails.majority_near(child, day), [child.email], at=at)
        letter = mails.majority_near_guardian(child, day)
        queue(letter, [it.guardian.email for it in guardianships_for(child)], at=at)
        record(TOLD, child, actor=None, at=at)
    return len(pupils)


def link_child(
    guardian: User, child: User, *, at: datetime, actor: User | None = None
) -> None:
    """Notes that a guardian answers for a child; twice changes nothing.

    `actor` is who of the office did it; else it was the guardian.
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
    record("guardian.linked", row, actor=actor or guardian, at=at)


def unlink_all(user: User) -> None:
    """Ends whatever links a person with children, or with those who answer for her."""
    is_hers = or_(Guardianship.guardian_id == user.id, Guardianship.child_id == user.id)
    db.session.execute(delete(Guardianship).where(is_hers))
