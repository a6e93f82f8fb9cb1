from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.encounters.watchlist.rules import MOST
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
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


def kept_events_of(user: User) -> Sequence[KeptEvent]:
    """The events on a person's list, the next one first, with what each card shows."""
    query = (
        select(KeptEvent)
        .join(KeptEvent.event)
        .where(KeptEvent.user_id == user.id)
        .options(contains_eager(KeptEvent.event).joinedload(Event.organisation))
        .order_by(Event.starts_at, Event.id)
    )
    return db.session.scalars(query.limit(MOST)).all()


def kept_event_of(user: User, event: Event) -> KeptEvent | None:
    """That this one is on the list of a person; None where it is not."""
    query = select(KeptEvent).where(
        KeptEvent.user_id == user.id, KeptEvent.event_id == event.id
    )
    return db.session.scalar(query)


def kept_event_count(user: User) -> int:
    """How many events are on a person's list."""
    query = select(func.count(KeptEvent.id)).where(KeptEvent.user_id == user.id)
    return db.session.scalar(query) or 0


def keepers_away_since(moment: datetime) -> Select[int]:
    """The accounts nobody has signed in to since then."""
    last = func.coalesce(User.signed_in_at, User.opened_at)
    return select(User.id).where(last < moment)
