from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.encounters.watchlist.rules import MOST
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship


def bookmarks_of(pupil: User) -> Sequence[Bookmark]:
    """What a pupil has on her list, with what each card shows."""
    internship = joinedload(Bookmark.internship)
    query = (
        select(Bookmark)
        .where(Bookmark.pupil_id == pupil.id)
        .options(
            internship.joinedload(Internship.organisation),
            internship.selectinload(Internship.periods),
        )
    )
    return db.session.scalars(query.order_by(Bookmark.id.desc()).limit(MOST)).all()


def kept_ids(pupil: User) -> frozenset[int]:
    """The numbers of the internships on a pupil's list."""
    query = select(Bookmark.internship_id).where(Bookmark.pupil_id == pupil.id)
    return frozenset(db.session.scalars(query.limit(MOST)))


def bookmark_of(pupil: User, internship: Internship) -> Bookmark | None:
    """That this one is on the list of a pupil; None where it is not."""
    query = select(Bookmark).where(
        Bookmark.pupil_id == pupil.id, Bookmark.internship_id == internship.id
    )
    return db.session.scalar(query)


def kept_count(pupil: User) -> int:
    """How many are on a pupil's list."""
    query = select(func.count(Bookmark.id)).where(Bookmark.pupil_id == pupil.id)
    return db.session.scalar(query) or 0


def pupils_away_since(moment: datetime) -> Select[int]:
    """The accounts nobody has signed in to since then."""
    last = func.coalesce(User.signed_in_at, User.opened_at)
    return select(User.id).where(last < moment)
