"""A place of the demonstration that breaks a rule since its hours were moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from marketplace.doors.commands.demo.days import posted
from marketplace.doors.commands.demo.encounters import draft, send
from marketplace.doors.commands.demo.papers import DAY
from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import member_of
from marketplace.doors.commands.demo.times import Weeks
from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.approving import grant_approval
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import answer, confirm_place
from marketplace.encounters.breaches.services import judge_place
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role, SchoolKind
from marketplace.people.accounts.models import Pupil, User
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.queries import entry_of
from marketplace.postings.internships.services import revise_internship
from marketplace.postings.internships.tables import PeriodEntry
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.enums import FederalState

STORY = {
    "title": "Ferienwoche an der Schleifmaschine",
    "description": "Du schleifst Linsen und prüfst mit Licht, ob sie stimmen.",
    "learn": "Wie Glas auf ein Tausendstel genau wird.",
}
AGE, LEVEL, FAMILY = 15, 9, "Familie Spätaufsteher"
AGO = 9 * DAY


def move_to_the_evening(
    cast: Cast, occupations: Sequence[Occupation], weeks: Weeks, *, at: datetime
) -> None:
    """Gives somebody of fifteen a week of holidays, then moves it to the late shift.

    From sixteen on that is possible, so the posting stays and the place breaks a rule.
    """
    mondays = weeks.of_holidays(FederalState.SAXONY)
    if not mondays:
        return
    begun, monday = at - AGO, mondays[0]
    week = PeriodEntry(starts_on=monday, ends_on=monday + 4 * DAY, place_count=1)
    place = posted(
        *(cast, STORY, (Shape.BLOCK, week), occupations, weeks),
        bases=frozenset({Basis.VOLUNTARY}),
        is_multi_shift=True,
        at=begun,
    )
    pupil, boss = _pupil(cast, at=begun), member_of(place.organisation)
    answered = draft(place, pupil, period=place.periods[0], at=begun)
    told: dict[str, object] = {
        "guardian_name": FAMILY,
        "guardian_email": f"familie-{pupil.email}",
    }
    answer(answered, told, actor=pupil, at=begun)
    application = send(answered, at=begun)
    address = application.guardian_email
    yes = Signature(way=ApprovalWay.LETTER, name=FAMILY, address=address)
    grant_approval(application, yes, at=begun + timedelta(minutes=20))
    accept(application, actor=boss, at=begun + DAY)
    confirm_place(application, actor=pupil, at=begun + 2 * DAY)
    late = replace(
        entry_of(place),
        day_starts_at=time(13),
        day_ends_at=time(20, 30),
        breaks=((time(16), time(17)),),
    )
    moved_at = at - timedelta(hours=5)
    revise_internship(place, late, actor=boss, at=moved_at)
    judge_place(application, at=moved_at)


def _pupil(cast: Cast, *, at: datetime) -> User:
    today = day_of(at)
    user = User(
        email="ferien@demo.example",
        role=Role.PUPIL,
        first_name="Mika",
        surname="Spätaufsteher",
        password_hash=cast.users["schuelerin"].password_hash,
        opened_at=at,
        confirmed_at=at,
    )
    user.pupil = Pupil(
        birth_on=today.replace(year=today.year - AGE, day=1) - 30 * DAY,
        class_level=LEVEL,
        school_state=FederalState.SAXONY,
        school_kind=SchoolKind.OBERSCHULE,
        school_name="Oberschule am Beispielpark",
        town="Leipzig",
    )
    db.session.add(user)
    db.session.flush()  # who applies has a number
    return user
