from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School, SchoolStaff


def school_of(user: User) -> School | None:
    """The school a person acts for."""
    query = select(SchoolStaff).where(SchoolStaff.user_id == user.id)
    staff = db.session.scalar(query)
    return staff.school if staff else None
