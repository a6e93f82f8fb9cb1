from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.applications.enums import TOOK_PART, ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    applications_of,
    applications_of_children,
    applications_to,
)
from marketplace.foundation.database import db
from marketplace.foundation.tokens import hash_of
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import organisation_ids_of
from marketplace.postings.internships.models import Period

FIXED = TOOK_PART | {ApplicationState.CONFIRMED, ApplicationState.RUNNING}
# So many placements, from so many days back.
MOST, DAYS_BACK = 40, 30


def agenda_of(user: User) -> Agenda | None:
    """The private address of a person, if she has made one."""
    return db.session.scalar(select(Agenda).where(Agenda.user_id == user.id))


def agenda_by_token(token: str) -> Agenda | None:
    """Whose calendar stands at this address."""
    query = select(Agenda).where(Agenda.token_hash == hash_of(token))
    return db.session.scalar(query)


def placements_for(user: User, today: date) -> Sequence[Application]:
    """The fixed places that concern a person, the next ones first.

    Of a company each period once, however many come.
    """
    query = (
        _all_for(user, today)
        .join(Period, Period.id == Application.period_id)
        .where(
            Application.state.in_(FIXED),
            Period.ends_on >= today - timedelta(days=DAYS_BACK),
        )
        .order_by(Period.starts_on, Application.id)
        .limit(MOST)
    )
    found = db.session.scalars(query).all()
    if user.role is not Role.MEMBER:
        return found
    return list({one.period_id: one for one in reversed(found)}.values())[::-1]


def _all_for(user: User, today: date) -> Select[Application]:
    if user.role is Role.PUPIL:
        return applications_of(user)
    if user.role is Role.GUARDIAN:
        return applications_of_children(user, today)
    return applications_to(organisation_ids_of(user))
