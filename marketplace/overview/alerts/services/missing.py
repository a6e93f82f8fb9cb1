"""What searches find, and how many pupils look for what is not there."""

from datetime import date, datetime
from functools import cache

from sqlalchemy import bindparam, update

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, unlocked
from marketplace.foundation.geometry import Point
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.gaps.services.pupils import Wanting, write_counts
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import (
    all_searches,
    hitless_searches,
    hits_of,
)
from marketplace.region.places.queries import nearest_place


def count_hits(*, at: datetime) -> None:
    """Notes how much each search finds now; those without a hit are a gap.

    Asking for each takes its time: nobody waits for it.
    """
    day = day_of(at)
    with unlocked():
        counts = [
            {"search_id": search.id, "found": count}
            for search in db.session.scalars(all_searches())
            if (count := hits_of(search, search.user, day)) != search.hit_count
        ]
    if counts:
        same = SavedSearch.id == bindparam("search_id")
        changed = update(SavedSearch).where(same).values(hit_count=bindparam("found"))
        db.session.connection().execute(changed, counts)


def count_missed(*, at: datetime) -> None:
    """Writes anew of how many pupils the searches find nothing, into this quarter.

    Only numbers, by district of the place and by topic; who it is stands nowhere, and
    what a quarter that is over was left with stays when searches are forgotten.
    """
    day = day_of(at)
    write_counts(quarter_of(day), PupilSource.SEARCH, _missed(day))


def _missed(day: date) -> list[Wanting]:
    @cache
    def district_at(lat: float, lon: float) -> str | None:
        place = nearest_place(Point(lat, lon))
        return place.district_ags if place else None

    return [
        Wanting(
            row.id,
            row.school_id,
            row.district_ags or (district_at(row.lat, row.lon) if row.lat else None),
            row.topics,
        )
        for row in hitless_searches(day)
    ]
