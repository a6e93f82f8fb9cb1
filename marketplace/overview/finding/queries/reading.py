"""Which of what answers is read: the newest, the nearest, or what begins first.

Each ends: so many are ranked, and of very much the newest so many are put in order.
Of one kind that is asked for alone as many are ranked as are counted, none left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, select

from marketplace.foundation.database import db
from marketplace.foundation.fulltext import Question, Word, all_of, any_word
from marketplace.foundation.geometry import cells_around
from marketplace.overview.finding.enums import Order
from marketplace.overview.finding.queries.counts import COUNTED
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.places.queries import squared_km, within
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bitmaps import bits_of, flags_of
from marketplace.upkeep.search.queries.bits import last_in
from marketplace.upkeep.search.queries.bounded import among
from marketplace.upkeep.search.rules import MARK_OF_CELL

# So many are ranked, of those with the words in their title as many.
RANKED, RANKED_OF_ONE = 200, COUNTED
# So many are put in order by place or day.
SORTED = 20_000
# Kilometres around a place, in which the nearest are looked for one after another.
RINGS = (10, 30, 100)

# Of an entry: latitude, longitude, when it begins.
Setting = tuple[float | None, float | None, date | None]


def read(
    question: Question, by: Narrowing, order: Order, most: int = RANKED
) -> Sequence[int]:
    """The numbers of the first that answer in an order; at most those ranked."""
    if order is Order.NEAR and by.centre and by.radius_km:
        return _nearest(question, by.centre, by.radius_km, most)
    if order is Order.DATE:
        return _first(_newest(question, SORTED), most, _by_day())
    return _newest(question, most)


def read_of_one(question: Question, by: Narrowing, order: Order) -> Sequence[int]:
    """The same of one kind: more of it, and only what lies inside the circle."""
    most = RANKED_OF_ONE
    if not (by.centre and by.radius_km) or order is Order.NEAR:
        return read(question, by, order, most)
    first = _by_day() if order is Order.DATE else []
    near = within(SearchEntry, *by.centre, by.radius_km)
    return _first(_newest(question, SORTED), most, first, only=near)


def settings_of(ids: Iterable[int]) -> Mapping[int, Setting]:
    """Where and when some entries are, by their numbers."""
    told = (SearchEntry.lat, SearchEntry.lon, SearchEntry.begins_on)
    rows = db.session.execute(select(SearchEntry.id, *told).where(among(ids)))
    return {number: (lat, lon, begins_on) for number, lat, lon, begins_on in rows}


def shares_of(words: Iterable[str], ids: Sequence[int]) -> list[int]:
    """How many of some entries have each of some words of the index."""
    flags = flags_of([Word(word) for word in words], np.array(ids, np.int64))
    return [int(some.sum()) for some in flags]


def _nearest(
    question: Question, centre: tuple[float, float], radius_km: int, most: int
) -> Sequence[int]:
    """Reads in growing circles, until one holds enough or is the one asked for.

    What a circle holds is complete: its squares are read as a whole.
    """
    ids: Sequence[int] = ()
    for km in (*(ring for ring in RINGS if ring < radius_km), radius_km):
        cells = any_word(MARK_OF_CELL + cell for cell in cells_around(*centre, km))
        asked = all_of([question, cells]) if km < radius_km else question
        near = within(SearchEntry, *centre, km)
        far = squared_km(SearchEntry, *centre)
        ids = _first(_newest(asked, SORTED), most, [far], only=near)
        if len(ids) == most:
            break
    return ids


def _newest(question: Question, most: int) -> Sequence[int]:
    """The numbers of the newest that answer, the newest first."""
    return last_in(bits_of([question])[0], most)


def _by_day() -> list[Any]:
    return [SearchEntry.begins_on.is_(None), SearchEntry.begins_on]


def _first(
    ids: Sequence[int],
    most: int,
    order: Sequence[Any],
    only: ColumnElement[bool] | None = None,
) -> Sequence[int]:
    """Of some entries those that come first; of equals the newest."""
    query = select(SearchEntry.id).where(among(ids))
    query = query if only is None else query.where(only)
    query = query.order_by(*order, SearchEntry.id.desc()).limit(most)
    return db.session.scalars(query).all() if ids else ()
