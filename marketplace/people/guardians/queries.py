from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.guardians.models import Guardianship


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


def guardian_count(child: User) -> int:
    """How many guardians answer for a child."""
    query = select(func.count(Guardianship.id)).where(Guardianship.child_id == child.id)
    return db.session.scalar(query) or 0
