from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.models import LetterConsent, SavedSearch
from marketplace.overview.alerts.rules import MOST, age_of, narrowing_of
from marketplace.overview.alerts.tables import KINDS, kinds_of
from marketplace.overview.finding.queries.words import ids_saying
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.guardians.models import Guardianship
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import public_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import narrowed_offers

# So many are named in one letter about one search, so many are counted.
NAMED, COUNTED = 5, 1000
# Each kind of posting of which letters tell, and how its list is narrowed.
MODELS: Mapping[str, tuple[type[Posting], Any]] = {
    "internship": (Internship, narrowed_internships),
    "offer": (Offer, narrowed_offers),
    "event": (Event, narrowed_events),
}


def searches_of(user: User) -> Sequence[SavedSearch]:
    """What a person looks for, newest first."""
    query = select(SavedSearch).where(SavedSearch.user_id == user.id)
    query = query.options(joinedload(SavedSearch.user).joinedload(User.pupil))
    return db.session.scalars(query.order_by(SavedSearch.id.desc()).limit(MOST)).all()


def search_by_key(key: str) -> SavedSearch | None:
    """The saved search of this public id."""
    return db.session.scalar(select(SavedSearch).where(SavedSearch.public_id == key))


def found_by(search: SavedSearch, user: User, day: date) -> Iterator[Select[Any]]:
    """What a search of this person finds of each kind: bookable, fit for her age.

    The search over everything takes a word also for the topic it stands for; so does
    what was kept of it.
    """
    by = narrowing_of(search, age_of(user, day))
    words = by.words if search.scope is Scope.EVERYTHING else ""
    by = replace(by, words="") if words else by
    for kind in kinds_of(search.scope, search.art):
        model, narrow = MODELS[kind]
        query = narrow(public_postings(model), by).where(model.is_bookable)
        yield query.where(model.id.in_(ids_saying(kind, words))) if words else query


def new_in(
    search: SavedSearch, user: User, since: datetime, day: date
) -> Sequence[Posting]:
    """What was published since then and is found, newest first; one more than named."""
    rows: list[Posting] = []
    for query in found_by(search, user, day):
        model = query.column_descriptions[0]["entity"]
        newest = query.where(model.published_at > since)
        newest = newest.order_by(model.published_at.desc(), model.id.desc())
        rows += db.session.scalars(newest.limit(NAMED + 1))
    return sorted(rows, key=attrgetter("published_at"), reverse=True)[: NAMED + 1]


def hits_of(search: SavedSearch, user: User, day: date) -> int:
    """How much a search finds; counted up to a thousand."""
    return min(COUNTED, sum(map(_count, found_by(search, user, day))))


def _count(query: Select[Any]) -> int:
    some = query.order_by(None).options().limit(COUNTED)
    ones = some.with_only_columns(literal(1), maintain_column_froms=True).subquery()
    return db.session.scalar(select(func.count()).select_from(ones)) or 0


def last_published() -> datetime | None:
    """When the newest of what is public now came in, of whatever kind."""
    newest = [
        select(func.max(model.published_at)).where(model.is_in_lists).scalar_subquery()
        for model, _narrow in MODELS.values()
    ]
    row = db.session.execute(select(*newest)).one()
    return max((moment for moment in row if moment), default=None)


def search_columns(newer_than: datetime) -> Sequence[Any]:
    """As plain columns what has not seen the newest, and when its owner was born."""
    query = (
        select(
            *(SavedSearch.id, SavedSearch.seen_until),
            *(SavedSearch.lat, SavedSearch.lon, SavedSearch.radius_km),
            *(SavedSearch.state_code, SavedSearch.district_ags),
            type_coerce(SavedSearch.topics, BigInteger),
            *(SavedSearch.grade, SavedSearch.age, Pupil.birth_on),
            *(SavedSearch.starts_from, SavedSearch.ends_by),
            *(SavedSearch.scope, SavedSearch.art, SavedSearch.is_step_free),
        )
        .outerjoin(Pupil, Pupil.user_id == SavedSearch.user_id)
        .where(_waits(newer_than))
    )
    return db.session.execute(query.order_by(SavedSearch.id)).all()


def published_since(moment: datetime) -> Sequence[Posting]:
    """What came into the lists since then, full and resting ones too."""
    rows: list[Posting] = []
    for kind in KINDS:
        model, _narrow = MODELS[kind]
        query = select(model).where(model.is_in_lists, model.published_at > moment)
        if model is Internship:
            query = query.options(selectinload(Internship.periods))
        rows += db.session.scalars(query.order_by(model.id))
    return rows


def searches_with_letters(newer_than: datetime) -> Sequence[SavedSearch]:
    """All of those of whose searches one has not seen the newest, by person."""
    owners = select(SavedSearch.user_id).where(_waits(newer_than))
    query = (
        select(SavedSearch)
        .where(SavedSearch.rhythm != Rhythm.NEVER, SavedSearch.user_id.in_(owners))
        .options(joinedload(SavedSearch.user).joinedload(User.pupil))
    )
    return db.session.scalars(query.order_by(SavedSearch.user_id, SavedSearch.id)).all()


def _waits(newer_than: datetime) -> ColumnElement[bool]:
    return and_(SavedSearch.rhythm != Rhythm.NEVER, SavedSearch.seen_until < newer_than)


def all_searches() -> Select[SavedSearch]:
    """Every saved search, with whose it is."""
    query = select(SavedSearch).order_by(SavedSearch.id)
    return query.options(joinedload(SavedSearch.user).joinedload(User.pupil))


def agreed_children() -> frozenset[int]:
    """The children to whom somebody at home agreed that letters go."""
    query = select(LetterConsent.child_id).where(_is_still_guardian())
    return frozenset(db.session.scalars(query))


def consent_for(child: User) -> LetterConsent | None:
    """That letters may go to a child; None where nobody who answers for it agreed."""
    query = select(LetterConsent).where(LetterConsent.child_id == child.id)
    return db.session.scalar(query.where(_is_still_guardian()))


def _is_still_guardian() -> ColumnElement[bool]:
    """That who agreed still answers for the child."""
    return exists().where(
        Guardianship.guardian_id == LetterConsent.guardian_id,
        Guardianship.child_id == LetterConsent.child_id,
    )


def search_counts() -> tuple[int, int]:
    """How many searches are saved, and how many of them found nothing."""
    empty = func.count().filter(SavedSearch.hit_count == 0)
    row = db.session.execute(select(func.count(SavedSearch.id), empty)).one()
    return row[0], row[1]


def hitless_searches(day: date) -> Sequence[Row[Any]]:
    """The searches of pupils that found nothing, as plain columns for counts alone.

    Without those whose days are over: they cannot find anything any more.
    """
    is_ahead = or_(SavedSearch.ends_by.is_(None), SavedSearch.ends_by >= day)
    where = (SavedSearch.lat, SavedSearch.lon, SavedSearch.district_ags)
    query = (
        select(Pupil.id, Pupil.school_id, *where, SavedSearch.topics)
        .join(Pupil, Pupil.user_id == SavedSearch.user_id)
        .where(SavedSearch.hit_count == 0, is_ahead)
    )
    found: Sequence[Any] = db.session.execute(query.order_by(SavedSearch.id)).all()
    return found


def people_away_since(moment: datetime) -> Select[int]:
    """The accounts nobody has signed in to since then."""
    last = func.coalesce(User.signed_in_at, User.opened_at)
    return select(User.id).where(last < moment)
