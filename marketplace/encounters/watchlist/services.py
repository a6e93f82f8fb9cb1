from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, select, update

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.encounters.watchlist.queries import (
    bookmark_of,
    kept_count,
    pupils_away_since,
)
from marketplace.encounters.watchlist.rules import MONTHS_KEPT, MOST, is_shown
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship


def keep(internship: Internship, *, actor: User, at: datetime) -> None:
    """Puts an internship on a pupil's list; twice does no harm.

    Refuses what is not public, and more than a list holds.
    """
    locked(actor)  # of two clicks at once, the second finds the first
    if bookmark_of(actor, internship):
        return
    if not is_shown(internship):
        raise Refusal(_("Dieses Praktikum ist gerade nicht öffentlich."))
    if kept_count(actor) >= MOST:
        raise Refusal(
            _("Auf die Merkliste passen %(most)s Praktika.", most=MOST)
            + " "
            + _("Nimm erst eins herunter.")
        )
    row = Bookmark(pupil_id=actor.id, internship_id=internship.id, kept_at=at)
    db.session.add(row)


def remove(internship: Internship, *, actor: User) -> None:
    """Takes an internship off a pupil's list; twice does no harm."""
    found = bookmark_of(actor, internship)
    if found:
        db.session.delete(found)


def forget_lists(*, at: datetime) -> None:
    """Drops the lists of those who have not signed in for twelve months."""
    away = pupils_away_since(at - relativedelta(months=MONTHS_KEPT))
    db.session.execute(delete(Bookmark).where(Bookmark.pupil_id.in_(away)))


def forget_list(pupil_id: int) -> None:
    """Drops the list of a person who leaves."""
    db.session.execute(delete(Bookmark).where(Bookmark.pupil_id == pupil_id))


def move_bookmarks(internship: Internship, to: Internship) -> int:
    """Puts one internship in the place of another, on every list; says on how many."""
    there = select(Bookmark.pupil_id).where(Bookmark.internship_id == to.id)
    of_one = Bookmark.internship_id == internship.id
    db.session.execute(
        delete(Bookmark)
        .where(of_one, Bookmark.pupil_id.in_(there))
        .execution_options(synchronize_session=False)
    )
    moved = update(Bookmark).where(of_one).values(internship_id=to.id)
    return int(db.session.execute(moved).rowcount)  # type: ignore[attr-defined]
