"""The eve of a day in the demonstration: one has the place, and one waits for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.doors.commands.demo.classes import FIRST_NAMES, Hands, sent
from marketplace.doors.commands.demo.days import WEDNESDAY, posted
from marketplace.doors.commands.demo.papers import DAY, placed, sign_all
from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.times import Weeks, next_school_day
from marketplace.encounters.applications.services.approving import confirm_for_school
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.tables import PeriodEntry
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.enums import FederalState

STORY = {
    "title": "Schnuppertag an der Poliermaschine",
    "description": "Du polierst eine Linse und misst am Abend, wie genau sie ist.",
    "learn": "Wie man einen Fehler findet, den niemand sehen kann.",
}
# So long ago both applied.
AGO = 12 * DAY


def wait_for_tomorrow(
    cast: Cast, occupations: Sequence[Occupation], weeks: Weeks, *, at: datetime
) -> None:
    """Gives the pupil of sixteen the only place of the next school day.

    Not on a Wednesday, when she works elsewhere. Somebody of her class is next. In the
    summer holidays nobody has a place so soon.
    """
    day = next_school_day(FederalState.SAXONY, day_of(at), but_on=WEDNESDAY)
    if day is None:
        return
    begun = at - AGO
    kind = (Shape.BLOCK, PeriodEntry(starts_on=day, ends_on=day, place_count=1))
    place = posted(cast, STORY, kind, occupations, weeks, at=begun)
    girl, last = cast.users["schuelerin"], f"klasse{len(FIRST_NAMES)}@demo.example"
    application = placed(cast, girl, place.periods[0], at=begun)
    sign_all(cast, application, at=begun + DAY)

    waiting = db.session.scalars(select(User).where(User.email == last)).one()
    hands = Hands(cast.users["schule"], begun + 2 * DAY)
    second = sent(waiting, place.periods[0], hands)
    confirm_for_school(
        second,
        signed_by=hands.staff.name,
        signed_on=day_of(hands.at),
        actor=hands.staff,
        at=hands.at + DAY,
    )
