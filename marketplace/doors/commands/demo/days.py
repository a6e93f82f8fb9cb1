"""Days of the demonstration that go on now: once a week the girl works in a company."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from marketplace.doors.commands.demo.papers import (
    DAY,
    WEEK,
    look_back,
    morning_of,
    placed,
)
from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import Story, internship_entry, member_of
from marketplace.doors.commands.demo.times import Weeks
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.attendances.enums import Presence
from marketplace.encounters.attendances.services.attending import note_presence
from marketplace.encounters.attendances.services.following import follow_days
from marketplace.foundation.clock import day_of
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import move_internship, write_internship
from marketplace.postings.internships.tables import PeriodEntry
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.region.occupations.models import Occupation

# Longer than any holidays, and over before the places begin that others offer.
SINCE, STILL = 9 * WEEK, 3 * WEEK
# The day of the week on which she works.
WEDNESDAY = 2
STORY = {
    "title": "Jeden Mittwoch in der Linsenwerkstatt",
    "description": "Du begleitest ein Objektiv vom Rohglas bis in die Fassung.",
    "learn": "Warum gute Arbeit Wochen braucht.",
}


def work_every_week(
    cast: Cast,
    internships: Sequence[Internship],
    occupations: Sequence[Occupation],
    weeks: Weeks,
    *,
    at: datetime,
) -> None:
    """Lets the pupil of sixteen have worked for a week, and now come every Wednesday.

    In that week she was excused, and so she was the last time. Days of holidays drop
    out by themselves.
    """
    away = look_back(cast, internships, at=at)
    today = day_of(at)
    monday = today - timedelta(days=today.weekday()) - SINCE
    begun = morning_of(monday - 4 * WEEK)
    first = monday + WEDNESDAY * DAY
    period = PeriodEntry(starts_on=first, ends_on=first + SINCE + STILL, place_count=1)
    kind = (Shape.WEEKLY_DAY, period)
    place = posted(cast, STORY, kind, occupations, weeks, at=begun)
    application = placed(cast, cast.users["schuelerin"], place.periods[0], at=begun)
    follow_days(at=morning_of(monday + 2 * DAY))
    days = [plan.day for plan in worked_days(application, at=at) if plan.day < today]
    for day in days:
        is_away = bool(away and away.starts_on <= day <= away.ends_on)
        missed = is_away or day == days[-1]
        presence = Presence.EXCUSED if missed else Presence.PRESENT
        noted_at = morning_of(day) + timedelta(hours=4)
        actor = member_of(place.organisation)
        note_presence(application, day, presence, actor=actor, at=noted_at)


def posted(
    cast: Cast,
    story: Story,
    kind: tuple[Shape, PeriodEntry],
    occupations: Sequence[Occupation],
    weeks: Weeks,
    *,
    at: datetime,
    **changes: Any,
) -> Internship:
    """A published internship of the company of the demonstration."""
    company, office = cast.companies[0], cast.users["koordination"]
    shape, period = kind
    usual = internship_entry(1, story, company, list(occupations), weeks, at=at)
    entry = replace(usual, shape=shape, periods=(period,), **changes)
    actor = member_of(company)
    place = write_internship(company, entry, actor=actor, at=at)
    move_internship(place, Act.SUBMIT, actor=actor, at=at)
    if place.state is PostingState.SUBMITTED:
        move_internship(place, Act.PUBLISH, actor=office, at=at)
    return place
