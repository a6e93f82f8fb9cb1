"""Who of the office looks after what, so that no two do and nothing is left."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from marketplace.doors.desk.models import Care
from marketplace.doors.desk.queries import QUEUES, care_of, kept_in, waits
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import NotFound, Refusal, found
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.disabling import disable_account
from marketplace.people.organisations.services.inviting import revoke_all_of
from marketplace.upkeep.audit.services import record


def take_care(queue: str, thing_id: int, *, actor: User, at: datetime) -> Care:
    """Notes that a person looks after a thing; refuses what somebody else has."""
    if queue not in QUEUES or not waits(queue, thing_id):
        raise NotFound
    care = care_of(queue, thing_id)
    if care is None:
        care = _noted(queue, thing_id, actor=actor, at=at)
    if care.user_id != actor.id:
        raise Refusal(
            _("%(name)s kümmert sich schon darum.", name=care.user.name)
            + " "
            + _("Erst wenn das abgegeben ist, kann es jemand anders nehmen.")
        )
    return care


def shut_account(user: User, reason: str, *, actor: User, at: datetime) -> None:
    """Shuts an account and ends what its person still has open with others.

    Refuses whom the actor may not shut out, and an account that is shut already.
    """
    disable_account(user, reason, actor=actor, at=at)
    revoke_all_of(user, actor=actor, at=at)


def give_up_care(queue: str, thing_id: int, *, actor: User, at: datetime) -> None:
    """Lets a thing go again, one's own or that of a colleague who is away."""
    care = care_of(queue, thing_id)
    if care is None:
        raise Refusal(_("Darum kümmert sich gerade niemand."))
    record("care.given_up", care, actor=actor, at=at)
    db.session.delete(care)


def forget_cares() -> None:
    """Drops the cares for what waits no longer, and of accounts that are shut."""
    shut = select(User.id).where(User.disabled_at.is_not(None))
    is_over = [
        (Care.queue == queue) & Care.id.not_in(kept_in(queue)) for queue in QUEUES
    ]
    db.session.execute(delete(Care).where(or_(Care.user_id.in_(shut), *is_over)))


def _noted(queue: str, thing_id: int, *, actor: User, at: datetime) -> Care:
    """The care of this person, or of who took the thing in the same instant."""
    care = Care(queue=queue, thing_id=thing_id, user=actor, taken_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(care)
    except IntegrityError:
        return found(care_of(queue, thing_id))

    record("care.taken", care, actor=actor, at=at)
    return care
