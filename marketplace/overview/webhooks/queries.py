from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.overview.webhooks.enums import Subject
from marketplace.overview.webhooks.models import HELD, Delivery, Subscription
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import open_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.upkeep.audit.models import AuditEntry

MODELS: Mapping[Subject, type[Posting]] = {
    Subject.INTERNSHIPS: Internship,
    Subject.OFFERS: Offer,
    Subject.SPONSORSHIPS: Sponsorship,
    Subject.EVENTS: Event,
}
# Acts on an organisation by which all it has comes or goes.
SHOWING = tuple(
    f"organisation.{act}" for act in ("verified", "frozen", "thawed", "closed")
)
# So many entries of the record are looked at in one go.
AT_ONCE = 500
SHOWN = 20


def subscription_by_id(number: int) -> Subscription | None:
    """The subscription of this number, with its organisation."""
    query = select(Subscription).where(Subscription.id == number)
    return db.session.scalar(query.options(joinedload(Subscription.organisation)))


def subscriptions_of(organisation: Organisation) -> Sequence[Subscription]:
    """Where messages of an organisation go, the oldest first."""
    query = select(Subscription).where(Subscription.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(Subscription.id)).all()


def active_subscriptions() -> Sequence[Subscription]:
    """Every subscription that nobody paused, with its organisation."""
    query = select(Subscription).where(Subscription.paused_at.is_(None))
    query = query.options(joinedload(Subscription.organisation))
    return db.session.scalars(query.order_by(Subscription.id)).all()


def last_entry() -> int:
    """The number of the newest entry of the record."""
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def acts_after(number: int, *, settled: datetime) -> Sequence[AuditEntry]:
    """The next acts on postings, and on whole organisations, behind an entry.

    None that is younger than `settled`: of two written at once, the later number may
    be seen first. Nor any behind such a one: long work bears the time it began.
    """
    tables = [model.__tablename__ for model in MODELS.values()]
    is_told = or_(AuditEntry.thing.in_(tables), AuditEntry.verb.in_(SHOWING))
    things = [*tables, Organisation.__tablename__]
    here = (AuditEntry.id > number, AuditEntry.thing.in_(things), is_told)
    young = select(func.min(AuditEntry.id)).where(*here, AuditEntry.at > settled)
    first_young = func.coalesce(young.scalar_subquery(), 2**31 - 1)
    query = select(AuditEntry).where(*here, AuditEntry.id < first_young)
    return db.session.scalars(query.order_by(AuditEntry.id).limit(AT_ONCE)).all()


def postings_with(subject: Subject, ids: Sequence[int]) -> Sequence[Posting]:
    """The postings of these numbers that were public once."""
    model = MODELS[subject]
    query = select(model).where(model.id.in_(ids), model.published_at.is_not(None))
    return db.session.scalars(query.order_by(model.id)).all()


def shown_ids(subject: Subject, ids: Sequence[int]) -> frozenset[int]:
    """Those of some numbers that everybody may read now."""
    model = MODELS[subject]
    query = open_postings(model).where(model.id.in_(ids))
    return frozenset(db.session.scalars(query.with_only_columns(model.id)))


def ids_of_owner(
    subject: Subject, organisation_id: int, *, after: int
) -> Sequence[int]:
    """The next numbers of what an organisation has of a kind and once showed."""
    model = MODELS[subject]
    query = select(model.id).where(
        model.organisation_id == organisation_id,
        model.published_at.is_not(None),
        model.id > after,
    )
    return db.session.scalars(query.order_by(model.id).limit(AT_ONCE)).all()


def waiting_deliveries(subscription: Subscription) -> Select[Delivery]:
    """The messages that have neither arrived nor been given up, the oldest first."""
    query = select(Delivery).where(
        Delivery.subscription_id == subscription.id,
        Delivery.arrived_at.is_(None),
        Delivery.given_up_at.is_(None),
    )
    return query.order_by(Delivery.id)


def is_behind_another(delivery: Delivery) -> bool:
    """Says whether an older message of the subscriber is still being tried."""
    query = waiting_deliveries(delivery.subscription).where(
        Delivery.id < delivery.id, Delivery.fault != HELD
    )
    return db.session.scalar(query.limit(1)) is not None


def held_deliveries(subscription: Subscription, most: int | None) -> Sequence[Delivery]:
    """The next messages that wait for the address to answer again; None: all."""
    query = waiting_deliveries(subscription).where(Delivery.fault == HELD)
    return db.session.scalars(query.limit(most)).all()


def delivery_by_id(number: int) -> Delivery | None:
    """The message of this number, with its subscription."""
    query = select(Delivery).where(Delivery.id == number)
    return db.session.scalar(query.options(joinedload(Delivery.subscription)))


def last_deliveries(subscription: Subscription) -> Sequence[Delivery]:
    """The last messages to a subscriber, the newest first."""
    query = select(Delivery).where(Delivery.subscription_id == subscription.id)
    return db.session.scalars(query.order_by(Delivery.id.desc()).limit(SHOWN)).all()


def deliveries_before(at: datetime) -> Select[int]:
    """The numbers of messages made before an instant."""
    return select(Delivery.id).where(Delivery.made_at < at)
