from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import is_child_of
from marketplace.encounters.applications.rules import (
    is_company_of,
    is_coordinator,
    is_event_of,
    is_pupil_of,
)
from marketplace.encounters.papers.enums import AGREED, CERTIFIED
from marketplace.encounters.papers.models import (
    Agreement,
    Certificate,
    Instruction,
    SigningKey,
)
from marketplace.foundation.database import db
from marketplace.foundation.tokens import hash_of, plain_code
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.queries import school_of, staff_addresses
from marketplace.postings.internships.models import Internship, Period


def side_of(application: Application, person: User, day: date) -> Side | None:
    """As whom a person stands to an application; None where it is not hers."""
    if is_pupil_of(person, application):
        return Side.PUPIL
    if is_company_of(person, application):
        return Side.COMPANY
    if person.role is Role.GUARDIAN and is_child_of(application, person, day):
        return Side.GUARDIAN
    school = school_of(person) if person.role is Role.SCHOOL else None
    if school and is_event_of(application, school.id):
        return Side.SCHOOL
    is_sent = application.sent_at is not None
    return Side.COORDINATION if is_sent and is_coordinator(person) else None


def agreement_of(application: Application) -> Agreement | None:
    """The version that counts now."""
    query = select(Agreement).where(
        Agreement.application_id == application.id, Agreement.replaced_at.is_(None)
    )
    return db.session.scalar(query.options(selectinload(Agreement.signatures)))


def agreements_of(application: Application) -> Sequence[Agreement]:
    """All versions, the newest first."""
    query = (
        select(Agreement)
        .where(Agreement.application_id == application.id)
        .options(selectinload(Agreement.signatures))
        .order_by(Agreement.number.desc())
    )
    return db.session.scalars(query).all()


def agreement_by_id(agreement_id: int) -> Agreement | None:
    """The version of this number."""
    return db.session.get(Agreement, agreement_id)


def instruction_of(application: Application) -> Instruction | None:
    """What the company has dated of what comes before the first day."""
    query = select(Instruction).where(Instruction.application_id == application.id)
    return db.session.scalar(query)


def certificate_of(application: Application) -> Certificate | None:
    """The certificate of a placement."""
    query = select(Certificate).where(Certificate.application_id == application.id)
    return db.session.scalar(query)


def certificate_with(code: str) -> Certificate | None:
    """The certificate that bears this code, however it is written."""
    digest = hash_of(plain_code(code))
    return db.session.scalar(select(Certificate).where(Certificate.code_hash == digest))


def has_school_account(application: Application) -> bool:
    """Says whether anybody acts here for the school of who applied."""
    pupil = application.pupil.pupil
    return bool(pupil and pupil.school_id and staff_addresses(pupil.school_id))


def placements_agreed(internship_id: int | None = None) -> Sequence[Application]:
    """The firm places, of all internships or of one."""
    query = select(Application).where(Application.state.in_(AGREED))
    if internship_id is not None:
        query = query.where(Application.internship_id == internship_id)
    return db.session.scalars(_whole(query)).all()


def placements_without_agreement() -> Sequence[Application]:
    """The firm places for which nothing was made yet."""
    query = (
        select(Application)
        .outerjoin(Agreement, Agreement.application_id == Application.id)
        .where(Application.state.in_(AGREED), Agreement.id.is_(None))
    )
    return db.session.scalars(_whole(query)).all()


def placements_beginning(first: date, last: date) -> Sequence[Application]:
    """The confirmed places whose first day lies in these days."""
    query = (
        select(Application)
        .join(Application.period)
        .where(
            Application.state == ApplicationState.CONFIRMED,
            Period.starts_on.between(first, last),
        )
    )
    return db.session.scalars(_whole(query)).all()


def placements_to_certify() -> Sequence[Application]:
    """Where somebody took part and has no certificate yet."""
    query = (
        select(Application)
        .outerjoin(Certificate, Certificate.application_id == Application.id)
        .where(Application.state.in_(CERTIFIED), Certificate.id.is_(None))
    )
    return db.session.scalars(_whole(query)).all()


def present_key() -> SigningKey | None:
    """The key that badges are signed with now: the youngest."""
    return db.session.scalar(select(SigningKey).order_by(SigningKey.id.desc()).limit(1))


def key_named(name: str) -> SigningKey | None:
    """The key of this name."""
    return db.session.scalar(select(SigningKey).where(SigningKey.name == name))


def all_keys() -> Sequence[SigningKey]:
    """Every key that ever signed a badge."""
    return db.session.scalars(select(SigningKey).order_by(SigningKey.id)).all()


def last_signed_at(agreement: Agreement) -> datetime:
    """When a version last changed: made, or signed by one more."""
    return max([agreement.made_at, *(it.at for it in agreement.signatures)])


def _whole(query: Select[Application]) -> Select[Application]:
    return query.options(
        joinedload(Application.pupil).joinedload(User.pupil),
        joinedload(Application.period),
        joinedload(Application.internship).joinedload(Internship.organisation),
    )
