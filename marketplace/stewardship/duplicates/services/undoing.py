"""A merge is taken back: whatever moved goes back, whatever came since stays."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from marketplace.encounters.applications.models import Application
from marketplace.encounters.introductions.models import Introduction, IntroductionLine
from marketplace.foundation.database import db, locked, locked_all
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting, PostingChange
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.closures.queries import OWED
from marketplace.stewardship.duplicates.enums import PairState
from marketplace.stewardship.duplicates.models import Merge
from marketplace.stewardship.duplicates.rules import (
    can_choose,
    can_decide,
    is_undoable,
)
from marketplace.stewardship.duplicates.services.keeping import words_from, words_of
from marketplace.stewardship.duplicates.services.returning import (
    return_kept_events,
    return_lines,
    return_notes,
    return_periods,
    show_again,
)
from marketplace.stewardship.takeovers.services.crafts import craft_of
from marketplace.upkeep.audit.services import record


def undo_merge(
    merge: Merge, survivor: Posting, other: Posting, *, actor: User, at: datetime
) -> None:
    """Makes two entries of one again, as they were; refuses what stands against it.

    Rows go back by their numbers: what came to one of them since goes along, what came
    to the entry that stayed remains there. Words that somebody changed since stay.
    """
    merge = locked(merge)
    locked_all(type(survivor), [survivor.id, other.id])  # nobody applies meanwhile
    if not can_decide(actor, survivor, other):
        raise Refusal(
            _("Das entscheidet die Organisation oder die Koordinationsstelle.")
        )
    if against := obstacles(merge, survivor, other, actor=actor, at=at):
        raise Refusal(" ".join(against))

    journal = merge.journal
    _return_words(merge, survivor, actor=actor, at=at)
    other.state = PostingState(journal["state"])  # type: ignore[call-arg]
    other.published_at = _moment(journal["published_at"])
    other.ended_at = _moment(journal["ended_at"])
    other.successor_key, other.changed_at = journal["successor_key"], at
    return_notes(journal, survivor, other)
    if isinstance(survivor, Internship) and isinstance(other, Internship):
        return_periods(journal, survivor, other, since=merge.merged_at, at=at)
    else:
        return_lines(journal, survivor, other)
        return_kept_events(journal, survivor, other, since=merge.merged_at)
        show_again(survivor, other)
    _note(survivor, other, actor=actor, at=at)
    merge.undone_by, merge.undone_at, merge.journal = actor, at, {}
    merge.words = {}
    if merge.pair:
        merge.pair.state, merge.pair.decided_at = PairState.WAITING, None
    record(f"{survivor.kind}.parted", survivor, actor=actor, at=at)


def obstacles(
    merge: Merge, survivor: Posting, other: Posting, *, actor: User, at: datetime
) -> list[str]:
    """What stands against taking a merge back, a sentence each; nothing if it can be.

    What hangs on a row that moved can be told apart, unless somebody made a promise
    on the terms of both.
    """
    if merge.undone_at:
        return [_("Das ist schon rückgängig gemacht.")]
    if not is_undoable(merge, at):
        return [_("Die 30 Tage, in denen das geht, sind vorbei.")]
    found = []
    is_there = other.state is PostingState.ARCHIVED
    if survivor.successor_key or not is_there:
        found.append(
            _("Einer der beiden Einträge ist inzwischen woanders aufgegangen.")
        )
    if merge.words and not can_choose(actor, survivor):
        found.append(
            _("Worte sind übernommen. Die ändert nur die Organisation zurück.")
        )
    found += _promises(merge, survivor)
    return found


def _promises(merge: Merge, survivor: Any) -> list[str]:
    if isinstance(survivor, Internship):
        count = _owed_count(merge)
        return (
            [_("Zu Zeiträumen des anderen Eintrags gibt es offene Bewerbungen.")]
            if count
            else []
        )
    if not isinstance(survivor, Offer | Sponsorship):
        return []
    moved = set(merge.journal["lines"])
    if not moved <= {line.id for line in survivor.lines}:
        return [_("Zeilen des anderen Eintrags sind inzwischen gelöscht.")]
    if isinstance(survivor, Offer) and _later_introductions(merge):
        return [_("Zu Zeilen des anderen Eintrags gibt es neue Vorstellungen.")]
    return []


def _owed_count(merge: Merge) -> int:
    """How many pupils rely on days that came along, under the terms of the survivor."""
    query = (
        select(func.count(Application.id))
        .join(Period, Period.id == Application.period_id)
        .where(Period.id.in_(merge.journal["periods"]), Application.state.in_(OWED))
    )
    return db.session.scalar(query) or 0


def _later_introductions(merge: Merge) -> int:
    query = (
        select(func.count(IntroductionLine.id))
        .join(Introduction, Introduction.id == IntroductionLine.introduction_id)
        .where(
            IntroductionLine.need_line_id.in_(merge.journal["lines"]),
            Introduction.id.not_in(merge.journal["introductions"]),
        )
    )
    return db.session.scalar(query) or 0


def _return_words(
    merge: Merge, survivor: Posting, *, actor: User, at: datetime
) -> None:
    """Puts back what was replaced, as far as it still stands as the merge left it."""
    if not merge.words:
        return
    craft, model = craft_of(survivor), type(survivor)
    there = craft.entry_of(survivor)
    present = words_of(there, merge.words, model)
    before = {
        name: old
        for name, (old, new) in merge.words.items()
        if present.get(name) == new
    }
    if before:
        entry = replace(there, **words_from(before, model))
        craft.revise(survivor, entry, actor=actor, at=at)


def _note(survivor: Posting, other: Posting, *, actor: User, at: datetime) -> None:
    """Says in both histories that they were parted."""
    for one, from_it in ((survivor, other), (other, survivor)):
        db.session.add(
            PostingChange(
                kind=one.kind,
                posting_id=one.id,
                field="parted",
                old="",
                new=from_it.title,
                actor_id=actor.id,
                at=at,
            )
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
