from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.applications.enums import TOOK_PART, ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    applications_of,
    applications_of_children,
    applications_to,
    known_to_school,
)
from marketplace.encounters.placements.models import Visit
from marketplace.encounters.watchlist.models import KeptEvent
from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.foundation.tokens import hash_of
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_ids_of
from marketplace.people.schools.queries import school_of
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import LAST
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.lives.enums import PostingState

FIXED = TOOK_PART | {ApplicationState.CONFIRMED, ApplicationState.RUNNING}
# So many of each kind, from so many days back.
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

    Of a company each period once, however many come. A school reads its visits alone.
    """
    if user.role is Role.SCHOOL:
        return ()
    places = (
        _all_for(user, today)
        .join(Period, Period.id == Application.period_id)
        .where(
            Application.state.in_(FIXED),
            Period.ends_on >= today - timedelta(days=DAYS_BACK),
        )
    )
    if user.role is Role.MEMBER:
        places = places.where(Application.id.in_(_first_of_each_period(places)))
    internship = joinedload(Application.internship)
    query = (
        places.options(
            internship.selectinload(Internship.breaks),
            internship.joinedload(Internship.site),
        )
        .order_by(Period.starts_on, Application.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def visits_for(user: User, today: date) -> Sequence[Visit]:
    """The visits of schools to fixed places that concern a person."""
    places = _all_for(user, today).where(Application.state.in_(FIXED))
    ids = places.with_only_columns(Application.id, maintain_column_froms=True)
    internship = joinedload(Visit.application).joinedload(Application.internship)
    query = (
        select(Visit)
        .where(
            Visit.application_id.in_(ids),
            Visit.visit_on >= today - timedelta(days=DAYS_BACK),
        )
        .options(
            internship.joinedload(Internship.organisation),
            internship.joinedload(Internship.site),
        )
        .order_by(Visit.visit_on, Visit.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def events_for(user: User, today: date) -> Sequence[Event]:
    """The public events of a person's organisations, and those that she keeps.

    One that ends before its day is called off and leaves at once; one that is over
    stays for a while.
    """
    kept = select(KeptEvent.event_id).where(KeptEvent.user_id == user.id)
    is_vouched_for = Organisation.state == OrganisationState.VERIFIED
    is_own = Event.organisation_id.in_(organisation_ids_of(user))
    is_over = and_(Event.state == PostingState.ENDED, start_of(today) > LAST)
    query = (
        select(Event)
        .join(Organisation, Organisation.id == Event.organisation_id)
        .where(
            is_own | (Event.id.in_(kept) & is_vouched_for),
            Event.is_in_lists | is_over,
            start_of(today - timedelta(days=DAYS_BACK)) <= LAST,
        )
        .options(joinedload(Event.site))
        .order_by(Event.starts_at, Event.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def _first_of_each_period(places: Select[Application]) -> Select[int]:
    first = func.min(Application.id)
    ids = places.with_only_columns(first, maintain_column_froms=True)
    return ids.group_by(Application.period_id)


def _all_for(user: User, today: date) -> Select[Application]:
    if user.role is Role.PUPIL:
        return applications_of(user)
    if user.role is Role.GUARDIAN:
        return applications_of_children(user, today)
    if user.role is Role.SCHOOL:
        school = school_of(user)
        return known_to_school(school.id if school else None)
    return applications_to(organisation_ids_of(user))
