"""Two entries become one; nothing that hangs on them is lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from marketplace.encounters.applications.services.following import follow_periods
from marketplace.encounters.introductions.services.following import follow_offer
from marketplace.encounters.watchlist.services import (
    move_bookmarks,
    move_kept_events,
)
from marketplace.foundation.database import db, locked, locked_all
from marketplace.foundation.language import _, in_german
from marketplace.foundation.refusals import Refusal
from marketplace.matching.gaps.services.following import follow_offer as follow_gaps
from marketplace.people.accounts.models import User
from marketplace.postings.events import services as events
from marketplace.postings.events.models import Event
from marketplace.postings.internships import rules as internships
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import move_periods
from marketplace.postings.lives.models import Posting, PostingChange
from marketplace.postings.lives.services import retire_hint
from marketplace.postings.offers import services as offers
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships import services as sponsorships
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.lines.services import joined_lines
from marketplace.stewardship.closures.queries import owed_count_for
from marketplace.stewardship.duplicates.enums import PairState
from marketplace.stewardship.duplicates.models import Merge, Pair
from marketplace.stewardship.duplicates.queries import pairs_with
from marketplace.stewardship.duplicates.rules import can_choose, can_decide, may_stay
from marketplace.stewardship.duplicates.services.keeping import journal_of, words_of
from marketplace.stewardship.takeovers.models import TakenEntry
from marketplace.stewardship.takeovers.services.crafts import craft_of
from marketplace.upkeep.audit.services import record

TOLD: Mapping[str, Any] = {
    "event": events.told,
    "offer": offers.told,
    "sponsorship": sponsorships.told,
    "internship": internships.told,
}
# What is joined instead of chosen: somebody may hold on to it.
JOINED = ("lines", "periods")


@dataclass(frozen=True)
class Rivalry:
    """A field in which two entries differ, both in words."""

    field: str
    here: str
    there: str


def rivalries(survivor: Posting, other: Posting) -> list[Rivalry]:
    """Where the other says something, and says it otherwise; what is joined is not."""
    tell = TOLD[survivor.kind]
    here, there = tell(survivor), tell(other)
    known = {f.name for f in fields(craft_of(survivor).entry_of(survivor))}
    known |= {"occupations"}
    return [
        Rivalry(field, here[field], words)
        for field, words in there.items()
        if words and words != here[field] and field in known and field not in JOINED
    ]


def merge(
    pair: Pair,
    survivor: Posting,
    other: Posting,
    chosen: Collection[str] = (),
    *,
    actor: User,
    at: datetime,
) -> None:
    """Makes one of two entries; in the fields `chosen` the words of the other win.

    Refuses strangers, what was decided before, to let the less confirmed one stay, and
    to let an internship go on which pupils rely: their guardians agreed to its hours,
    insurer and pay. Only its organisation changes the words of an entry.
    """
    pair = locked(pair)
    locked_all(type(survivor), [survivor.id, other.id])  # nobody applies meanwhile
    if not can_decide(actor, survivor, other):
        raise Refusal(
            _("Das entscheidet die Organisation oder die Koordinationsstelle.")
        )
    if pair.state is not PairState.WAITING:
        raise Refusal(_("Darüber ist schon entschieden."))
    if not may_stay(survivor, other):
        raise Refusal(_("Bleiben muss der Eintrag, der öffentlich ist."))
    if isinstance(other, Internship):
        _require_unowed(other)
    if chosen and not can_choose(actor, survivor):
        raise Refusal(_("Die Worte eines Eintrags ändert nur seine Organisation."))

    merge = Merge(
        pair=pair,
        kind=pair.kind,
        organisation_id=pair.organisation_id,
        survivor_key=survivor.public_id,
        other_key=other.public_id,
        title=other.title,
        journal=journal_of(survivor, other),
        merged_by=actor,
        merged_at=at,
    )
    db.session.add(merge)
    if chosen:
        merge.words = _take_words(survivor, other, chosen, actor=actor, at=at)
    _move_what_hangs_on(survivor, other, at=at)
    _note(survivor, other, actor=actor, at=at)
    other.successor_key = survivor.public_id
    retire_hint(other, actor=actor, at=at)
    pair.state, pair.decided_at = PairState.MERGED, at
    for further in db.session.scalars(pairs_with([other.public_id])):
        db.session.delete(further)
    record(f"{survivor.kind}.merged", survivor, actor=actor, at=at)


def keep_apart(
    pair: Pair, one: Posting, other: Posting, *, actor: User, at: datetime
) -> None:
    """Notes that two entries are two, so that nobody is asked again."""
    if not can_decide(actor, one, other):
        raise Refusal(
            _("Das entscheidet die Organisation oder die Koordinationsstelle.")
        )
    if pair.state is not PairState.WAITING:
        raise Refusal(_("Darüber ist schon entschieden."))
    pair.state, pair.decided_at = PairState.APART, at
    record("duplicate.kept_apart", pair, actor=actor, at=at)


def _require_unowed(internship: Internship) -> None:
    if owed_count_for(internship):
        raise Refusal(
            _(
                "Zu „%(title)s“ gibt es noch offene Bewerbungen oder vereinbarte "
                "Praktika.",
                title=internship.title,
            )
            + " "
            + _("Lassen Sie diesen Eintrag bleiben, oder beenden Sie sie zuerst.")
        )


def _take_words(
    survivor: Posting,
    other: Posting,
    chosen: Collection[str],
    *,
    actor: User,
    at: datetime,
) -> dict[str, list[Any]]:
    """Writes them, and gives what each field said before and says now."""
    craft = craft_of(survivor)
    there = craft.entry_of(other)
    offered = {rivalry.field for rivalry in rivalries(survivor, other)}
    names = {
        {"occupations": "occupation_ids"}.get(field, field)
        for field in chosen
        if field in offered
    }
    words = {name: getattr(there, name) for name in names}
    if not words:
        return {}
    before = craft.entry_of(survivor)
    craft.revise(survivor, replace(before, **words), actor=actor, at=at)
    old, new = (words_of(one, words, type(survivor)) for one in (before, there))
    return {name: [old[name], new[name]] for name in new}


def _move_what_hangs_on(survivor: Any, other: Any, *, at: datetime) -> None:
    if isinstance(survivor, Internship):
        move_periods(other, survivor, at=at)
        follow_periods(other, survivor)
        move_bookmarks(other, survivor)
    if isinstance(survivor, Event):
        move_kept_events(other, survivor)
    if isinstance(survivor, Offer | Sponsorship):
        joined_lines(survivor.lines, other.lines)
    if isinstance(survivor, Offer):
        follow_offer(other, survivor)
        follow_gaps(other, survivor)
        offers.index_offer(survivor)  # search and map know what it lacks now
    if isinstance(survivor, Sponsorship):
        sponsorships.index_sponsorship(survivor)


def _note(survivor: Posting, other: Posting, *, actor: User, at: datetime) -> None:
    """Moves the history, and says in it what was merged, and from where it came."""
    of_other = (
        PostingChange.kind == other.kind,
        PostingChange.posting_id == other.id,
    )
    db.session.execute(
        update(PostingChange).where(*of_other).values(posting_id=survivor.id)
    )
    files = TakenEntry.posting_key == other.public_id
    db.session.execute(
        update(TakenEntry).where(files).values(posting_key=survivor.public_id)
    )
    source = other.source or in_german(other.state.label)
    db.session.add(
        PostingChange(
            kind=survivor.kind,
            posting_id=survivor.id,
            field="merged",
            old="",
            new=f"{other.title} ({source})",
            actor_id=actor.id,
            at=at,
        )
    )
    if other.source and survivor.source and other.source not in survivor.source:
        survivor.source = f"{survivor.source}; {other.source}"[:400]
