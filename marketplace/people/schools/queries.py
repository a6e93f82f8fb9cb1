from collections.abc import Sequence

from sqlalchemy import Select, false, or_, select

from marketplace.foundation.database import db
from marketplace.foundation.text import plain, words_of
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School, SchoolStaff

MOST_WORDS = 6


def school_of(user: User) -> School | None:
    """The school a person acts for."""
    query = select(SchoolStaff).where(SchoolStaff.user_id == user.id)
    staff = db.session.scalar(query)
    return staff.school if staff else None


def staff_addresses(school_id: int) -> Sequence[str]:
    """Where letters to a school go: to all who act for it here."""
    query = (
        select(User.email)
        .join(SchoolStaff, SchoolStaff.user_id == User.id)
        .where(SchoolStaff.school_id == school_id, User.disabled_at.is_(None))
        .order_by(User.id)
    )
    return db.session.scalars(query).all()


def school_attended_by(user: User) -> School | None:
    """The school a pupil has chosen from the list."""
    if user.pupil is None or user.pupil.school_id is None:
        return None
    return db.session.get(School, user.pupil.school_id)


def school_by_key(key: str) -> School | None:
    """The school of this public id."""
    return db.session.scalar(select(School).where(School.public_id == key))


def suggested_schools(asked: str) -> Select[School]:
    """Schools one can attend whose name and town hold every word, by name.

    No word: no school.
    """
    words = words_of(asked)[:MOST_WORDS]
    query = select(School).where(School.is_selectable)
    if not words:
        return query.where(false())
    for word in words:
        in_name = School.sort_name.contains(plain(word), autoescape=True)
        in_town = School.place_name.icontains(word, autoescape=True)
        query = query.where(or_(in_name, in_town))
    return query.order_by(School.sort_name, School.id)
