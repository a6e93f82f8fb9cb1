from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import add
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    exists,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import aliased, defer, joinedload

from marketplace.foundation.database import db
from marketplace.foundation.licences import may_be_handed_on
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import standing_of as standing_of_owner
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting, PostingChange
from marketplace.postings.lives.rules import indexed_grades, standing_of
from marketplace.region.calendar.enums import Weekday
from marketplace.region.places.queries import lies, squared_km
from marketplace.region.places.tables import Whereabouts
from marketplace.region.topics.enums import STEP_FREE, Audience, Topic
from marketplace.region.topics.rules import audiences_of_grade
from marketplace.upkeep.search.queries.matching import matching_ids
from marketplace.upkeep.search.services import Card, marks_of

P = TypeVar("P", bound=Posting)
# Square kilometres: what has no place comes after everything that has.
FAR = 1e9


@dataclass(frozen=True, kw_only=True)
class Narrowing(Whereabouts):
    """What narrows a list of postings, as the query string says it."""

    words: str = ""
    topics: frozenset[Topic] = frozenset()
    grade: int | None = None
    age: int | None = None
    # Days between which it should lie.
    starts_from: date | None = None
    ends_by: date | None = None
    # The value of a member of what `art` chooses from; each kind has its own.
    kind: str = ""
    is_step_free: bool = False
    # How many come together, and on which day of the week.
    group_size: int | None = None
    weekday: Weekday | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day between which it should lie, if any was told."""
        if self.starts_from or self.ends_by:
            return self.starts_from or date.min, self.ends_by or date.max
        return None


def posting_by_key(model: type[P], key: str) -> P | None:
    """The posting of this public id, in whatever state, with its organisation."""
    query = select(model).where(model.public_id == key)
    with_places = (joinedload(model.organisation), joinedload(model.site))
    return db.session.scalar(query.options(*with_places))


def public_postings(model: type[P]) -> Select[P]:
    """What verified organisations show to everybody, with the organisation."""
    query = select(model).where(*_is_public(model))
    return query.options(joinedload(model.organisation))


def open_postings(model: type[P]) -> Select[P]:
    """What all lists show, hints among it, as far as it may be handed on."""
    is_shown = or_(and_(*_is_public(model)), and_(*_is_hint(model)))
    return select(model).where(is_shown, may_be_handed_on(model))


def as_cards(query: Select[P], model: type[P]) -> Select[P]:
    """Reads what a card shows: no long texts, of the organisation but its name."""
    named = (Organisation.public_id, Organisation.name, Organisation.state)
    return query.options(
        *(defer(column) for column in _long_texts(model)),
        joinedload(model.organisation).load_only(*named),
    )


def hints(model: type[P]) -> Select[P]:
    """What was taken over from elsewhere and nobody confirmed.

    Of a hint whose organisation made it a public posting, only that one is shown.
    """
    query = select(model).where(*_is_hint(model))
    return query.options(joinedload(model.organisation))


def hints_of(model: type[P], organisation: Organisation) -> Select[P]:
    """What a list says an organisation does, in the order it came."""
    of_organisation = model.organisation_id == organisation.id
    return hints(model).where(of_organisation).order_by(model.id)


def successor_of(posting: P) -> P | None:
    """What a hint has become, or what an entry was merged with, once it was public."""
    if posting.successor_key is None:
        return None
    found = posting_by_key(type(posting), posting.successor_key)
    is_shown = found and (found.published_at or found.state is PostingState.LISTED)
    return found if is_shown else None


def younger_hints(query: Select[P], model: type[P], since: date) -> Select[P]:
    """Keeps of hints those of a known date, not older than `since`."""
    return query.where(model.as_of >= since)


def postings_of(model: type[P], organisation: Organisation) -> Select[P]:
    """Everything an organisation has written, newest first."""
    return (
        select(model)
        .where(model.organisation_id == organisation.id)
        .where(model.state != PostingState.LISTED)
        .order_by(model.changed_at.desc(), model.id.desc())
    )


def card_of(posting: Posting, begins_on: date | None) -> Card:
    """What search shows of a posting, and by which marks its filters find it."""
    is_placed = posting.lat is not None and posting.lon is not None
    return Card(
        key=posting.public_id,
        title=posting.title,
        body=posting.description,
        context=posting.organisation.name,
        place_name=posting.place_name or "",
        lat=posting.lat,
        lon=posting.lon,
        begins_on=begins_on,
        owner_id=posting.organisation.id,
        standing=standing_of(posting),
        owner_standing=standing_of_owner(posting.organisation),
        marks=marks_of(
            posting.topics,
            states=[posting.state_code] if posting.state_code else [],
            districts=[posting.district_ags] if posting.district_ags else [],
            points=[(posting.lat or 0.0, posting.lon or 0.0)] if is_placed else [],
            is_needy=posting.is_needy,
            grades=indexed_grades(posting),
            ages=() if posting.youngest is None else (posting.youngest,),
        ),
    )


def submitted_postings(model: type[P]) -> Select[P]:
    """What waits for the office to read it, oldest first."""
    return (
        select(model)
        .where(model.state == PostingState.SUBMITTED)
        .options(joinedload(model.organisation))
        .order_by(model.changed_at, model.id)
    )


def stale_postings(model: type[P], since: date) -> Select[P]:
    """What is open though nobody has confirmed it since that day."""
    return select(model).where(
        model.state == PostingState.PUBLISHED,
        or_(model.confirmed_on.is_(None), model.confirmed_on < since),
    )


def ended_by(model: type[P], at: datetime) -> Select[P]:
    """What has been over since an instant or longer, and lies in no archive yet."""
    return select(model).where(model.state == PostingState.ENDED, model.ended_at <= at)


def approved_count(organisation: Organisation) -> int:
    """How many postings of an organisation, of whatever kind, the office let pass."""
    kinds: list[type[Posting]] = Posting.__subclasses__()
    counts = [
        select(func.count(model.id))
        .where(
            model.organisation_id == organisation.id,
            model.approved_at.is_not(None),
        )
        .scalar_subquery()
        for model in kinds
    ]
    return db.session.scalar(select(reduce(add, counts))) or 0


def narrowed(query: Select[P], model: type[P], by: Narrowing) -> Select[P]:
    """Keeps of a list what fits the filters; an unknown place keeps nothing.

    Age, days and kind are asked of each kind of posting in its own way.
    """
    conditions = lies(model, by)
    if by.words:
        conditions.append(model.id.in_(matching_ids(model.kind, by.words)))
    if by.topics:
        conditions.append(model.topics.overlaps(by.topics))
    if by.grade:
        conditions.append(_is_for_grade(model, by.grade))
    if by.is_step_free:
        conditions.append(model.accessibility.contains_all(STEP_FREE))
    return query.where(*conditions)


def _is_public(model: type[Posting]) -> tuple[Any, ...]:
    # No join: the database must not begin with the organisations, which would make
    # it sort all that they have.
    is_verified = Organisation.state == OrganisationState.VERIFIED
    return model.is_in_lists, model.organisation.has(is_verified)


def _is_hint(model: type[Posting]) -> tuple[ColumnElement[bool], ...]:
    successor = aliased(model)
    is_followed = exists().where(
        successor.public_id == model.successor_key, successor.published_at.is_not(None)
    )
    is_frozen = Organisation.state == OrganisationState.FROZEN
    return (
        model.state == PostingState.LISTED,
        ~is_followed,
        ~model.organisation.has(is_frozen),
    )


def _is_for_grade(model: type[Posting], grade: int) -> ColumnElement[bool]:
    """Whom nothing is told about may be meant."""
    is_told = model.audiences.overlaps(frozenset(Audience))
    return or_(~is_told, model.audiences.overlaps(audiences_of_grade(grade)))


def newest_first(model: type[Posting]) -> tuple[Any, ...]:
    """The keys of the usual order: what is full or rests comes last."""
    return (model.is_bookable, model.published_at, model.id)


def latest_changes_first(model: type[Posting]) -> tuple[Any, ...]:
    """The keys of the order of what an organisation wrote."""
    return (model.changed_at, model.id)


def nearest_first(model: type[Posting], centre: tuple[float, float]) -> tuple[Any, ...]:
    """The keys of the order by distance from a place; without a place at the end.

    Here, too, what is full or rests comes after all that can be had.
    """
    far = func.coalesce(squared_km(model, *centre), FAR)
    return (model.is_bookable, -far, model.id)


def youngest_hint_first(model: type[Posting]) -> tuple[Any, ...]:
    """The keys of the order of hints: those of a known date first."""
    return (func.coalesce(model.as_of, date(1900, 1, 1)), model.id)


def changes_of(kind: str, number: int) -> Select[PostingChange]:
    """What was changed about a posting, field by field, each with who did it."""
    return select(PostingChange).where(
        PostingChange.kind == kind, PostingChange.posting_id == number
    )


@cache
def _long_texts(model: type[Posting]) -> Sequence[Any]:
    columns = inspect(model).columns
    names = [name for name, column in columns.items() if isinstance(column.type, Text)]
    return [getattr(model, name) for name in names]
