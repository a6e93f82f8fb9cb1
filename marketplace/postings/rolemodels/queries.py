from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, UnaryExpression, case, exists, or_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.queries import (
    Narrowing,
    as_cards,
    narrowed,
    postings_of,
    public_postings,
)
from marketplace.postings.rolemodels.enums import Telling
from marketplace.postings.rolemodels.models import Film, Portrait, RoleModel
from marketplace.region.occupations.models import Occupation
from marketplace.upkeep.files.models import StoredFile

SHOWN = 3


def rolemodels_of(organisation: Organisation) -> Select[RoleModel]:
    """Everybody an organisation has written down, newest first."""
    return postings_of(RoleModel, organisation)


def narrowed_rolemodels(query: Select[RoleModel], by: Narrowing) -> Select[RoleModel]:
    """Keeps of a list what fits the filters, and knows who has a film."""
    if by.kind:
        query = query.where(_tells_by(Telling(by.kind)))  # type: ignore[call-arg]
    bare = (lazyload(Film.video), lazyload(Film.subtitles))
    query = query.options(selectinload(RoleModel.film).options(*bare))
    return narrowed(query, RoleModel, by)


def rolemodels_like(occupation: Occupation) -> Sequence[RoleModel]:
    """Those of an occupation first, then those of its topics."""
    is_one = RoleModel.occupation_id == occupation.id
    like = RoleModel.topics.overlaps(occupation.topics)
    # Of two databases one would put those without an occupation first.
    return _few(or_(is_one, like), case((is_one, 0), else_=1).asc())


def public_rolemodels_of(organisation: Organisation) -> Sequence[RoleModel]:
    """Who tells of the work in an organisation."""
    return _few(RoleModel.organisation_id == organisation.id)


def rolemodel_with(stored: StoredFile) -> RoleModel | None:
    """Whose picture, film or subtitles a file is, with the organisation."""
    of_portrait = exists().where(
        Portrait.rolemodel_id == RoleModel.id,
        or_(Portrait.large_id == stored.id, Portrait.small_id == stored.id),
    )
    of_film = exists().where(
        Film.rolemodel_id == RoleModel.id,
        or_(Film.video_id == stored.id, Film.subtitles_id == stored.id),
    )
    query = select(RoleModel).where(or_(of_portrait, of_film))
    return db.session.scalar(query.options(joinedload(RoleModel.organisation)))


def _few(
    condition: ColumnElement[bool], *first: UnaryExpression[int]
) -> Sequence[RoleModel]:
    query = as_cards(public_postings(RoleModel), RoleModel)
    query = query.where(condition)
    latest = (RoleModel.published_at.desc(), RoleModel.id.desc())
    return db.session.scalars(query.order_by(*first, *latest).limit(SHOWN)).all()


def _tells_by(telling: Telling) -> ColumnElement[bool]:
    film = exists().where(Film.rolemodel_id == RoleModel.id)
    shows = or_(film, RoleModel.film_link != "")
    return shows if telling is Telling.FILM else ~shows
