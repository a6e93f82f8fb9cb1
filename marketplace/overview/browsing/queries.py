from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Select, select

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.lives.queries import (
    Narrowing,
    nearest_first,
    newest_first,
    public_postings,
)

# Further away one would not look for a day of work.
RADIUS_KM = 60


def internships_to_browse(
    by: Narrowing, seen: Collection[str], person: User | None
) -> Select[Internship]:
    """What fits and was not seen yet, nor is on her list; the nearest or newest first.

    `seen` are public ids.
    """
    by = replace(by, radius_km=RADIUS_KM if by.centre else None)
    query = narrowed_internships(public_postings(Internship), by)
    query = query.where(Internship.is_bookable)
    if seen:
        query = query.where(Internship.public_id.not_in(list(seen)))
    if person is not None:
        kept = select(Bookmark.internship_id).where(Bookmark.pupil_id == person.id)
        query = query.where(Internship.id.not_in(kept))
    keys = (
        nearest_first(Internship, by.centre) if by.centre else newest_first(Internship)
    )
    return query.order_by(*(key.desc() for key in keys))


def next_to_browse(query: Select[Internship]) -> Internship | None:
    """The first of them, with its periods."""
    return db.session.scalars(query.limit(1)).first()


def internships_by_keys(keys: Sequence[str]) -> Sequence[Internship]:
    """The internships of these public ids, as far as they are there."""
    query = select(Internship).where(Internship.public_id.in_(keys))
    return db.session.scalars(query.order_by(Internship.id)).all()
