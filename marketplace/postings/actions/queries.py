from collections.abc import Collection

from sqlalchemy import Select, select

from marketplace.foundation.database import db
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action, Existence
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.queries.matching import matching_ids

BY_TITLE = (Action.sort_title, Action.id)


def action_by_key(key: str) -> Action | None:
    """The action of this public id."""
    return db.session.scalar(select(Action).where(Action.public_id == key))


def actions(
    *,
    q: str = "",
    land: FederalState | None = None,
    topics: Collection[Topic] = (),
    with_hidden: bool = False,
) -> Select[Action]:
    """The public actions, narrowed; of a state those known to exist there."""
    query = select(Action)
    if not with_hidden:
        query = query.where(Action.is_public)
    if q:
        query = query.where(Action.id.in_(matching_ids(Action.kind, q)))
    if land:
        there = select(Existence.action_id).where(
            Existence.state == land, Existence.standing == Standing.EXISTS
        )
        query = query.where(Action.id.in_(there))
    if topics:
        query = query.where(Action.topics.overlaps(topics))
    return query
