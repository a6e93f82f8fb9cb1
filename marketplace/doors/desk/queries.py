from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import selectinload

from marketplace.doors.desk.models import Care
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import held_applications
from marketplace.encounters.breaches.queries import places_in_breach
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import due_introductions, to_follow_up
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import stalled_partnerships
from marketplace.foundation.clock import now
from marketplace.foundation.database import Base, db
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import waiting_organisations
from marketplace.people.schools.models import StaffRequest
from marketplace.people.schools.queries import staff_requests
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.queries import submitted_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.claims.models import Claim
from marketplace.stewardship.claims.queries import asked_claims
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.moderation.queries import open_reports

# As many as a number can be before it reads "über 1.000".
COUNTED = 1000
POSTINGS: tuple[type[Any], ...] = (Internship, Offer, Sponsorship, Event, RoleModel)


@dataclass(frozen=True)
class Queue:
    """What waits, and the column that tells since when."""

    waiting: Callable[[], Select[Any]]
    since: Any


@dataclass(frozen=True)
class Tally:
    """How much waits, how much of it is late, and since when the oldest does."""

    count: int
    late_count: int
    oldest_at: datetime | None


def _organisations() -> Select[Organisation]:
    return waiting_organisations().options(selectinload(Organisation.checks))


# Every queue of the desk, by its name; mostly that of the table of what waits in it.
QUEUES: Mapping[str, Queue] = {
    "organisations": Queue(_organisations, Organisation.registered_at),
    **{
        model.__tablename__: Queue(partial(submitted_postings, model), model.changed_at)
        for model in POSTINGS
    },
    "introductions": Queue(due_introductions, Introduction.created_at),
    "silent": Queue(to_follow_up, Introduction.todo_at),
    "partnerships": Queue(lambda: stalled_partnerships(now()), Partnership.due_at),
    "reports": Queue(open_reports, Report.reported_at),
    "applications": Queue(held_applications, Application.changed_at),
    "breaches": Queue(places_in_breach, Application.breached_at),
    "claims": Queue(asked_claims, Claim.asked_at),
    "staff_requests": Queue(staff_requests, StaffRequest.asked_at),
}


def first_of(queue: str, count: int) -> Sequence[Any]:
    """The first things that wait in a queue, in its order."""
    return db.session.scalars(QUEUES[queue].waiting().limit(count)).all()


def waits(queue: str, thing_id: int) -> bool:
    """Says whether this very thing waits for the office."""
    return db.session.scalar(_ids(queue, thing_id)) is not None


def tally_of(name: str, due_before: datetime) -> Tally:
    """Counts a queue in one statement, and stops one above `COUNTED`."""
    queue = QUEUES[name]
    oldest_first = (
        queue.waiting()
        .order_by(None)
        .with_only_columns(queue.since.label("since"), maintain_column_froms=True)
        .order_by(queue.since)
        .limit(COUNTED + 1)
        .subquery()
    )
    since = oldest_first.c.since
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(since < due_before),
            func.min(since),
        ).select_from(oldest_first)
    ).one()
    return Tally(*row)


def cares_of(things: Mapping[str, Sequence[Base]]) -> dict[tuple[str, int], Care]:
    """Who looks after some of these things, by queue and number."""
    wanted = [
        select(Care.id).where(
            Care.queue == queue, Care.thing_id.in_([thing.id for thing in rows])
        )
        for queue, rows in things.items()
        if rows
    ]
    if not wanted:
        return {}
    query = select(Care).where(Care.id.in_(union_all(*wanted).subquery().select()))
    return {(care.queue, care.thing_id): care for care in db.session.scalars(query)}


def care_of(queue: str, thing_id: int) -> Care | None:
    """Who looks after one thing."""
    query = select(Care).where(Care.queue == queue, Care.thing_id == thing_id)
    return db.session.scalar(query)


def loads() -> Sequence[tuple[User, int]]:
    """How many waiting things each person looks after, the busiest first."""
    kept = union_all(*(kept_in(queue) for queue in QUEUES)).subquery()
    count = func.count()
    query = (
        select(User, count)
        .join(Care, Care.user_id == User.id)
        .where(Care.id.in_(select(kept.c.id)))
        .group_by(User.id)
        .order_by(count.desc(), User.surname, User.id)
    )
    return [(user, number) for user, number in db.session.execute(query)]


def kept_in(queue: str) -> Select[Any]:
    """The cares for what still waits in a queue."""
    return select(Care.id).where(Care.queue == queue, Care.thing_id.in_(_ids(queue)))


def _ids(queue: str, thing_id: int | None = None) -> Select[Any]:
    query = QUEUES[queue].waiting().order_by(None)
    number = query.column_descriptions[0]["entity"].id
    if thing_id is not None:
        query = query.where(number == thing_id)
    return query.with_only_columns(number, maintain_column_froms=True)
