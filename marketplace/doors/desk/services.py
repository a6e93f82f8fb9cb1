"""Who of the office looks after what, so that no two do and nothing is left."""

from datetime import datetime

from sqlalchemy import delete, or_, select

from marketplace.doors.desk.models import Care
from marketplace.doors.desk.queries import QUEUES, care_of, kept_in, waits
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import NotFound, Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def take_care(queue: str, thing_id: int, *, actor: User, at: datetime) -> Care:
    """Notes that a person looks after a thing; refuses what somebody else has."""
    if queue not in QUEUES or not waits(queue, thing_id):
        raise NotFound
    care = care_of(queue, thing_id)
    if care and care.user_id != actor.id:
        raise Refusal(
            _("%(name)s kümmert sich schon darum.", name=care.user.name)
            + " "
            + _("Erst wenn das abgegeben ist, kann es jemand anders nehmen.")
        )
    if care:
        return care
    care = Care(queue=queue, thing_id=thing_id, user=actor, taken_at=at)
    db.session.add(care)
    db.session.flush()  # the record needs its id

    record("care.taken", care, actor=actor, at=at)
    return care


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
