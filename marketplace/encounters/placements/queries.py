from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import known_to_school
from marketplace.encounters.placements.models import Visit
from marketplace.foundation.database import db
from marketplace.people.schools.models import ClassMember, ClassPeriod, SchoolClass
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.calendar.tables import AUGUST
from marketplace.region.labour.enums import Basis


def events_of_class(
    own: SchoolClass, period: ClassPeriod | None
) -> Sequence[Application]:
    """The school events of the pupils of a class that touch a period of it.

    Without a period those of its school year. Nothing before it was handed over.
    """
    first = period.starts_on if period else date(own.school_year, AUGUST, 1)
    last = period.ends_on if period else date(own.school_year + 1, AUGUST - 1, 31)
    query = (
        known_to_school(own.school_id)
        .join(ClassMember, ClassMember.user_id == Application.pupil_id)
        .join(Application.period)
        .where(
            Application.basis == Basis.SCHOOL,
            ClassMember.class_id == own.id,
            Period.starts_on <= last,
            Period.ends_on >= first,
        )
        .options(
            joinedload(Application.internship).selectinload(Internship.supervisors)
        )
        .order_by(Application.id)
    )
    return db.session.scalars(query).all()


def visits_of(applications: Iterable[Application]) -> dict[int, Visit]:
    """The visits to places, by the number of the application."""
    ids = [one.id for one in applications]
    rows = db.session.scalars(select(Visit).where(Visit.application_id.in_(ids)))
    return {visit.application_id: visit for visit in rows}


def visit_to(application: Application) -> Visit | None:
    """The visit to the place of an application."""
    query = select(Visit).where(Visit.application_id == application.id)
    return db.session.scalar(query)


def visits_before(day: date) -> Sequence[Visit]:
    """The visits that were before a day."""
    query = select(Visit).where(Visit.visit_on < day)
    return db.session.scalars(query.options(selectinload(Visit.application))).all()
