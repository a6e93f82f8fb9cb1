"""A class of the demonstration: places and offers for some, none yet for many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.times import Weeks
from marketplace.encounters.applications.enums import ApprovalWay, DeclineCode
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.answering import accept, decline
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    confirm_place,
    send_application,
)
from marketplace.encounters.placements.services.caring import note_visit
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.organisations.models import Organisation
from marketplace.people.schools.enums import Rhythm
from marketplace.people.schools.models import ClassPeriod, School, SchoolClass
from marketplace.people.schools.queries import school_of
from marketplace.people.schools.services.classes import (
    ClassEntry,
    PeriodEntry,
    add_period,
    open_class,
)
from marketplace.people.schools.services.joining import join_class
from marketplace.people.schools.services.settling import lay_down
from marketplace.people.schools.services.staffing import ask_to_act
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.calendar.tables import school_year_of
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState

LEVEL = 10
FIRST_NAMES = (
    *("Aaliyah", "Ben", "Clara", "Dang", "Elias", "Frieda", "Georg", "Hanna"),
    *("Ilias", "Johanna", "Karl", "Lina", "Malik", "Nele", "Oskar", "Pauline"),
    *("Quirin", "Ronja", "Samir", "Tilda", "Uwe", "Vera", "Willi", "Zoe"),
)
SURNAMES = ("Probst", "Muster", "Beispiel", "Vorlage", "Modell", "Entwurf")
# How far each comes, by the steps behind the approval; the rest has sent nothing.
WAYS = (
    *("school accept confirm visit",) * 2,
    *("school accept confirm",) * 7,
    *("school accept",) * 2,
    *("accept",) * 2,
    *("",) * 3,
    "decline",
)


@dataclass(frozen=True)
class Hands:
    """Who acts: the staff of the school, and the instant."""

    staff: User
    at: datetime


def attend_class(
    cast: Cast, internships: list[Internship], weeks: Weeks, *, at: datetime
) -> None:
    """Opens a class of 25 with a period ahead, and finds places for some of them."""
    hands = Hands(cast.users["schule"], at)
    school = found(school_of(hands.staff))
    first, *later = weeks.of_school(FederalState.SAXONY)
    is_long = later[:1] == [first + timedelta(weeks=1)]
    last = first + timedelta(days=11 if is_long else 4)
    entry = ClassEntry(
        name=f"{LEVEL}a", class_level=LEVEL, school_year=school_year_of(first)
    )
    own = open_class(school, entry, actor=hands.staff, at=at)
    dates = PeriodEntry(starts_on=first, ends_on=last, rhythm=Rhythm.BLOCK)
    period = add_period(own, dates, actor=hands.staff, at=at)
    lay_down(school, is_limit_raised=False, notice_weeks=2, actor=hands.staff, at=at)
    join_class(cast.users["schuelerin"], own, at=at)
    pupils = [_pupil(k, school, cast, own, at=at) for k in range(len(FIRST_NAMES))]
    places = _places(internships, period, cast.companies[0])
    for way, pupil, place in zip(WAYS, pupils, places, strict=False):
        _go(way.split(), sent(pupil, place, hands), hands)


def ask_for_school(cast: Cast, *, at: datetime) -> None:
    """Leaves somebody for the office to let in, at the school of the demonstration."""
    user = User(
        email="lehrkraft@demo.example",
        first_name="Torben",
        surname="Kreidestaub",
        role=Role.SCHOOL,
        password_hash=cast.users["schule"].password_hash,
        opened_at=at,
        confirmed_at=at,
    )
    db.session.add(user)
    db.session.flush()  # the request asks who it is
    ask_to_act(user, found(school_of(cast.users["schule"])), at=at)


def _pupil(
    k: int, school: School, cast: Cast, own: SchoolClass, *, at: datetime
) -> User:
    user = User(
        email=f"klasse{k + 1}@demo.example",
        first_name=FIRST_NAMES[k],
        surname=SURNAMES[k % len(SURNAMES)],
        role=Role.PUPIL,
        # Twenty-four times the same: to hash it anew took half of the command.
        password_hash=cast.users["schuelerin"].password_hash,
        opened_at=at,
        confirmed_at=at,
    )
    today = day_of(at)
    user.pupil = Pupil(
        birth_on=today.replace(year=today.year - 16, month=1 + k % 9, day=1 + k),
        school_id=school.id,
        school_name=school.name,
        school_kind=school.kind,
        school_state=FederalState.SAXONY,
        town="Leipzig",
    )
    db.session.add(user)
    db.session.flush()  # the class asks who she is
    join_class(user, own, at=at)
    return user


def _places(
    internships: list[Internship], dates: ClassPeriod, spared: Organisation
) -> Iterator[Period]:
    """The seats within the days of the class; one a period stays free for others."""
    fitting = [
        period
        for internship in internships
        if Basis.SCHOOL in internship.bases and internship.organisation is not spared
        for period in internship.periods
        if dates.starts_on <= period.starts_on and period.ends_on <= dates.ends_on
    ]
    near = sorted(fitting, key=lambda it: it.internship.state_code != "SN")
    for period in near:
        for _seat in range(period.place_count - 1):
            yield period


def sent(pupil: User, period: Period, hands: Hands) -> Application:
    """An application that its guardian has let go to the company."""
    wish = Wish(period=period, basis=Basis.SCHOOL, class_level=LEVEL)
    application = begin_application(wish, actor=pupil, at=hands.at)
    answers: dict[str, object] = {
        "motivation": "Ich will sehen, wie aus einer Zeichnung ein Teil wird.",
        "guardian_name": f"Familie {pupil.surname}",
        "guardian_email": f"familie-{pupil.email}",
        "guardian_phone": "0341 000000",
    }
    answer(application, answers, actor=pupil, at=hands.at)
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    send_application(application, actor=pupil, sent_from="demo", key=key, at=hands.at)
    signature = Signature(
        way=ApprovalWay.LETTER,
        name=application.guardian_name,
        address=application.guardian_email,
        user=None,
    )
    grant_approval(application, signature, at=hands.at + timedelta(minutes=20))
    return application


def _go(steps: list[str], application: Application, hands: Hands) -> None:
    member = application.internship.organisation.memberships[0].user
    at = hands.at + timedelta(minutes=40)
    for step in steps:
        if step == "school":
            name, today = hands.staff.name, day_of(at)
            confirm_for_school(
                application, signed_by=name, signed_on=today, actor=hands.staff, at=at
            )
        elif step == "accept":
            accept(application, actor=member, at=at)
        elif step == "decline":
            decline(application, DeclineCode.OTHER_FIELD, actor=member, at=at)
        elif step == "confirm":
            confirm_place(application, actor=application.pupil, at=at)
        else:
            day = application.period.starts_on + timedelta(days=2)
            note_visit(application, day, actor=hands.staff, at=at)
