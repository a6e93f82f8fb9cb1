"""What a merge changes is written down before, so that it can be taken back.

Rows are kept by their numbers, words by the names of their columns; of persons
nothing is kept.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Enum, select

from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.foundation.columns import SetOf
from marketplace.foundation.database import db
from marketplace.matching.gaps.models import Gap
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting, PostingChange
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.takeovers.models import TakenEntry

# Kept under their own name in an entry, though no column bears it.
NUMBERS = "occupation_ids"
MOMENTS = {datetime: datetime, date: date, time: time}


def journal_of(survivor: Any, other: Any) -> dict[str, Any]:
    """How both stand before they are merged, and which rows will move."""
    of_other = (
        PostingChange.kind == other.kind,
        PostingChange.posting_id == other.id,
    )
    journal = {
        "state": other.state.value,
        "published_at": _plain(other.published_at),
        "ended_at": _plain(other.ended_at),
        "successor_key": other.successor_key,
        "source": survivor.source,
        "changes": _numbers(PostingChange, *of_other),
        "files": _numbers(TakenEntry, TakenEntry.posting_key == other.public_id),
    }
    if isinstance(other, Internship):
        offered = {(p.starts_on, p.ends_on) for p in survivor.periods if p.is_open}
        journal["periods"] = [period.id for period in other.periods]
        # The merge closes what would be offered twice.
        journal["closed"] = [
            period.id
            for period in other.periods
            if period.is_open and (period.starts_on, period.ends_on) in offered
        ]
        journal |= _kept(Bookmark, "internship_id", "pupil_id", survivor, other)
    if isinstance(other, Event):
        journal |= _kept(KeptEvent, "event_id", "user_id", survivor, other)
    if isinstance(other, Offer | Sponsorship):
        journal["lines"] = [line.id for line in other.lines]
    if isinstance(other, Offer):
        of_offer = Introduction.offer_id == other.id
        journal["introductions"] = _numbers(Introduction, of_offer)
        journal["gaps"] = _numbers(Gap, Gap.offer_id == other.id)
    return journal


def words_of(entry: Any, names: Iterable[str], model: type[Posting]) -> dict[str, Any]:
    """Some fields of an entry as they are kept; what no column holds is left out."""
    columns: Any = model.__table__.c
    kept = [name for name in names if name in columns or name == NUMBERS]
    return {name: _plain(getattr(entry, name)) for name in kept}


def words_from(kept: Mapping[str, Any], model: type[Posting]) -> dict[str, Any]:
    """Gives kept fields as an entry has them."""
    columns: Any = model.__table__.c
    return {
        name: tuple(value) if name == NUMBERS else _told(value, columns[name].type)
        for name, value in kept.items()
    }


def _kept(
    model: Any, thing: str, who: str, survivor: Posting, other: Posting
) -> dict[str, list[int]]:
    """Rows of watch lists that move, and those at the survivor of who kept both."""
    on, person = getattr(model, thing), getattr(model, who)
    of_other = on == other.id
    there = select(person).where(on == survivor.id)
    both = select(person).where(of_other)
    return {
        "bookmarks": _numbers(model, of_other, person.not_in(there)),
        "both": _numbers(model, on == survivor.id, person.in_(both)),
    }


def _numbers(model: Any, *where: Any) -> list[int]:
    return list(db.session.scalars(select(model.id).where(*where).order_by(model.id)))


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(member.value for member in value)
    return list(value) if isinstance(value, tuple) else value


def _told(value: Any, kind: Any) -> Any:
    """A kept value as its column gives it."""
    if value is None:
        return None
    if isinstance(kind, SetOf):
        members: Any = kind.enum
        return frozenset(members(member) for member in value)
    if isinstance(kind, Enum) and kind.enum_class:
        return kind.enum_class(value)
    maker: Any = MOMENTS.get(kind.python_type)
    return maker.fromisoformat(value) if maker else value
