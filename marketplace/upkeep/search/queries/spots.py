from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.upkeep.search.models import SearchSpot

# So many times as many rows as spots are put together.
LOOSE = 1.5
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
