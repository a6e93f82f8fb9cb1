from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.attendances.models import Attendance
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship, Period

# Who comes, or came.
COMING = (ApplicationState.CONFIRMED, ApplicationState.RUNNING)


def attendances_of(application: Application) -> Sequence[Attendance]:
    """What was noted about the days of a placement, in their order."""
    query = select(Attendance).where(Attendance.application_id == application.id)
    return db.session.scalars(query.order_by(Attendance.day)).all()


def attendance_on(application: Application, day: date) -> Attendance | None:
    """What was noted about one day of a placement."""
    query = select(Attendance).where(
        Attendance.application_id == application.id, Attendance.day == day
    )
    return db.session.scalar(query)


def attendance_by_id(number: int) -> Attendance | None:
    """One note, by its number."""
    return db.session.get(Attendance, number)


def noted_on(applications: Sequence[Application], day: date) -> dict[int, Attendance]:
    """What was noted about a day, by the number of the application."""
    numbers = [one.id for one in applications]
    query = select(Attendance).where(
        Attendance.application_id.in_(numbers), Attendance.day == day
    )
    return {note.application_id: note for note in db.session.scalars(query)}


def coming_in(period: Period) -> Sequence[Application]:
    """Who comes in a period, by surname."""
    query = (
        _coming()
        .join(User, User.id == Application.pupil_id)
        .where(Application.period_id == period.id)
        .order_by(User.surname, User.first_name, Application.id)
    )
    return db.session.scalars(query).all()


def begun(day: date) -> Sequence[Application]:
    """What is confirmed and has begun by a day."""
    is_begun = Period.starts_on <= day
    query = select(Application).join(Application.period).where(is_begun)
    confirmed = Application.state == ApplicationState.CONFIRMED
    return db.session.scalars(query.where(confirmed)).all()


def over(day: date) -> Sequence[Application]:
    """What runs though its last day is over."""
    is_over = Period.ends_on < day
    query = select(Application).join(Application.period).where(is_over)
    running = Application.state == ApplicationState.RUNNING
    return db.session.scalars(query.where(running)).all()


def untold_of_the_eve(day: date) -> Sequence[Application]:
    """Whose placement begins tomorrow, and nobody has been written to yet."""
    query = (
        _coming()
        .join(Period, Period.id == Application.period_id)
        .where(
            Application.state == ApplicationState.CONFIRMED,
            Application.eve_told_at.is_(None),
            Period.starts_on == day + timedelta(days=1),
        )
        .order_by(Application.id)
    )
    return db.session.scalars(query).all()


def _coming() -> Select[Application]:
    return (
        select(Application)
        .where(Application.state.in_(COMING))
        .options(
            joinedload(Application.pupil).joinedload(User.pupil),
            joinedload(Application.period),
            joinedload(Application.internship).joinedload(Internship.organisation),
        )
    )
