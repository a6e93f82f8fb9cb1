from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.text import plain, words_of
from marketplace.foundation.tokens import hash_of, plain_code
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.models import (
    ClassMember,
    ClassPeriod,
    School,
    SchoolClass,
    SchoolStaff,
    StaffRequest,
)
from marketplace.people.schools.rules import days_within, is_current, next_period
from marketplace.people.schools.tables import NOTHING_SAID, SchoolTerms
from marketplace.region.calendar.tables import school_year_of

MOST_WORDS = 6


def school_of(user: User) -> School | None:
    """The school a person acts for."""
    query = select(SchoolStaff).where(SchoolStaff.user_id == user.id)
    staff = db.session.scalar(query)
    return staff.school if staff else None


def staff_of(school: School) -> Sequence[SchoolStaff]:
    """Who acts for a school, by surname."""
    query = (
        select(SchoolStaff)
        .join(SchoolStaff.user)
        .where(SchoolStaff.school_id == school.id)
        .options(joinedload(SchoolStaff.user))
        .order_by(User.surname, User.first_name, User.id)
    )
    return db.session.scalars(query).all()


def staff_by_id(number: int) -> SchoolStaff | None:
    """The binding of this number."""
    return db.session.get(SchoolStaff, number)


def staff_row_of(user: User) -> SchoolStaff | None:
    """That a person acts for a school, whichever it is."""
    return db.session.scalar(select(SchoolStaff).where(SchoolStaff.user_id == user.id))


def request_of(user: User) -> StaffRequest | None:
    """What a person has asked for and the office has not answered."""
    query = select(StaffRequest).where(StaffRequest.user_id == user.id)
    return db.session.scalar(query)


def request_by_id(number: int) -> StaffRequest | None:
    """The request of this number."""
    return db.session.get(StaffRequest, number)


def staffed_schools() -> Select[School]:
    """The schools for which somebody acts, by name."""
    staffed = select(SchoolStaff.school_id)
    query = select(School).where(School.id.in_(staffed))
    return query.order_by(School.sort_name, School.id)


def staff_requests() -> Select[StaffRequest]:
    """Who says that she works at a school, oldest first."""
    return select(StaffRequest).order_by(StaffRequest.asked_at, StaffRequest.id)


def staff_addresses(school_id: int) -> Sequence[str]:
    """Where letters to a school go: to all who act for it here."""
    query = (
        select(User.email)
        .join(SchoolStaff, SchoolStaff.user_id == User.id)
        .where(SchoolStaff.school_id == school_id, User.disabled_at.is_(None))
        .order_by(User.id)
    )
    return db.session.scalars(query).all()


def address_without_staff(school: School) -> str:
    """Where letters to a school go while nobody of it acts here; else empty."""
    return "" if staff_addresses(school.id) else school.email


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


def classes_of(school: School, day: date) -> Sequence[SchoolClass]:
    """The classes of a school whose year is not over, with their periods, by name."""
    query = (
        select(SchoolClass)
        .where(
            SchoolClass.school_id == school.id,
            SchoolClass.school_year >= school_year_of(day),
        )
        .options(selectinload(SchoolClass.periods))
        .order_by(SchoolClass.school_year, SchoolClass.class_level, SchoolClass.name)
    )
    return db.session.scalars(query).all()


def class_by_key(key: str) -> SchoolClass | None:
    """The class of this public id, with its periods."""
    query = select(SchoolClass).where(SchoolClass.public_id == key)
    return db.session.scalar(query.options(selectinload(SchoolClass.periods)))


def class_by_code(code: str) -> SchoolClass | None:
    """The class that hands out this code, however it is typed."""
    query = select(SchoolClass).where(
        SchoolClass.code_hash == hash_of(plain_code(code))
    )
    return db.session.scalar(query.options(selectinload(SchoolClass.periods)))


def class_attended_by(user: User, day: date) -> SchoolClass | None:
    """The class that a pupil has joined, at the school she attends, this year."""
    query = (
        select(SchoolClass)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .join(Pupil, Pupil.user_id == ClassMember.user_id)
        .where(ClassMember.user_id == user.id, Pupil.school_id == SchoolClass.school_id)
        .options(selectinload(SchoolClass.periods))
    )
    own = db.session.scalar(query)
    return own if own and is_current(own, day) else None


def period_ahead_of(user: User, day: date) -> ClassPeriod | None:
    """When the class of a pupil is out next; None where nobody has said it."""
    own = class_attended_by(user, day)
    return next_period(own, day) if own else None


def members_of(own: SchoolClass) -> Sequence[ClassMember]:
    """Who is in a class and still attends its school, by surname."""
    query = (
        select(ClassMember)
        .join(ClassMember.user)
        .join(Pupil, Pupil.user_id == User.id)
        .where(ClassMember.class_id == own.id, Pupil.school_id == own.school_id)
        .options(joinedload(ClassMember.user))
        .order_by(User.surname, User.first_name, User.id)
    )
    return db.session.scalars(query).all()


def member_counts(school: School) -> dict[int, int]:
    """How many pupils each class of a school has, by the number of the class."""
    query = (
        select(ClassMember.class_id, func.count(ClassMember.id))
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .join(Pupil, Pupil.user_id == ClassMember.user_id)
        .where(SchoolClass.school_id == school.id, Pupil.school_id == school.id)
        .group_by(ClassMember.class_id)
    )
    return dict(db.session.execute(query).all())


def member_by_id(number: int) -> ClassMember | None:
    """The membership of this number."""
    return db.session.get(ClassMember, number)


def membership_of(user: User) -> ClassMember | None:
    """That a pupil is in a class, whichever it is."""
    return db.session.scalar(select(ClassMember).where(ClassMember.user_id == user.id))


def past_classes(day: date) -> Sequence[SchoolClass]:
    """The classes whose school year is over."""
    query = select(SchoolClass).where(SchoolClass.school_year < school_year_of(day))
    return db.session.scalars(query).all()


def terms_of(user: User) -> SchoolTerms:
    """What the school of a pupil, and her class there, say about her days."""
    school = school_attended_by(user)
    if school is None:
        return NOTHING_SAID
    query = (
        select(SchoolClass)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.user_id == user.id, SchoolClass.school_id == school.id)
    )
    own = db.session.scalar(query)
    named = [it for it in school.days if it.kind is DayKind.NAMED]
    free = [it for it in school.days if it.kind is DayKind.MOVABLE]
    return SchoolTerms(
        place=school.place_name or "",
        is_limit_raised=school.is_limit_raised,
        movable_days=frozenset(days_within(free)),
        named_days=frozenset(days_within([*named, *(own.periods if own else [])])),
        full_time_ends_on=own.full_time_ends_on if own else None,
    )


def papers_due_on(user: User, starts_on: date) -> date | None:
    """By when the school of a pupil wants the papers for a placement, if it said so."""
    school = school_attended_by(user)
    if school is None or school.notice_weeks is None:
        return None
    return starts_on - timedelta(weeks=school.notice_weeks)
