"""Saved searches of the demonstration."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import select

from marketplace.doors.commands.demo.people import Cast
from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.database import db
from marketplace.matching.gaps.rules import first_day_of, quarter_of
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.services.missing import count_missed
from marketplace.overview.alerts.services.saving import (
    Wanted,
    agree_to_letters,
    save_search,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.calendar.enums import Weekday
from marketplace.region.places.queries import place_for
from marketplace.region.topics.enums import Topic

# Who looks for what, where, how far around, and how soon she wants to hear.
SEARCHES = (
    ("schuelerin", "Laser", "Leipzig", 50, Rhythm.WEEKLY),
    ("schuelerin", "", "Dresden", 25, Rhythm.DAILY),
    ("schueler", "Roboter", "Leipzig", 25, Rhythm.INSTANT),
)
# What nobody offers: around these towns, about one of these topics.
IN_VAIN = "Raumfahrt"
TOWNS_IN_VAIN = ("Leipzig", "Dresden", "Leipzig", "Dresden", "Erfurt", "Halle (Saale)")
TOPICS_IN_VAIN = (Topic.ASTRONOMY_SPACE, Topic.AVIATION_DRONES)
# So many of them looked in the quarter before.
EARLY_IN_VAIN = 24
# On which day a class of the school could come.
DAY = Weekday.WEDNESDAY


def search_around(cast: Cast, *, at: datetime) -> None:
    """Saves searches of both pupils and the school.

    At home letters to the younger pupil are allowed.
    """
    for name, words, town, km, rhythm in SEARCHES:
        place = place_for(town)
        if place:
            wanted = Wanted(
                by=Narrowing(words=words, centre=(place.lat, place.lon), radius_km=km),
                place=place.name,
                query=urlencode({"q": words, "ort": place.name, "umkreis": km}),
            )
            save_search(wanted, rhythm, actor=cast.users[name], at=at)
    place = place_for("Chemnitz")
    if place:
        by = Narrowing(
            centre=(place.lat, place.lon), radius_km=50, group_size=20, weekday=DAY
        )
        query = {"ort": place.name, "umkreis": 50, "gruppe": 20, "wochentag": DAY.value}
        wanted = Wanted(
            by=by, scope=Scope.OFFERS, place=place.name, query=urlencode(query)
        )
        save_search(wanted, Rhythm.WEEKLY, actor=cast.users["schule"], at=at)
    child, guardian = cast.users["schueler"], cast.users["eltern"]
    agree_to_letters(child, actor=guardian, at=at)


def search_in_vain(cast: Cast, *, at: datetime) -> None:
    """Lets all other pupils look for what nobody offers, and counts them.

    Some of them looked in the last quarter already.
    """
    last_day = end_of(first_day_of(quarter_of(day_of(at))) - timedelta(days=1))
    own = [user.id for user in cast.users.values()]
    others = select(User).where(User.role == Role.PUPIL, User.id.not_in(own))
    pupils = db.session.scalars(others.order_by(User.first_name, User.id)).all()
    for k, pupil in enumerate(pupils):
        if k == EARLY_IN_VAIN:
            db.session.flush()
            count_missed(at=last_day)
        place = place_for(TOWNS_IN_VAIN[k % len(TOWNS_IN_VAIN)])
        topic = TOPICS_IN_VAIN[k % len(TOPICS_IN_VAIN)]
        if place is None:
            continue
        by = Narrowing(
            words=IN_VAIN,
            centre=(place.lat, place.lon),
            radius_km=25,
            topics=frozenset({topic}),
        )
        query = {"q": IN_VAIN, "ort": place.name, "umkreis": 25, "thema": topic.value}
        wanted = Wanted(by=by, place=place.name, query=urlencode(query))
        save_search(wanted, Rhythm.NEVER, actor=pupil, at=at)
    db.session.flush()  # the count reads the rows
    count_missed(at=at)
