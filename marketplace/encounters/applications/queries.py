from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.applications.enums import (
    HANDED_OVER,
    HOLDS_A_PLACE,
    LIVE,
    TOOK_PART,
    ApplicationState,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import same_mailbox
from marketplace.foundation.database import db
from marketplace.foundation.tokens import hash_of, plain_code
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.rules import adult_since
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.audit.queries import history_of

NEWEST_FIRST = (Application.changed_at, Application.id)
# Of the last answers, and from how many on it is told how fast a company answers.
LAST_ANSWERS, FEWEST_ANSWERS = 10, 3
UNANSWERED_DAYS = 14


def application_by_key(key: str) -> Application | None:
    """The application of this public id, with all its page shows."""
    query = select(Application).where(Application.public_id == key)
    return db.session.scalar(_whole(query))


def application_by_id(application_id: int) -> Application | None:
    """The application of this number."""
    query = select(Application).where(Application.id == application_id)
    return db.session.scalar(_whole(query))


def application_by_code(code: str) -> tuple[Application, str] | None:
    """The application whose sheet bears this code; "approval", "second" or "school"."""
    digest = hash_of(plain_code(code))
    for column, use in (
        (Application.approval_code_hash, "approval"),
        (Application.second_code_hash, "second"),
        (Application.school_code_hash, "school"),
    ):
        found = db.session.scalar(_whole(select(Application).where(column == digest)))
        if found:
            return found, use
    return None


def applications_of(pupil: User) -> Select[Application]:
    """What a pupil has begun or sent."""
    return _whole(select(Application).where(Application.pupil_id == pupil.id))


def applications_to(
    organisations: Iterable[Organisation] | Select[int],
) -> Select[Application]:
    """What organisations, or those of these ids, may know of once it is handed over.

    One that is not verified, or not any more, knows of nothing.
    """
    ids: Select[int] | list[int]
    if isinstance(organisations, Select):
        ids = organisations
    else:
        ids = [own.id for own in organisations]
    return _whole(
        select(Application)
        .join(Application.internship)
        .join(Internship.organisation)
        .where(
            Internship.organisation_id.in_(ids),
            Organisation.state == OrganisationState.VERIFIED,
            Application.handed_over_at.is_not(None),
            Application.state.in_(HANDED_OVER),
        )
    )


def known_to_school(school_id: int | None) -> Select[Application]:
    """What a school's own pupils have handed over as its events, or show to it."""
    return _whole(
        select(Application)
        .join(User, User.id == Application.pupil_id)
        .join(User.pupil)
        .where(
            (Application.basis == Basis.SCHOOL) | Application.is_shown_to_school,
            Application.handed_over_at.is_not(None),
            Application.state != ApplicationState.WITHDRAWN,
            Pupil.school_id == school_id,
            Pupil.school_id.is_not(None),
        )
    )


def applications_of_children(guardian: User, day: date) -> Select[Application]:
    """What the children of a guardian have sent, until they come of age.

    Hers are those linked with her, and who named her confirmed address.
    """
    children = select(Guardianship.child_id).where(
        Guardianship.guardian_id == guardian.id
    )
    is_hers: ColumnElement[bool] = Application.pupil_id.in_(children)
    if is_confirmed(guardian):
        is_hers |= _names(guardian.email)
    return _whole(
        select(Application)
        .join(Pupil, Pupil.user_id == Application.pupil_id)
        .where(
            is_hers, Application.sent_at.is_not(None), Pupil.birth_on > adult_since(day)
        )
    )


def is_child_of(application: Application, guardian: User, day: date) -> bool:
    """Says whether a guardian with an account answers for who applied, on a day."""
    hers = applications_of_children(guardian, day)
    return db.session.scalar(hers.where(Application.id == application.id)) is not None


def waiting_of_adults(day: date) -> Sequence[Application]:
    """What still waits for somebody at home though the pupil has come of age."""
    query = (
        select(Application)
        .join(Pupil, Pupil.user_id == Application.pupil_id)
        .where(
            Application.state == ApplicationState.WAITING,
            Application.guardian_name != "",
            Pupil.birth_on <= adult_since(day),
        )
    )
    return db.session.scalars(_whole(query)).all()


def held_applications() -> Select[Application]:
    """What waits for the office because of signals of a self-approval."""
    return _whole(
        select(Application).where(
            Application.is_held, Application.state == ApplicationState.WAITING
        )
    )


def live_count(pupil: User) -> int:
    """How many applications of a pupil somebody still has to answer."""
    query = select(func.count(Application.id)).where(
        Application.pupil_id == pupil.id, Application.state.in_(LIVE)
    )
    return db.session.scalar(query) or 0


def live_one(pupil: User, period: Period) -> Application | None:
    """The application of a pupil to a period that is not over."""
    states = LIVE | {ApplicationState.DRAFT, ApplicationState.CONFIRMED}
    return db.session.scalar(
        select(Application).where(
            Application.pupil_id == pupil.id,
            Application.period_id == period.id,
            Application.state.in_(states),
        )
    )


def underway_of(pupil: User, internship: Internship) -> Sequence[Application]:
    """What a pupil has begun or sent to an internship and is not over, newest first."""
    states = LIVE | HOLDS_A_PLACE | {ApplicationState.DRAFT}
    query = select(Application).where(
        Application.pupil_id == pupil.id,
        Application.internship_id == internship.id,
        Application.state.in_(states),
    )
    return db.session.scalars(query.order_by(Application.id.desc())).all()


def draft_to(pupil: User, internship: Internship) -> Application | None:
    """What a pupil has begun, and not sent, to an internship."""
    begun = underway_of(pupil, internship)
    return next((it for it in begun if it.state is ApplicationState.DRAFT), None)


def unanswered_count(internship: Internship, since: datetime) -> int:
    """How many applications to an internship lapsed without an answer since then."""
    query = select(func.count(Application.id)).where(
        Application.internship_id == internship.id,
        Application.state == ApplicationState.UNANSWERED,
        Application.changed_at > since,
        Application.stopped_at.is_(None),
    )
    return db.session.scalar(query) or 0


def underway_at(internship_id: int) -> Sequence[Application]:
    """What was sent to an internship and is neither over nor running yet."""
    states = LIVE | {ApplicationState.CONFIRMED}
    query = select(Application).where(
        Application.internship_id == internship_id, Application.state.in_(states)
    )
    return db.session.scalars(_whole(query).order_by(Application.id)).all()


def others_on_the_same_days(application: Application) -> Sequence[Application]:
    """The live applications of the same pupil whose days overlap."""
    period = application.period
    query = (
        select(Application)
        .join(Application.period)
        .where(
            Application.pupil_id == application.pupil_id,
            Application.id != application.id,
            Application.state.in_(LIVE),
            Period.starts_on <= period.ends_on,
            Period.ends_on >= period.starts_on,
        )
    )
    return db.session.scalars(query).all()


def families_of(address: str) -> int:
    """For how many pupils this address was named as a guardian's."""
    query = select(func.count(func.distinct(Application.pupil_id))).where(
        _names(address)
    )
    return db.session.scalar(query) or 0


def _names(address: str) -> ColumnElement[bool]:
    """Whether one of the guardians that were named has an address."""
    first = Application.guardian_email == address
    return first | (Application.second_guardian_email == address)


def works_for_company(application: Application, address: str, user_id: int) -> bool:
    """Says whether an address or an account is of a member of the company."""
    organisation = application.internship.organisation
    members = [membership.user for membership in organisation.memberships]
    boxes = {same_mailbox(user.email) for user in members}
    boxes.add(same_mailbox(organisation.contact_email))
    is_one = any(user.id == user_id for user in members)
    return is_one or bool(address and same_mailbox(address) in boxes)


def times_asked(application: Application, *, since: datetime) -> int:
    """How often a guardian was asked anew since then."""
    acts = history_of(application).where(
        AuditEntry.verb == "application.asked_again", AuditEntry.at > since
    )
    return len(db.session.scalars(acts).all())


def due_in_state(state: ApplicationState, at: datetime) -> Sequence[Application]:
    """The applications in a state whose deadline has passed; the office's not."""
    query = select(Application).where(
        Application.state == state,
        Application.due_at < at,
        Application.is_held.is_(False),
    )
    return db.session.scalars(_whole(query)).all()


def waiting_in_state(state: ApplicationState) -> Sequence[Application]:
    """The applications in a state that somebody has to answer."""
    query = select(Application).where(
        Application.state == state, Application.due_at.is_not(None)
    )
    return db.session.scalars(_whole(query)).all()


def waiting_list(period: Period) -> Sequence[Application]:
    """Who waits for a place of a period, in the order they came."""
    query = (
        select(Application)
        .where(
            Application.period_id == period.id,
            Application.state == ApplicationState.WAITLISTED,
        )
        .order_by(Application.changed_at, Application.id)
    )
    return db.session.scalars(query).all()


def outdated_waiting(day: date) -> Sequence[Application]:
    """Who still waits for a place of a period that has begun."""
    query = select(Application).join(Application.period)
    is_late = Period.starts_on <= day
    waiting = Application.state == ApplicationState.WAITLISTED
    return db.session.scalars(query.where(waiting, is_late)).all()


def other_placements(application: Application) -> Sequence[Application]:
    """Where else the same pupil has, or had, a place."""
    query = select(Application).where(
        Application.pupil_id == application.pupil_id,
        Application.id != application.id,
        Application.state.in_(HOLDS_A_PLACE | TOOK_PART),
    )
    return db.session.scalars(_whole(query).order_by(Application.id)).all()


def usual_answer_days(organisation_id: int) -> int | None:
    """The median of ten answers in days, rounded up, less those that stood; None below
    three.
    """
    times = (Application.handed_over_at, Application.answered_at)
    rows = db.session.execute(
        select(*times, Application.stood_days)
        .join(Application.internship)
        .where(
            Internship.organisation_id == organisation_id,
            Application.handed_over_at.is_not(None),
            Application.answered_at.is_not(None)
            | (Application.state == ApplicationState.UNANSWERED),
            Application.stopped_at.is_(None),
        )
        .order_by(Application.handed_over_at.desc())
        .limit(LAST_ANSWERS)
    )
    days = [_days(*row) for row in rows]
    return ceil(median(days)) if len(days) >= FEWEST_ANSWERS else None


def _days(begun: datetime | None, answered: datetime | None, stood: int) -> int:
    if begun is None or answered is None:
        return UNANSWERED_DAYS
    return max(1, (answered - begun + timedelta(hours=23)).days - stood)


def _whole(query: Select[Application]) -> Select[Application]:
    return query.options(
        joinedload(Application.pupil).joinedload(User.pupil),
        joinedload(Application.period),
        joinedload(Application.internship).joinedload(Internship.organisation),
        selectinload(Application.approvals),
    )
