from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select

from marketplace.foundation.database import db
from marketplace.foundation.text import fold_name
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
    """Occupations of which a form or an everyday word begins so, those named so first.

    There are some 150: reading them all is quicker than asking for each of their words.
    """
    start = fold_name(beginning)
    if not start:
        return []
    occupations = db.session.scalars(all_occupations()).all()
    hits = [found for found in occupations if _begins(found, start)]
    named = [found for found in hits if fold_name(found.title).startswith(start)]
    return [*named, *(found for found in hits if found not in named)][:limit]


def group_by_code(code: str) -> OccupationGroup | None:
    """The line of the classification with this code."""
    return db.session.scalar(
        select(OccupationGroup).where(OccupationGroup.code == code)
    )


def _begins(occupation: Occupation, start: str) -> bool:
    names = (*occupation.title.split(", "), *occupation.words.split(", "))
    return any(fold_name(name).startswith(start) for name in names)
