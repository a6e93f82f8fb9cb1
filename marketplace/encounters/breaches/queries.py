from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.encounters.applications.enums import HOLDS_A_PLACE
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.people.accounts.models import Pupil, User
from marketplace.postings.internships.models import Internship

# How many places are judged in one transaction.
PORTION = 50


def places_in_breach() -> Select[Application]:
    """The places that break a rule by now, the oldest finding first."""
    query = _places().where(Application.breached_at.is_not(None))
    return query.order_by(Application.breached_at, Application.id)


def places_to_judge(
    *,
    after: int = 0,
    internship_id: int | None = None,
    pupil_id: int | None = None,
    school_id: int | None = None,
) -> Sequence[Application]:
    """The next places behind a number: all, or those of one of these."""
    query = _places().where(Application.id > after)
    if internship_id is not None:
        query = query.where(Application.internship_id == internship_id)
    if pupil_id is not None:
        query = query.where(Application.pupil_id == pupil_id)
    if school_id is not None:
        pupils = select(Pupil.user_id).where(Pupil.school_id == school_id)
        query = query.where(Application.pupil_id.in_(pupils))
    return db.session.scalars(query.order_by(Application.id).limit(PORTION)).all()


def _places() -> Select[Application]:
    return (
        select(Application)
        .where(Application.state.in_(HOLDS_A_PLACE))
        .options(
            joinedload(Application.pupil).joinedload(User.pupil),
            joinedload(Application.period),
            joinedload(Application.internship).joinedload(Internship.organisation),
        )
    )
