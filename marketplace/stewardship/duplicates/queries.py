from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.duplicates.enums import PairState
from marketplace.stewardship.duplicates.models import Merge, Pair
from marketplace.stewardship.duplicates.rules import ALIVE

KINDS: Mapping[str, type[Any]] = {
    model.kind: model for model in (Internship, Offer, Sponsorship, Event)
}
# Which columns tell from when to when something is.
DAYS: Mapping[type[Any], tuple[Any, Any]] = {
    Event: (Event.starts_at, Event.ends_at),
    Offer: (Offer.starts_on, Offer.ends_on),
    Sponsorship: (Sponsorship.valid_from, Sponsorship.valid_to),
}
# What hangs on a posting and is told of it.
HUNG_ON: Mapping[type[Any], Any] = {
    Internship: Internship.periods,
    Offer: Offer.lines,
    Sponsorship: Sponsorship.lines,
}


class Known(NamedTuple):
    """What of a posting tells whether it is another one, too."""

    id: int
    key: str
    organisation_id: int
    organisation: str
    title: str
    place: str | None
    link: str
    is_hint: bool
    first: Any
    last: Any


def pair_by_key(key: str) -> Pair | None:
    """The pair of this public id."""
    return db.session.scalar(select(Pair).where(Pair.public_id == key))


def waiting_pairs(organisation: Organisation | None = None) -> Select[Pair]:
    """What waits for a person, oldest first; of one organisation, if given."""
    query = select(Pair).where(Pair.state == PairState.WAITING).order_by(Pair.id)
    if organisation is None:
        return query
    return query.where(Pair.organisation_id == organisation.id)


def merge_by_key(key: str) -> Merge | None:
    """The merge of this public id, with its pair."""
    query = select(Merge).where(Merge.public_id == key)
    return db.session.scalar(query.options(joinedload(Merge.pair)))


def merges(organisation: Organisation | None = None) -> Select[Merge]:
    """What became one, of one organisation or of all, with who said so."""
    query = select(Merge).options(
        joinedload(Merge.merged_by),
        joinedload(Merge.undone_by),
        defer(Merge.journal),
    )
    if organisation is None:
        return query
    return query.where(Merge.organisation_id == organisation.id)


def old_merges(before: datetime) -> Select[Merge]:
    """What was merged before an instant and never taken back."""
    return select(Merge).where(Merge.merged_at < before, Merge.undone_at.is_(None))


def pairs_with(keys: Sequence[str]) -> Select[Pair]:
    """What waits of one of these postings."""
    is_of_them = Pair.first_key.in_(keys) | Pair.second_key.in_(keys)
    return select(Pair).where(Pair.state == PairState.WAITING, is_of_them)


def told_pairs() -> set[tuple[str, str]]:
    """The pairs about which somebody was asked, whatever she said."""
    return {
        (a, b) for a, b in db.session.execute(select(Pair.first_key, Pair.second_key))
    }


def known_of(model: type[Any]) -> Iterator[Known]:
    """What there is of a kind, the oldest first, as far as it may be a pair."""
    first, last = DAYS.get(model, (None, None))
    days = (first, last) if first is not None else _period_days()
    rows = db.session.execute(
        select(
            model.id,
            model.public_id,
            model.organisation_id,
            Organisation.name,
            model.title,
            model.place_name,
            model.link,
            model.state == ALIVE[-1],
            *days,
        )
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(model.state.in_(ALIVE))
        .order_by(model.id)
    )
    return map(Known._make, rows)


def titles_of(pairs: Sequence[Pair]) -> dict[str, Posting]:
    """The postings of some pairs, by public id, in one statement a kind."""
    return _postings([(p.kind, k) for p in pairs for k in (p.first_key, p.second_key)])


def survivors_of(merges: Sequence[Merge]) -> dict[str, Posting]:
    """The postings that stayed, by public id, in one statement a kind."""
    return _postings([(merge.kind, merge.survivor_key) for merge in merges])


def _postings(named: Sequence[tuple[str, str]]) -> dict[str, Posting]:
    found: dict[str, Posting] = {}
    for kind, model in KINDS.items():
        keys = [key for of_kind, key in named if of_kind == kind]
        if keys:
            query = (
                select(model)
                .where(model.public_id.in_(keys))
                .options(defer(model.description), joinedload(model.organisation))
            )
            if hung := HUNG_ON.get(model):
                query = query.options(selectinload(hung))
            rows = db.session.scalars(query)
            found |= {posting.public_id: posting for posting in rows}
    return found


def _period_days() -> tuple[Any, Any]:
    of_one = Period.internship_id == Internship.id, Period.is_open
    first = select(Period.starts_on).where(*of_one).order_by(Period.starts_on).limit(1)
    last = (
        select(Period.ends_on).where(*of_one).order_by(Period.ends_on.desc()).limit(1)
    )
    return first.scalar_subquery(), last.scalar_subquery()
