from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select

from marketplace.foundation.database import db
from marketplace.foundation.text import plain
from marketplace.region.occupations.models import Occupation, OccupationGroup


def all_occupations() -> Select[Occupation]:
    """The occupations in everyday words, by title."""
    return select(Occupation).order_by(Occupation.sort_title, Occupation.id)


def occupations_by_id(ids: Iterable[int]) -> Sequence[Occupation]:
    """The occupations of these numbers, by title."""
    return db.session.scalars(
        all_occupations().where(Occupation.id.in_(list(ids)))
    ).all()


def suggested_occupations(beginning: str, limit: int = 8) -> Sequence[Occupation]:
    """Occupations whose title begins so."""
    start = plain(beginning)
    if not start:
        return []
    query = all_occupations().where(
        Occupation.sort_title >= start, Occupation.sort_title < f"{start}\uffff"
    )
    return db.session.scalars(query.limit(limit)).all()


def group_by_code(code: str) -> OccupationGroup | None:
    """The line of the classification with this code."""
    return db.session.scalar(
        select(OccupationGroup).where(OccupationGroup.code == code)
    )
