from datetime import datetime

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School
from marketplace.people.schools.services.judging import judge_pupil
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
    judge_pupil(user, at=at)
