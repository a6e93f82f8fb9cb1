from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import LetterConsent, SavedSearch
from marketplace.overview.alerts.rules import MOST, age_of, narrowing_of
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.guardians.models import Guardianship
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import (
    narrowed_internships,
    published_internships,
)

# So many are named in one letter about one search, so many are counted.
NAMED, COUNTED = 5, 1000
# Fewer searches than these stand in no sum.
FEWEST = 3


def searches_of(user: User) -> Sequence[SavedSearch]:
    """What a person looks for, newest first."""
    query = select(SavedSearch).where(SavedSearch.user_id == user.id)
    query = query.options(joinedload(SavedSearch.user).joinedload(User.pupil))
    return db.session.scalars(query.order_by(SavedSearch.id.desc()).limit(MOST)).all()


def search_by_key(key: str) -> SavedSearch | None:
    """The saved search of this public id."""
    return db.session.scalar(select(SavedSearch).where(SavedSearch.public_id == key))


def found_by(search: SavedSearch, user: User, day: date) -> Select[Internship]:
    """What a search of this person finds: bookable, and fit for her age."""
    by = narrowing_of(search, age_of(user, day))
    return narrowed_internships(published_internships(), by).where(
        Internship.is_bookable
    )


def new_in(
    search: SavedSearch, user: User, since: datetime, day: date
) -> Sequence[Internship]:
    """What was published since then and is found, newest first; one more than named."""
    query = found_by(search, user, day).where(Internship.published_at > since)
    newest = query.order_by(Internship.published_at.desc(), Internship.id.desc())
    return db.session.scalars(newest.limit(NAMED + 1)).all()


def hits_of(search: SavedSearch, user: User, day: date) -> int:
    """How much a search finds; counted up to a thousand."""
    query = found_by(search, user, day).order_by(None).options().limit(COUNTED)
    ones = query.with_only_columns(literal(1), maintain_column_froms=True).subquery()
    return db.session.scalar(select(func.count()).select_from(ones)) or 0


def last_published() -> datetime | None:
    """When the newest internship that is public now came in."""
    query = select(func.max(Internship.published_at)).where(Internship.is_in_lists)
    return db.session.scalar(query)


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
            *(SavedSearch.basis, SavedSearch.is_step_free),
        )
        .outerjoin(Pupil, Pupil.user_id == SavedSearch.user_id)
        .where(_waits(newer_than))
    )
    return db.session.execute(query.order_by(SavedSearch.id)).all()


def published_since(moment: datetime) -> Sequence[Internship]:
    """What came into the lists since then, full and resting ones too."""
    query = select(Internship).where(
        Internship.is_in_lists, Internship.published_at > moment
    )
    query = query.options(selectinload(Internship.periods))
    return db.session.scalars(query.order_by(Internship.id)).all()


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


def hitless_places() -> Sequence[tuple[str, int]]:
    """Around which towns searches find nothing, the most first; few are left out."""
    query = (
        select(SavedSearch.place, func.count(SavedSearch.id))
        .where(SavedSearch.hit_count == 0, SavedSearch.place != "")
        .group_by(SavedSearch.place)
        .having(func.count(func.distinct(SavedSearch.user_id)) >= FEWEST)
        .order_by(func.count(SavedSearch.id).desc(), SavedSearch.place)
        .limit(30)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def people_away_since(moment: datetime) -> Select[int]:
    """The accounts nobody has signed in to since then."""
    last = func.coalesce(User.signed_in_at, User.opened_at)
    return select(User.id).where(last < moment)
