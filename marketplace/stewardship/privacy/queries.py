from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.forgetting import PLACED, UNDERWAY
from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.forgetting import last_seen_at
from marketplace.stewardship.privacy.models import Deletion, LeaveNotice, RuleRun


def count_of(numbers: Select[Any]) -> int:
    """How many rows a query of numbers finds."""
    inner = numbers.order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def runs_by_rule() -> dict[str, RuleRun]:
    """When each rule was last kept."""
    return {run.rule: run for run in db.session.scalars(select(RuleRun))}


def notice_to(user_id: int) -> LeaveNotice | None:
    """What a person was told about the end of her account."""
    query = select(LeaveNotice).where(LeaveNotice.user_id == user_id)
    return db.session.scalar(query)


def not_told(numbers: Select[Any]) -> Select[Any]:
    """Those of some accounts that were not told since they were last seen."""
    told = exists().where(
        LeaveNotice.user_id == User.id, LeaveNotice.told_at >= last_seen_at()
    )
    return _free_to_go(numbers).where(~told)


def told_before(numbers: Select[Any], day: date) -> Select[Any]:
    """Those of some accounts that were told before a day, and not seen since."""
    told = exists().where(
        LeaveNotice.user_id == User.id,
        LeaveNotice.told_at >= last_seen_at(),
        LeaveNotice.told_at < start_of(day),
    )
    return _free_to_go(numbers).where(told)


def deletions_before(day: date) -> Select[Any]:
    """The numbers of deletions that no backup that is kept knows less of."""
    query = select(Deletion.id).where(Deletion.at < start_of(day))
    return query.order_by(Deletion.id)


def all_deletions() -> Sequence[Deletion]:
    """Every deletion that is still noted, oldest first."""
    return db.session.scalars(select(Deletion).order_by(Deletion.id)).all()


def _free_to_go(numbers: Select[Any]) -> Select[Any]:
    """Nobody goes while a placement of hers, or what may become one, is kept."""
    bound = exists().where(
        Application.pupil_id == User.id, Application.state.in_(PLACED | UNDERWAY)
    )
    return numbers.where(~bound)
