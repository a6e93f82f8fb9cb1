"""Saved searches of the demonstration."""

from datetime import datetime
from urllib.parse import urlencode

from marketplace.doors.commands.demo.people import Cast
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.services.saving import (
    Wanted,
    agree_to_letters,
    save_search,
)
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.calendar.enums import Weekday
from marketplace.region.places.queries import place_for

# Who looks for what, where, how far around, and how soon she wants to hear.
SEARCHES = (
    ("schuelerin", "Laser", "Leipzig", 50, Rhythm.WEEKLY),
    ("schuelerin", "", "Dresden", 25, Rhythm.DAILY),
    ("schueler", "Roboter", "Leipzig", 25, Rhythm.INSTANT),
)
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
