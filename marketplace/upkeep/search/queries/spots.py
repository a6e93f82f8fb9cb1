from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.upkeep.search.models import SearchSpot

# So many times as many rows as spots are put together.
LOOSE = 1.5
# What makes a spot of the map.
SPOT = (
    *(SearchSpot.kind, SearchSpot.is_needy),
    *(SearchSpot.square_row, SearchSpot.square_column),
    *(SearchSpot.state_code, SearchSpot.district_ags),
)
SPOT_AREAS = (SearchSpot.state_code, SearchSpot.district_ags)


def has_loose_spots() -> bool:
    """Says whether there are many more rows of spots than spots."""
    place = (SearchSpot.square_row, SearchSpot.square_column)
    one = (SearchSpot.kind, SearchSpot.is_needy, *place)
    spots = select(*one).group_by(*one, *SPOT_AREAS).subquery()
    counts = select(
        select(func.count(SearchSpot.id)).scalar_subquery(),
        select(func.count()).select_from(spots).scalar_subquery(),
    )
    rows, apart = db.session.execute(counts).one()
    return bool(rows > LOOSE * apart)


def loose_spots() -> list[list[int]]:
    """The numbers of the rows of each spot that has several."""
    numbers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, *spot in db.session.execute(select(SearchSpot.id, *SPOT)):
        numbers[tuple(spot)].append(number)
    return [some for some in numbers.values() if len(some) > 1]
