from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, select, update

from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.encounters.watchlist.queries import (
    bookmark_of,
    keepers_away_since,
    kept_count,
    kept_event_count,
    kept_event_of,
)
from marketplace.encounters.watchlist.rules import (
    MONTHS_KEPT,
    MOST,
    is_shown,
    is_to_come,
)
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
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


def keep_event(event: Event, *, actor: User, at: datetime) -> None:
    """Puts an event on a person's list; twice does no harm.

    Refuses what is not public or over, and more than a list holds.
    """
    locked(actor)  # as above
    if kept_event_of(actor, event):
        return
    if not is_to_come(event, at):
        raise Refusal(_("Diese Veranstaltung ist vorbei oder nicht öffentlich."))
    if kept_event_count(actor) >= MOST:
        raise Refusal(
            _("Auf die Liste passen %(most)s Veranstaltungen.", most=MOST)
            + " "
            + _("Zuerst muss eine andere herunter.")
        )
    db.session.add(KeptEvent(user_id=actor.id, event_id=event.id, kept_at=at))


def remove_event(event: Event, *, actor: User) -> None:
    """Takes an event off a person's list; twice does no harm."""
    found = kept_event_of(actor, event)
    if found:
        db.session.delete(found)


def forget_lists(*, at: datetime) -> None:
    """Drops the lists of those who have not signed in for twelve months."""
    away = keepers_away_since(at - relativedelta(months=MONTHS_KEPT))
    db.session.execute(delete(Bookmark).where(Bookmark.pupil_id.in_(away)))
    db.session.execute(delete(KeptEvent).where(KeptEvent.user_id.in_(away)))


def forget_list(user_id: int) -> None:
    """Drops the list of a person who leaves."""
    db.session.execute(delete(Bookmark).where(Bookmark.pupil_id == user_id))
    db.session.execute(delete(KeptEvent).where(KeptEvent.user_id == user_id))


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


def move_kept_events(event: Event, to: Event) -> int:
    """Puts one event in the place of another, likewise."""
    there = select(KeptEvent.user_id).where(KeptEvent.event_id == to.id)
    of_one = KeptEvent.event_id == event.id
    db.session.execute(
        delete(KeptEvent)
        .where(of_one, KeptEvent.user_id.in_(there))
        .execution_options(synchronize_session=False)
    )
    moved = update(KeptEvent).where(of_one).values(event_id=to.id)
    return int(db.session.execute(moved).rowcount)  # type: ignore[attr-defined]
