"""Subscribing, writing messages, sending them, leaving silent addresses in peace."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete

from marketplace.foundation import outgoing
from marketplace.foundation.database import db, unlocked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import new_token
from marketplace.overview.webhooks import mails
from marketplace.overview.webhooks.enums import Happening, Subject
from marketplace.overview.webhooks.models import HELD, Delivery, Subscription
from marketplace.overview.webhooks.queries import (
    AT_ONCE,
    active_subscriptions,
    acts_after,
    deliveries_before,
    delivery_by_id,
    held_deliveries,
    ids_of_owner,
    is_behind_another,
    last_entry,
    postings_with,
    shown_ids,
    subscription_by_id,
    subscriptions_of,
)
from marketplace.overview.webhooks.rules import (
    is_listening,
    is_lost,
    pause_after,
    signature_of,
)
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of_owners
from marketplace.people.organisations.services.allowing import require_owner
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.services import queue

MOST_SUBSCRIPTIONS = 5
KEPT = timedelta(days=30)
# What others are just writing into the record is read in the next round.
SETTLED = timedelta(seconds=60)
ARRIVED = range(200, 300)
# So many waiting messages follow each that has arrived.
RELEASED = 20


class Tried(NamedTuple):
    """How a message went: the status of the answer, or why there is none."""

    status: int | None
    fault: str = ""

    @property
    def has_arrived(self) -> bool:
        return self.status in ARRIVED


def subscribe(
    organisation: Organisation,
    address: str,
    subjects: frozenset[Subject],
    *,
    actor: User,
    at: datetime,
) -> Subscription:
    """Lets messages go to an address; its secret is told once.

    Refuses whoever does not manage the organisation, more than five addresses, and one
    that does not lead to the outside.
    """
    require_owner(organisation, actor)
    if outgoing.fault_of(address):
        raise Refusal(
            _("Sie beginnt mit https:// und führt zu einem öffentlichen Server.")
        )
    if len(subscriptions_of(organisation)) >= MOST_SUBSCRIPTIONS:
        raise Refusal(_("Mehr als fünf Adressen gehen nicht. Beenden Sie eine."))

    subscription = Subscription(
        organisation=organisation,
        address=address,
        subjects=subjects,
        secret=new_token(),
        made_at=at,
        told_until=last_entry(),
    )
    db.session.add(subscription)
    db.session.flush()  # the record needs its id
    record("subscription.made", subscription, actor=actor, at=at)
    return subscription


def unsubscribe(subscription: Subscription, *, actor: User, at: datetime) -> None:
    """Ends messages to an address; what waits is not sent."""
    require_owner(subscription.organisation, actor)
    record("subscription.ended", subscription, actor=actor, at=at)
    db.session.execute(
        delete(Delivery).where(Delivery.subscription_id == subscription.id)
    )
    db.session.delete(subscription)


def resume(subscription: Subscription, *, actor: User, at: datetime) -> None:
    """Lets messages go to a paused address again, from now on."""
    require_owner(subscription.organisation, actor)
    subscription.paused_at = subscription.failing_since = None
    subscription.told_until = last_entry()
    record("subscription.resumed", subscription, actor=actor, at=at)


def drop_subscriptions(organisation: Organisation) -> None:
    """Drops all that went to an organisation which is closed."""
    for subscription in subscriptions_of(organisation):
        waiting = Delivery.subscription_id == subscription.id
        db.session.execute(delete(Delivery).where(waiting))
        db.session.delete(subscription)


def send_test(subscription: Subscription, *, actor: User, at: datetime) -> None:
    """Sends a message that tells nothing, to see whether it arrives."""
    require_owner(subscription.organisation, actor)
    if not is_listening(subscription):
        raise Refusal(_("Diese Adresse ruht. Nehmen Sie sie erst wieder auf."))
    _write(subscription, Happening.TEST, {}, at=at)


def gather(*, at: datetime) -> bool:
    """Writes a message for each public thing that changed; says if anybody listens.

    Safe to run twice: each subscriber is told of an entry of the record once.
    """
    listening = [one for one in active_subscriptions() if is_listening(one)]
    for subscription in listening:
        acts = acts_after(subscription.told_until, settled=at - SETTLED)
        if not acts:
            continue
        subscription.told_until = acts[-1].id
        for subject in Subject:
            if subject in subscription.subjects:
                ids = {act.thing_id for act in acts if act.thing == subject.value}
                _tell(subscription, subject, sorted(ids), at=at)
                for owner_id in _owners_in(acts):
                    _ask_of_owner(subscription, subject, owner_id, 0, at=at)
    return bool(listening)


def tell_of_owner(
    subscription_id: int, subject: Subject, owner_id: int, after: int, *, at: datetime
) -> None:
    """Tells a subscriber of the next things of an organisation, and leaves the rest.

    Twice does little harm: a message only says how a thing stands now.
    """
    subscription = subscription_by_id(subscription_id)
    if subscription is None or not is_listening(subscription):
        return
    ids = ids_of_owner(subject, owner_id, after=after)
    _tell(subscription, subject, ids, at=at)
    if len(ids) == AT_ONCE:
        _ask_of_owner(subscription, subject, owner_id, ids[-1], at=at)


def deliver(number: int, *, at: datetime) -> None:
    """Sends one message; what does not arrive is tried again, at last given up.

    Safe to run twice: what has arrived is not sent again.
    """
    delivery = delivery_by_id(number)
    if delivery is None or delivery.arrived_at or delivery.given_up_at:
        return
    subscription = delivery.subscription
    if not is_listening(subscription):
        delivery.given_up_at = at
        return
    if _must_wait(delivery):
        delivery.fault = HELD
        return
    address, body = subscription.address, delivery.body
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "MINT-Boerse-Mitteldeutschland",
        "X-Mint-Delivery": str(number),
        "X-Mint-Signature": signature_of(subscription.secret, body, at),
    }
    with unlocked():  # nobody waits for a slow server
        tried = _post(address, body, headers)
    delivery = delivery_by_id(number)
    if delivery:  # it may have been ended meanwhile
        _note(delivery, tried, at=at)


def forget_deliveries(*, at: datetime) -> None:
    """Forgets messages after thirty days; safe to run twice."""
    old = deliveries_before(at - KEPT)
    db.session.execute(delete(Delivery).where(Delivery.id.in_(old)))


def _post(address: str, body: str, headers: dict[str, str]) -> Tried:
    try:
        target = outgoing.target_of(address)
        return Tried(outgoing.ask("POST", target, body.encode(), headers))
    except outgoing.Unreachable as fault:
        return Tried(None, str(fault)[:80])


def _note(delivery: Delivery, tried: Tried, *, at: datetime) -> None:
    subscription = delivery.subscription
    delivery.try_count += 1
    delivery.tried_at, delivery.status = at, tried.status
    delivery.fault = tried.fault
    if tried.has_arrived:
        delivery.arrived_at, subscription.failing_since = at, None
        _release(subscription, RELEASED, at=at)
        return
    subscription.failing_since = subscription.failing_since or at
    if is_lost(subscription.failing_since, at) and subscription.paused_at is None:
        subscription.paused_at = at
        for held in held_deliveries(subscription, None):
            held.given_up_at = at
        owners = addresses_of_owners(subscription.organisation)
        queue(mails.subscription_paused(subscription), owners, at=at)
    pause = pause_after(delivery.try_count)
    if pause is None or subscription.paused_at:
        delivery.given_up_at = at
        _release(subscription, 1, at=at)
    else:
        _ask_for(delivery, at=at + pause)


def _must_wait(delivery: Delivery) -> bool:
    """Says whether the address is silent and an older message is asking it already."""
    is_probe = delivery.happening is Happening.TEST
    is_failing = delivery.subscription.failing_since is not None
    return is_failing and not is_probe and is_behind_another(delivery)


def _release(subscription: Subscription, most: int, *, at: datetime) -> None:
    """Sends the next messages that waited; each that arrives calls the next ones."""
    for held in held_deliveries(subscription, most):
        held.fault = ""
        _ask_for(held, at=at)


def _owners_in(acts: Sequence[AuditEntry]) -> Sequence[int]:
    """The organisations of which all came or went."""
    owners = {a.thing_id for a in acts if a.thing == Organisation.__tablename__}
    return sorted(owners)


def _ask_of_owner(
    subscription: Subscription,
    subject: Subject,
    owner_id: int,
    after: int,
    *,
    at: datetime,
) -> None:
    payload = {
        "subscription_id": subscription.id,
        "subject": subject.value,
        "owner_id": owner_id,
        "after": after,
    }
    ask_for("webhooks.tell_of_owner", payload, due_at=at)


def _tell(
    subscription: Subscription, subject: Subject, ids: Sequence[int], *, at: datetime
) -> None:
    shown = shown_ids(subject, ids)
    for posting in postings_with(subject, ids):
        is_shown = posting.id in shown
        happening = Happening.CHANGED if is_shown else Happening.WITHDRAWN
        told = {"kind": subject.value, "id": posting.public_id}
        _write(subscription, happening, told, at=at)


def _write(
    subscription: Subscription,
    happening: Happening,
    told: dict[str, str],
    *,
    at: datetime,
) -> None:
    body = {"event": happening.value, "at": at.isoformat(), **told}
    delivery = Delivery(
        subscription_id=subscription.id,
        happening=happening,
        body=json.dumps(body),
        made_at=at,
    )
    db.session.add(delivery)
    db.session.flush()  # the job needs its id
    _ask_for(delivery, at=at)


def _ask_for(delivery: Delivery, *, at: datetime) -> None:
    ask_for("webhooks.deliver", {"delivery_id": delivery.id}, due_at=at)
