from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.foundation.database import db
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.rules import NOTICE_DAYS, adult_since
from marketplace.upkeep.audit.models import AuditEntry

# What the record says once both sides know that the view of the guardian ends.
TOLD = "guardian.majority_told"


def is_guardian_of(guardian: User, child: User) -> bool:
    """Says whether a guardian answers for a child."""
    query = select(Guardianship.id).where(
        Guardianship.guardian_id == guardian.id, Guardianship.child_id == child.id
    )
    return db.session.scalar(query) is not None


def children_of(guardian: User) -> Sequence[User]:
    """The children a guardian answers for, by first name."""
    query = (
        select(User)
        .join(Guardianship, Guardianship.child_id == User.id)
        .where(Guardianship.guardian_id == guardian.id)
        .order_by(User.first_name, User.id)
    )
    return db.session.scalars(query).all()


def guardianships_of(guardian: User) -> Sequence[Guardianship]:
    """The links of a guardian, with the children, by first name."""
    query = (
        select(Guardianship)
        .join(Guardianship.child)
        .where(Guardianship.guardian_id == guardian.id)
        .options(contains_eager(Guardianship.child))
        .order_by(User.first_name, User.id)
    )
    return db.session.scalars(query).all()


def guardianships_for(child: User) -> Sequence[Guardianship]:
    """Who is linked with a child, in the order they came."""
    query = (
        select(Guardianship)
        .where(Guardianship.child_id == child.id)
        .options(joinedload(Guardianship.guardian))
        .order_by(Guardianship.id)
    )
    return db.session.scalars(query).all()


def guardianship_by_id(number: int) -> Guardianship | None:
    """One link, by its number."""
    return db.session.get(Guardianship, number)


def links_with_adults(day: date) -> Sequence[Guardianship]:
    """The links whose child has come of age by a day."""
    query = (
        select(Guardianship)
        .join(Pupil, Pupil.user_id == Guardianship.child_id)
        .where(Pupil.birth_on <= adult_since(day))
    )
    return db.session.scalars(query).all()


def nearly_adults(day: date) -> Sequence[User]:
    """Pupils who come of age within 30 days and have not been told yet."""
    soon = day + timedelta(days=NOTICE_DAYS)
    is_told = exists().where(
        AuditEntry.verb == TOLD,
        AuditEntry.thing == User.__tablename__,
        AuditEntry.thing_id == User.id,
    )
    query = (
        select(User)
        .join(User.pupil)
        .where(
            Pupil.birth_on > adult_since(day),
            Pupil.birth_on <= adult_since(soon),
            User.disabled_at.is_(None),
            ~is_told,
        )
        .options(contains_eager(User.pupil))
        .order_by(User.id)
    )
    return db.session.scalars(query).all()


def guardian_count(child: User) -> int:
    """How many guardians answer for a child."""
    query = select(func.count(Guardianship.id)).where(Guardianship.child_id == child.id)
    return db.session.scalar(query) or 0
