"""What moved when two entries became one goes back to where it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from marketplace.encounters.applications.models import Application
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.foundation.database import db
from marketplace.matching.gaps.models import Gap
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import index_event
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import move_periods
from marketplace.postings.lives.models import Posting, PostingChange
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import index_offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.services import index_sponsorship
from marketplace.stewardship.takeovers.models import TakenEntry

Journal = Mapping[str, Any]


def return_notes(journal: Journal, survivor: Posting, other: Posting) -> None:
    """Gives back history and files, and takes the second source away."""
    db.session.execute(
        update(PostingChange)
        .where(PostingChange.id.in_(journal["changes"]))
        .values(posting_id=other.id)
    )
    db.session.execute(
        update(TakenEntry)
        .where(
            TakenEntry.id.in_(journal["files"]),
            TakenEntry.posting_key == survivor.public_id,
        )
        .values(posting_key=other.public_id)
    )
    both = f"{journal['source']}; {other.source}"[:400]
    if journal["source"] and survivor.source == both:
        survivor.source = journal["source"]


def return_periods(
    journal: Journal,
    survivor: Internship,
    other: Internship,
    *,
    since: datetime,
    at: datetime,
) -> None:
    """Gives periods back with whoever applied for them, and the watch lists."""
    for period in survivor.periods:
        # Whatever else is closed, somebody closed since.
        period.is_open |= period.id in journal["closed"]
    numbers = journal["periods"]
    move_periods(survivor, other, at=at, only=numbers)
    db.session.execute(
        update(Application)
        .where(Application.period_id.in_(numbers))
        .values(internship_id=other.id)
    )
    of_pupils = (Bookmark, "internship_id", "pupil_id")
    _return_kept(journal, of_pupils, survivor, other, since=since)


def return_kept_events(
    journal: Journal, survivor: Posting, other: Posting, *, since: datetime
) -> None:
    """Gives an event back to the watch lists it stood on."""
    if isinstance(survivor, Event) and "bookmarks" in journal:
        of_people = (KeptEvent, "event_id", "user_id")
        _return_kept(journal, of_people, survivor, other, since=since)


def _return_kept(
    journal: Journal,
    lists: tuple[Any, str, str],
    survivor: Posting,
    other: Posting,
    *,
    since: datetime,
) -> None:
    """Moves rows back, and gives those who kept both a second one again."""
    model, thing, who = lists
    still = (getattr(model, thing) == survivor.id, model.kept_at <= since)
    db.session.execute(
        update(model)
        .where(model.id.in_(journal["bookmarks"]), *still)
        .values({thing: other.id})
    )
    both = select(getattr(model, who), model.kept_at).where(
        model.id.in_(journal["both"]), *still
    )
    rows = [
        {who: person, thing: other.id, "kept_at": kept_at}
        for person, kept_at in db.session.execute(both)
    ]
    if rows:
        db.session.execute(insert(model), rows)


def return_lines(journal: Journal, survivor: Any, other: Any) -> None:
    """Gives lines back with the introductions and gaps that are about them."""
    if not isinstance(survivor, Offer | Sponsorship):
        return
    moved = set(journal["lines"])
    ours: Any = survivor.lines
    theirs = other.lines  # read before, lest a line that hangs nowhere be deleted
    for line in [one for one in ours if one.id in moved]:
        ours.remove(line)
        theirs.append(line)
    for posting in (survivor, other):
        for number, line in enumerate(posting.lines, 1):
            line.line_no = number
    db.session.flush()
    if isinstance(survivor, Offer):
        for model, name in ((Introduction, "introductions"), (Gap, "gaps")):
            back: Any = model
            db.session.execute(
                update(back)
                .where(back.id.in_(journal[name]), back.offer_id == survivor.id)
                .values(offer_id=other.id)
            )
        later = update(Gap).where(Gap.need_line_id.in_(moved))
        db.session.execute(later.values(offer_id=other.id))


def show_again(*postings: Posting) -> None:
    """Puts both into the index as they stand now."""
    for posting in postings:
        if isinstance(posting, Offer):
            index_offer(posting)
        if isinstance(posting, Sponsorship):
            index_sponsorship(posting)
        if isinstance(posting, Event):
            index_event(posting)
