from datetime import datetime

from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School, SchoolStaff
from marketplace.upkeep.audit.services import record


def choose_school(user: User, school: School, *, at: datetime) -> None:
    """Notes which school a pupil attends, with its kind and state.

    From then on its staff can confirm what she applies for as a school event.
    """
    pupil = user.pupil
    if pupil is None:
        raise Refusal(_("Das ist kein Konto einer Schülerin oder eines Schülers."))
    if not school.is_selectable:
        raise Refusal(_("Das ist keine Schule, die du besuchen kannst."))
    pupil.school_id, pupil.school_name = school.id, school.name[:160]
    pupil.school_kind = school.kind
    pupil.school_state = school.state_code or pupil.school_state

    record("account.school_chosen", user, actor=user, at=at)


def appoint_staff(user: User, school: School, *, actor: User, at: datetime) -> None:
    """Lets a person act for a school, and for no other; refuses other roles."""
    if user.role is not Role.SCHOOL:
        raise Refusal(_("Das geht nur mit einem Konto für Schulen."))
    db.session.execute(delete(SchoolStaff).where(SchoolStaff.user_id == user.id))
    db.session.add(SchoolStaff(user=user, school=school))

    record("school.staff_appointed", school, actor=actor, at=at)
